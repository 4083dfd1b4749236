using System.Text;
using System.Text.Json;

namespace Frat.Tests.Reports;

/// <summary>What the reports say, of punches under a schedule in a real database.</summary>
public sealed class ReportServiceTests
{
    private static readonly AuditNote Note = new("test");
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly DateOnly Tuesday = new(2026, 11, 24);

    [Fact]
    public async Task Days_UnderASchedule_TellHoursAndFlags()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);

        var csv = await CsvAsync(host.Get<ReportService>().Days(Monday, Tuesday));

        csv.ShouldBe(
        [
            "2026-11-23,E-2,Grace,Incomplete,2026-11-23 09:00:00,,0,0:00,false,0,false,0,1",
            "2026-11-23,E-1,Ada,Late,2026-11-23 09:30:00,2026-11-23 17:00:00,7.5,7:30,true,30,false,0,2",
            "2026-11-24,E-1,Ada,Present,2026-11-24 09:00:00,2026-11-24 16:00:00,7,7:00,false,0,true,60,2",
            "2026-11-24,E-2,Grace,Absent,,,0,0:00,false,0,false,0,0",
        ]);
    }

    [Fact]
    public async Task Summary_OfASpan_AddsUpForEachPerson()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);

        var csv = await CsvAsync(host.Get<ReportService>().Summary(Monday, Tuesday));
        var typed = await host.Get<ReportService>().SummarizeAsync(Monday, Tuesday).ToListAsync();

        // employee_id, name, days, the seven statuses, worked_hours, worked, late_days, late_minutes, early_days, early_minutes, punches
        csv.ShouldBe(["E-1,Ada,2,1,1,0,0,0,0,0,14.5,14:30,1,30,1,60,4", "E-2,Grace,2,0,0,0,1,0,0,1,0,0:00,0,0,0,0,1"]);
        typed[0].Totals.Worked.ShouldBe(TimeSpan.FromHours(14.5));
        Enum.GetValues<AttendanceStatus>().Sum(typed[0].Totals.Count).ShouldBe(typed[0].Totals.Days);
    }

    [Fact]
    public async Task Summary_InactivePeople_AreThereWhereTheyHaveARecord()
    {
        await using var host = await FratHost.StartAsync();
        var (ada, grace) = await FillAsync(host);
        await host.Get<IPersonStore>().SetActiveAsync(ada, active: false, Note);
        await host.Get<IPersonStore>().SetActiveAsync(grace, active: false, Note);
        await EnrollAsync(host, "E-3", "New");

        var during = await host.Get<ReportService>().SummarizeAsync(Monday, Tuesday).ToListAsync();
        var before = await host.Get<ReportService>().SummarizeAsync(Monday.AddDays(-60), Monday.AddDays(-50)).ToListAsync();

        during.Select(summary => summary.Person.EmployeeId).ShouldBe(["E-1", "E-2", "E-3"]);
        before.Select(summary => (summary.Person.EmployeeId, summary.Totals.Days)).ShouldBe([("E-3", 0)]);
    }

    [Fact]
    public async Task PersonDays_WrittenTwice_HaveTheSameTotals()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);
        var report = host.Get<ReportService>().PersonDays((await host.Get<IPersonStore>().FindAsync("E-1"))!, Monday, Tuesday);

        var first = await CsvAsync(report);
        var json = JsonDocument.Parse(await WriteAsync(report, ReportFormat.Json)).RootElement;

        first.Length.ShouldBe(3);
        first[2].ShouldBe("total,E-1,Ada,,,,14.5,14:30,1,30,1,60,4");
        json.GetProperty("totals").GetProperty("workedHours").GetDouble().ShouldBe(14.5);
        json.GetProperty("totals").GetProperty("lateDays").GetInt32().ShouldBe(1);
        json.GetProperty("rows").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Punches_OfEverybodyOrOne_AreAsRecorded()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);
        var reports = host.Get<ReportService>();

        var all = await CsvAsync(reports.Punches(Monday, Monday));
        var one = await CsvAsync(reports.Punches(Monday, Tuesday, await host.Get<IPersonStore>().FindAsync("E-2")));

        all.Select(line => string.Join(',', line.Split(',')[..5])).ShouldBe(
        [
            "E-2,Grace,2026-11-23 09:00:00,Europe/Berlin,2026-11-23T08:00:00.000Z",
            "E-1,Ada,2026-11-23 09:30:00,Europe/Berlin,2026-11-23T08:30:00.000Z",
            "E-1,Ada,2026-11-23 17:00:00,Europe/Berlin,2026-11-23T16:00:00.000Z",
        ]);
        one.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Any_LastDateBeforeTheFirst_Throws()
    {
        await using var host = await FratHost.StartAsync();

        Should.Throw<ArgumentException>(() => host.Get<ReportService>().Days(Tuesday, Monday));
    }

    private static async Task<(Guid Ada, Guid Grace)> FillAsync(FratHost host)
    {
        var schedules = host.Get<IScheduleStore>();
        var schedule = new Schedule { Name = "Office", TimeZone = "Europe/Berlin", Start = new TimeOnly(9, 0), End = new TimeOnly(17, 0) };
        await schedules.SaveScheduleAsync(schedule, Note);
        await schedules.SetDefaultScheduleAsync(schedule.Id, Monday.AddDays(-7), Note);
        var (ada, grace) = (await EnrollAsync(host, "E-1", "Ada"), await EnrollAsync(host, "E-2", "Grace"));
        await PunchAsync(host, ada, Monday, 9, 30);
        await PunchAsync(host, ada, Monday, 17, 0);
        await PunchAsync(host, ada, Tuesday, 9, 0);
        await PunchAsync(host, ada, Tuesday, 16, 0);
        await PunchAsync(host, grace, Monday, 9, 0);
        host.Time.Advance(TimeSpan.FromDays(4)); // Nobody is absent before the day is over, nor before they were enrolled.
        await host.Get<IAttendanceLog>().DeriveAsync(Monday, Tuesday);
        return (ada, grace);
    }

    private static async Task<Guid> EnrollAsync(FratHost host, string employeeId, string name) => (await host.Get<IPersonStore>().EnrollAsync(
        new Frat.Enrollment { EmployeeId = employeeId, Name = name, Templates = [], Consent = null, Note = Note })).Person.Id;

    private static async Task PunchAsync(FratHost host, Guid person, DateOnly date, int hour, int minute)
    {
        var local = date.ToDateTime(new TimeOnly(hour, minute));
        (await host.Get<IAttendanceLog>().AppendAsync(new Punch
        {
            PersonId = person,
            Instant = new DateTimeOffset(local, TimeSpan.FromHours(1)),
            TimeZone = "Europe/Berlin",
            LocalTime = local,
            Method = PunchMethod.Pin,
            Source = "kiosk",
            IdempotencyKey = $"{person} {local:O}",
        })).ShouldNotBeNull();
    }

    private static async Task<string[]> CsvAsync(Report report) =>
        Encoding.UTF8.GetString(await WriteAsync(report, ReportFormat.Csv)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];

    private static async Task<byte[]> WriteAsync(Report report, ReportFormat format)
    {
        using var output = new MemoryStream();
        await report.WriteAsync(output, format);
        return output.ToArray();
    }
}
