using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Scale;

/// <summary>What one process measured on one database. Times are medians, in milliseconds, with the 95th percentile.</summary>
internal sealed record Result(
    double StartSeconds,
    int People,
    int Templates,
    long ManagedMiB,
    long ProcessMiB,
    Timing FirstCheckIn,
    Timing CheckIn,
    Timing Enrol,
    Timing Search,
    Timing FirstMonth,
    Timing Month);

/// <summary>Times of one kind of call, in milliseconds.</summary>
internal sealed record Timing(double Median, double P95)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ms ({P95:0.0})");
}

internal static class Measurement
{
    private const int Warmup = 50;
    private const int Measured = 250;

    public static async Task<int> WriteAsync(string database, string connection, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var host = ScaleHost.Build(database, connection);
        await host.StartAsync(cancellationToken);
        var start = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var gallery = host.Services.GetRequiredService<FaceGallery>();
        var (people, templates) = (gallery.PersonCount, gallery.TemplateCount);
        var managed = GC.GetTotalMemory(forceFullCollection: true) >> 20;
        using var process = Process.GetCurrentProcess();
        var resident = process.WorkingSet64 >> 20;

        var store = host.Services.GetRequiredService<IPersonStore>();
        var log = host.Services.GetRequiredService<IAttendanceLog>();
        // After all that was filled; a later date is refused.
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var random = new Random(7);

        // Those behind the measured ones are for the warm-up. The first round finds what it needs on the disk, where the database doesn't
        // fit into the memory; the second finds it in memory, and shows what the work itself takes.
        var ids = Enumerable.Range(0, Measured + Warmup).Select(_ => Filling.PersonId(random.Next(people - 1))).Distinct().ToList();
        var firstMonth = await TimeAsync(i => MonthAsync(ids[i % ids.Count]));
        var month = await TimeAsync(i => MonthAsync(ids[i % ids.Count]));
        var others = Enumerable.Range(0, Measured + Warmup).Select(_ => Filling.PersonId(random.Next(people - 1))).Distinct().ToList();
        var firstCheckIn = await TimeAsync(i => CheckInAsync(others[i % others.Count], today, 8, i));
        var checkIn = await TimeAsync(i => CheckInAsync(others[i % others.Count], today, 17, i));
        var enrol = await TimeAsync(async i =>
        {
            if (!(await store.EnrollAsync(Filling.Enrollment($"measured {i}", i), cancellationToken)).Created)
            {
                throw new InvalidOperationException("The ID is taken.");
            }
        });
        var search = await TimeAsync(async i => _ = await gallery.FindNearestAsync(
            ScaleHost.Encoding(i, 9), cancellationToken: cancellationToken));
        await host.StopAsync(cancellationToken);
        Console.Write(JsonSerializer.Serialize(
            new Result(start, people, templates, managed, resident, firstCheckIn, checkIn, enrol, search, firstMonth, month)));
        return 0;

        async Task MonthAsync(Guid id) =>
            _ = await log.ReadDaysAsync(Filling.FirstDay, Filling.FirstDay.AddDays(30), id, cancellationToken: cancellationToken)
                .CountAsync(cancellationToken);

        async Task CheckInAsync(Guid id, DateOnly date, int hour, int i) => _ = await log.AppendAsync(
            Filling.Punch(id, date.ToDateTime(new TimeOnly(hour, i % 60)), $"measured {hour} {i}"), cancellationToken: cancellationToken)
                ?? throw new InvalidOperationException("Somebody is missing.");
    }

    private static async Task<Timing> TimeAsync(Func<int, Task> call)
    {
        for (var i = 0; i < Warmup; i++)
        {
            await call(Measured + i);
        }

        var times = new List<double>(Measured);
        for (var i = 0; i < Measured; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call(i);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return new Timing(times[Measured / 2], times[Measured * 95 / 100]);
    }
}
