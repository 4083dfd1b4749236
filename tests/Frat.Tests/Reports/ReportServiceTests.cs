using System.Text;
using System.Text.Json;

namespace Frat.Tests.Reports;

/// <summary>What the reports say, of punches under a schedule in a real database.</summary>
public sealed class ReportServiceTests
{
    private static readonly AuditNote Note = new() { By = Actor.User("test") };
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly DateOnly Tuesday = new(2026, 11, 24);

    [Fact]
    public async Task Days_UnderASchedule_TellHoursAndFlags()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);

        var csv = await CsvAsync(host.Get<IReportService>().Days(Monday, Tuesday));

        csv.ShouldBe(
        [
            "2026-11-23,E-2,Grace,Incomplete,2026-11-23 09:00:00,,0,0:00,false,0,false,0,1,Workday,,0,0,8,8:00,0,0,0,0,,,0",
            "2026-11-23,E-1,Ada,Late,2026-11-23 09:30:00,2026-11-23 17:00:00,7.5,7:30,true,30,false,0,2,Workday,,0,0,8,8:00,0,0.5,0,0,,,0",
            "2026-11-24,E-1,Ada,Present,2026-11-24 09:00:00,2026-11-24 16:00:00,7,7:00,false,0,true,60,2,Workday,,0,0,8,8:00,0,1,0,0,,,0",
            "2026-11-24,E-2,Grace,Absent,,,0,0:00,false,0,false,0,0,Workday,,0,1,8,8:00,0,8,0,0,,,0",
        ]);
    }

    [Fact]
    public async Task Summary_OfASpan_AddsUpForEachPerson()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);

        var csv = await CsvAsync(host.Get<IReportService>().Summary(Monday, Tuesday));
        var typed = await host.Get<IReportService>().SummarizeAsync(Monday, Tuesday).ToListAsync();

        // employee_id, name, days, the seven statuses, worked_hours, worked, late_days, late_minutes, early_days, early_minutes, punches;
        // leave_days, absent_days, expected_hours, expected; days worked and hours on workdays, days off, holidays, without a schedule and
        // on half holidays; overtime, undertime, balance, night, holidays, leave in hours; days of each kind of leave
        csv.ShouldBe(
        [
            "E-1,Ada,2,1,1,0,0,0,0,0,14.5,14:30,1,30,1,60,4,0,0,16,16:00,2,14.5,0,0,0,0,0,0,0,0,0,1.5,-1.5,0,0,0,0,0,0,0,0",
            "E-2,Grace,2,0,0,0,1,0,0,1,0,0:00,0,0,0,0,1,0,1,16,16:00,0,0,0,0,0,0,0,0,0,0,0,8,-8,0,0,0,0,0,0,0,0",
        ]);
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

        var during = await host.Get<IReportService>().SummarizeAsync(Monday, Tuesday).ToListAsync();
        var before = await host.Get<IReportService>().SummarizeAsync(Monday.AddDays(-60), Monday.AddDays(-50)).ToListAsync();

        during.Select(summary => summary.Person.EmployeeId).ShouldBe(["E-1", "E-2", "E-3"]);
        before.Select(summary => (summary.Person.EmployeeId, summary.Totals.Days)).ShouldBe([("E-3", 0)]);
    }

    [Fact]
    public async Task PersonDays_WrittenTwice_HaveTheSameTotals()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);
        var report = host.Get<IReportService>().PersonDays((await host.Get<IPersonStore>().FindAsync("E-1"))!, Monday, Tuesday);

        var first = await CsvAsync(report);
        var json = JsonDocument.Parse(await WriteAsync(report, ReportFormat.Json)).RootElement;

        first.Length.ShouldBe(3);
        first[2].ShouldBe("total,E-1,Ada,,,,14.5,14:30,1,30,1,60,4,,,0,0,16,16:00,0,1.5,0,0,,,0");
        json.GetProperty("totals").GetProperty("workedHours").GetDouble().ShouldBe(14.5);
        json.GetProperty("totals").GetProperty("lateDays").GetInt32().ShouldBe(1);
        json.GetProperty("rows").GetArrayLength().ShouldBe(2);
    }

    /// <summary>W7: what is paid otherwise is told apart, day by day and in the totals.</summary>
    [Fact]
    public async Task Reports_OfEveryKindOfDayAndLeave_TellThemApart()
    {
        await using var host = await FratHost.StartAsync();
        var ada = await WorkEveryKindOfDayAsync(host);
        var reports = host.Get<IReportService>();
        var person = (await host.Get<IPersonStore>().FindAsync(ada))!;

        // date, status, worked; kind, leave, leave_days, absent_days, expected
        (await CsvAsync(reports.Days(Monday, Monday.AddDays(8)))).Select(line => line.Split(','))
            .Select(cells =>
                string.Join(' ', cells[0][5..], cells[3], cells[7], cells[13], cells[14], cells[15], cells[16], cells[18])).ShouldBe(
            [
                "11-23 HalfDay 4:00 Workday FirstHalf 0.5 0 4:00",
                "11-24 Absent 0:00 Workday SecondHalf 0.5 0.5 4:00",
                "11-25 HalfDay 4:00 Workday  0 0.5 8:00",
                "11-26 OnLeave 0:00 Workday FullDay 1 0 0:00",
                "11-27 Present 4:00 Holiday  0 0 0:00",
                "11-28 Present 2:00 DayOff  0 0 0:00",
                "11-30 Present 8:00 Workday  0 0 8:00",
                "12-01 Present 1:00 Unscheduled  0 0 0:00",
            ]);

        var summary = (await reports.SummarizeAsync(Monday, Monday.AddDays(8)).ToListAsync()).ShouldHaveSingleItem().Totals;
        (summary.LeaveDays, summary.AbsentDays, summary.Expected, summary.Worked).ShouldBe(
            (2m, 1m, TimeSpan.FromHours(24), TimeSpan.FromHours(23)));
        Enum.GetValues<AttendanceStatus>().Select(summary.Count)
            .ShouldBe([4, 0, 3, 0, 1, 0, 0], "half leave and half absence are no whole absence");
        Enum.GetValues<DayKind>().Select(kind => (kind, summary.DaysWorkedOn(kind), summary.WorkedOn(kind).TotalHours)).ShouldBe(
        [
            (DayKind.Unscheduled, 1, 1), (DayKind.Workday, 3, 16), (DayKind.DayOff, 1, 2), (DayKind.Holiday, 1, 4),
            (DayKind.HalfHoliday, 0, 0),
        ]);
        (await CsvAsync(reports.Summary(Monday, Monday.AddDays(8)))).ShouldBe(
            ["E-1,Ada,8,4,0,3,0,1,0,0,23,23:00,0,0,1,240,12,2,1,24,24:00,3,16,1,2,1,4,1,1,0,0,6,8,-2,0,4,0,2,0,0,0,0"]);
        (await CsvAsync(reports.PersonDays(person, Monday, Monday.AddDays(8))))[^1].ShouldBe(
            "total,E-1,Ada,,,,23,23:00,0,0,1,240,12,,,2,1,24,24:00,6,8,0,4,,,0");
    }

    [Theory]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.Xlsx)]
    public async Task Reports_OfEveryKindOfDayAndLeave_TellThemApartInEachFormat(ReportFormat format)
    {
        await using var host = await FratHost.StartAsync();
        var person = (await host.Get<IPersonStore>().FindAsync(await WorkEveryKindOfDayAsync(host)))!;
        var report = host.Get<IReportService>().PersonDays(person, Monday, Monday.AddDays(8));

        var file = await WriteAsync(report, format);

        string[] keys = ["kind", "leave", "leaveDays", "absentDays", "expectedHours", "expected"];
        string[][] days = format == ReportFormat.Json
            ? [.. JsonDocument.Parse(file).RootElement.GetProperty("rows").EnumerateArray()
                .Select(row => keys.Select(key => row.GetProperty(key).ToString()).ToArray())]
            : [.. new Workbook(file).Rows().Skip(1).Select(row => row.Skip(13).Take(keys.Length).Select(Workbook.ValueOf).ToArray())];

        days[0].ShouldBe(["Workday", "FirstHalf", "0.5", "0", "4", format == ReportFormat.Json ? "4:00" : days[0][5]]);
        days[1].ShouldBe(["Workday", "SecondHalf", "0.5", "0.5", "4", days[0][5]]);
        days[4].ShouldBe(["Holiday", "", "0", "0", "0", format == ReportFormat.Json ? "0:00" : "0"]);
        if (format == ReportFormat.Json)
        {
            var totals = JsonDocument.Parse(file).RootElement.GetProperty("totals");
            new[]
            {
                "leaveDays", "absentDays", "expectedHours", "holidaysWorked", "holidaysHours", "daysOffWorked", "daysOffHours", "absent"
            }
                .Select(key => totals.GetProperty(key).GetDouble()).ShouldBe([2, 1, 24, 1, 4, 1, 2, 0]);
        }
    }

    [Fact]
    public async Task Punches_OfEverybodyOrOne_AreAsRecorded()
    {
        await using var host = await FratHost.StartAsync();
        await FillAsync(host);
        var reports = host.Get<IReportService>();

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

        Should.Throw<ArgumentException>(() => host.Get<IReportService>().Days(Tuesday, Monday));
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

    /// <summary>A week of Ada's, and two days: everything that somebody may be paid otherwise for.</summary>
    /// <returns>Her employee ID.</returns>
    private static async Task<string> WorkEveryKindOfDayAsync(FratHost host)
    {
        var schedules = host.Get<IScheduleStore>();
        var calendar = new HolidayCalendar { Name = "Holidays", Holidays = [new() { Date = Monday.AddDays(4), Name = "A holiday" }] };
        var schedule = new Schedule
        {
            Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0),
            HalfDayBelow = TimeSpan.FromHours(6), HolidayCalendarId = calendar.Id,
        };
        await schedules.SaveCalendarAsync(calendar, Note);
        await schedules.SaveScheduleAsync(schedule, Note);
        var ada = await EnrollAsync(host, "E-1", "Ada");
        await schedules.SaveAssignmentAsync(new ScheduleAssignment
        {
            Id = Guid.NewGuid(),
            PersonId = ada,
            ScheduleId = schedule.Id,
            From = Monday,
            To = Monday.AddDays(7),
        }, Note);
        foreach (var (day, part) in new[] { (0, LeavePart.FirstHalf), (1, LeavePart.SecondHalf), (3, LeavePart.FullDay) })
        {
            await schedules.SaveLeaveAsync(
                new Leave { PersonId = ada, From = Monday.AddDays(day), To = Monday.AddDays(day), Part = part }, Note);
        }

        host.Time.Advance(TimeSpan.FromDays(10));
        foreach (var (day, comes, goes) in new[] { (0, 13, 17), (2, 9, 13), (4, 10, 14), (5, 10, 12), (7, 9, 17), (8, 9, 10) })
        {
            await PunchAsync(host, ada, Monday.AddDays(day), comes, 0);
            await PunchAsync(host, ada, Monday.AddDays(day), goes, 0);
        }

        await host.Get<IAttendanceLog>().DeriveAsync(Monday, Monday.AddDays(8));
        return "E-1";
    }

    private static async Task<Guid> EnrollAsync(FratHost host, string employeeId, string name) =>
        (await host.Get<IPersonStore>().EnrollAsync(
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
