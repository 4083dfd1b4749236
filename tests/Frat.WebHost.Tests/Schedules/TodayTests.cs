using Frat.WebHost.Pages.Today;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests;

/// <summary>Who is in, who is gone and who is missing, at 08:59 on a Monday.</summary>
public sealed class TodayTests
{
    private static readonly AuditNote Note = new() { By = Actor.User("test"), Reason = "A test." };
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestHost.Now.UtcDateTime);

    [Fact]
    public async Task Everybody_IsWhereTheirPunchesAndSchedulesSay()
    {
        await using var host = new UtcHost();
        var schedules = host.Services.GetRequiredService<IScheduleStore>();
        var early = Shift("Early", 6, 14);
        var late = Shift("Late", 14, 22);
        var night = Shift("Night", 22, 9);
        var pairs = Shift("Pairs", 6, 14) with { Hours = HoursRule.EveryPair };
        foreach (var schedule in new[] { early, late, night, pairs })
        {
            await schedules.SaveScheduleAsync(schedule, Note);
        }

        await AddAsync(host, "in", early, "06:00");
        await AddAsync(host, "gone", early, "06:00", "08:00");
        await AddAsync(host, "back", pairs, "06:00", "07:00", "07:30");
        await AddAsync(host, "out again", pairs, "06:00", "07:00", "07:30", "08:00");
        await AddAsync(host, "missing", early);
        await AddAsync(host, "later", late);
        await AddAsync(host, "night", night, "-22:00");
        await AddAsync(host, "unscheduled", null, "08:00");
        await AddAsync(host, "nobody's", null);
        var away = await AddAsync(host, "away", early);
        await schedules.SaveLeaveAsync(new() { PersonId = away, From = Today, To = Today }, Note);

        var found = await host.Services.GetRequiredService<TodayReader>().ReadAsync(default);

        found.ToDictionary(one => one.Person.Name, one => one.Where).ShouldBe(
            new Dictionary<string, Whereabouts>
            {
                ["in"] = Whereabouts.In,
                ["gone"] = Whereabouts.Gone,
                ["back"] = Whereabouts.In,
                ["out again"] = Whereabouts.Gone,
                ["missing"] = Whereabouts.NotYet,
                ["later"] = Whereabouts.Later,
                ["night"] = Whereabouts.In,
                ["unscheduled"] = Whereabouts.In,
                ["nobody's"] = Whereabouts.Free,
                ["away"] = Whereabouts.OnLeave,
            },
            ignoreOrder: true);
    }

    private static Schedule Shift(string name, int start, int end) => new()
    {
        Name = name,
        TimeZone = "Etc/UTC",
        Start = new(start, 0),
        End = new(end, 0),
        Weekdays = Weekdays.All,
    };

    private static async Task<Guid> AddAsync(UtcHost host, string name, Schedule? schedule, params string[] times)
    {
        var person = (await host.Services.GetRequiredService<IPersonStore>().EnrollAsync(new()
        {
            EmployeeId = name,
            Name = name,
            Templates = [],
            Consent = null,
            Note = Note,
        })).Person;
        if (schedule is not null)
        {
            await host.Services.GetRequiredService<IScheduleStore>().SaveAssignmentAsync(
                new() { Id = person.Id, PersonId = person.Id, ScheduleId = schedule.Id, From = Today.AddDays(-1) }, Note);
        }

        foreach (var time in times)
        {
            var local = Today.AddDays(time[0] == '-' ? -1 : 0).ToDateTime(
                TimeOnly.ParseExact(time.TrimStart('-'), "HH:mm", System.Globalization.CultureInfo.InvariantCulture));
            (await host.Services.GetRequiredService<IAttendanceLog>().AppendAsync(new()
            {
                PersonId = person.Id,
                Instant = new DateTimeOffset(local, TimeSpan.Zero),
                LocalTime = local,
                TimeZone = "Etc/UTC",
                Method = PunchMethod.Pin,
                Source = "test",
                IdempotencyKey = name + time,
            })).ShouldNotBeNull();
        }

        return person.Id;
    }

    private sealed class UtcHost : TestHost
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Frat:Site:TimeZone", "Etc/UTC");
        }
    }
}
