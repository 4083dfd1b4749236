using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Scale;

/// <summary>What one process measured on one database. Times are medians, in milliseconds, with the 95th percentile.</summary>
internal sealed record Result(
    double StartSeconds, int People, int Templates, long ManagedMiB, long ProcessMiB, Timing CheckIn, Timing Enrol, Timing Search, Timing MonthOfAPerson);

/// <summary>Times of one kind of call, in milliseconds.</summary>
internal sealed record Timing(double Median, double P95)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ms ({P95:0.0})");
}

internal static class Measurement
{
    private const int Warmup = 50;
    private const int CheckIns = 500;
    private const int Enrolments = 200;

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

        var store = host.Services.GetRequiredService<IEncodingStore>();
        var log = host.Services.GetRequiredService<IAttendanceLog>();
        var today = new DateOnly(2030, 1, 1);
        var random = new Random(7);
        var id = () => Filling.PersonId(random.Next(people - 1));
        var checkIn = await TimeAsync(CheckIns, async i =>
        {
            // A person comes, goes, or comes again, as it falls.
            var local = today.AddDays(i / 200).ToDateTime(new TimeOnly(8 + (i % 10), i % 60));
            _ = await log.AppendAsync(Filling.Punch(id(), local, $"measured {i}"), cancellationToken) ?? throw new InvalidOperationException("Somebody is missing.");
        });
        var enrol = await TimeAsync(Enrolments, async i =>
        {
            if (!(await store.EnrollAsync(Filling.Enrollment($"measured {i}", i), cancellationToken)).Created)
            {
                throw new InvalidOperationException("The ID is taken.");
            }
        });
        var search = await TimeAsync(50, async i => _ = await gallery.FindNearestAsync(ScaleHost.Encoding(i, 9), cancellationToken));
        var month = await TimeAsync(100, async i => _ = await log.ReadDaysAsync(Filling.FirstDay, Filling.FirstDay.AddDays(30), id(), cancellationToken: cancellationToken).CountAsync(cancellationToken));
        await host.StopAsync(cancellationToken);
        Console.Write(JsonSerializer.Serialize(new Result(start, people, templates, managed, resident, checkIn, enrol, search, month)));
        return 0;
    }

    private static async Task<Timing> TimeAsync(int count, Func<int, Task> call)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count + Warmup; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call(i);
            if (i >= Warmup)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        times.Sort();
        return new Timing(times[count / 2], times[count * 95 / 100]);
    }
}
