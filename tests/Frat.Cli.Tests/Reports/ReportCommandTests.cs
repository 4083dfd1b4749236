using System.Globalization;
using Frat.Cli.Tests.Database;

namespace Frat.Cli.Tests.Reports;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_EachKind_IsWrittenAsCsv()
    {
        await using var target = await CreateAsync();

        (await ReportAsync(target, "day", "--from", "2026-11-02", "--to", "2026-11-03")).Output.ShouldBe(
            "date,employee_id,name,status,first_in,last_out,worked_hours,worked,is_late,late_minutes,left_early,early_minutes,"
            + "punches,kind,leave,leave_days,absent_days,expected_hours,expected,overtime_hours,"
            + "undertime_hours,night_hours,holiday_hours,leave_kind,second_leave_kind,leave_hours\r\n"
            + "2026-11-02,E-1,Ada,Present,2026-11-02 08:00:00,,0,0:00,false,0,false,0,1,Unscheduled,,0,0,0,0:00,0,0,0,0,,,0\r\n"
            + "2026-11-02,E-2,'=Eve,Present,2026-11-02 08:30:00,2026-11-02 17:30:00,9,9:00,false,0,false,0,2,Unscheduled,,0,0,0,0:00,"
            + "0,0,0,0,,,0\r\n"
            + "2026-11-03,E-1,Ada,Present,2026-11-03 08:00:00,,0,0:00,false,0,false,0,1,Unscheduled,,0,0,0,0:00,0,0,0,0,,,0\r\n");
        (await ReportAsync(target, "month", "--from", "2026-11-01")).Output.ShouldBe(
            "employee_id,name,days,present,late,half_day,absent,on_leave,holiday,incomplete,worked_hours,worked,late_days,late_minutes,"
            + "early_days,early_minutes,punches,leave_days,absent_days,expected_hours,expected,workdays_worked,workdays_hours,"
            + "days_off_worked,days_off_hours,holidays_worked,holidays_hours,unscheduled_worked,unscheduled_hours,half_holidays_worked,"
            + "half_holidays_hours,overtime_hours,undertime_hours,balance_hours,night_hours,holiday_hours,leave_hours,paid_leave_days,"
            + "unpaid_leave_days,sick_leave_days,remote_work_days,business_trip_days\r\n"
            + "E-1,Ada,2,2,0,0,0,0,0,0,0,0:00,0,0,0,0,2,0,0,0,0:00,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0\r\n"
            + "E-2,'=Eve,1,1,0,0,0,0,0,0,9,9:00,0,0,0,0,2,0,0,0,0:00,0,0,0,0,0,0,1,9,0,0,0,0,0,0,0,0,0,0,0,0,0\r\n"
            + "E-3,Never There,0,0,0,0,0,0,0,0,0,0:00,0,0,0,0,0,0,0,0,0:00,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0\r\n");
        (await ReportAsync(target, "person", "--person", "E-1", "--from", "2026-11-01", "--to", "2026-11-30")).Output.ShouldEndWith(
            "2026-11-03,E-1,Ada,Present,2026-11-03 08:00:00,,0,0:00,false,0,false,0,1,Unscheduled,,0,0,0,0:00,0,0,0,0,,,0\r\n"
            + "total,E-1,Ada,,,,0,0:00,0,0,0,0,2,,,0,0,0,0:00,0,0,0,0,,,0\r\n");
        var punches = (await ReportAsync(target, "punches", "--from", "2026-11-02", "--to", "2026-11-02")).Lines;
        punches.Count.ShouldBe(4);
        punches[1].ShouldStartWith("E-1,Ada,2026-11-02 08:00:00,Europe/Berlin,2026-11-02T07:00:00.000Z,Undetermined,Pin,kiosk,0.31,,");
        (await ReportAsync(target, "punches", "--from", "2026-11-02", "--to", "2026-11-02", "--person", "E-2")).Lines.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("out.xlsx", null, new byte[] { 0x50, 0x4B })]
    [InlineData("out.csv", null, new byte[] { 0x64, 0x61 })]
    [InlineData("out.json", null, new byte[] { 0x7B, 0x22 })]
    [InlineData("out", "xlsx", new byte[] { 0x50, 0x4B })]
    public async Task Report_ToAFile_ReplacesItWhole(string name, string? format, byte[] start)
    {
        await using var target = await CreateAsync();
        var output = _folder.File(name);
        await File.WriteAllTextAsync(output, new string('x', 100_000));

        var run = await ReportAsync(
            target, ["day", "--from", "2026-11-02", "--output", output, .. format is null ? (string[])[] : ["--format", format]]);

        (run.ExitCode, run.Output, run.Error).ShouldBe((0, "", ""));
        (await File.ReadAllBytesAsync(output))[..2].ShouldBe(start);
        Directory.GetFiles(_folder.Path, "*.partial").ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_ByteOrderMark_IsForExcel()
    {
        await using var target = await CreateAsync();

        (await ReportAsync(target, "day", "--from", "2026-11-02", "--bom")).Output.ShouldStartWith("\uFEFFdate,");
        (await ReportAsync(target, "day", "--from", "2026-11-02")).Output.ShouldStartWith("date,");
    }

    [Fact]
    public async Task Report_WhatCannotBe_IsSaid()
    {
        await using var target = await CreateAsync();
        await File.WriteAllTextAsync(_folder.File("text.db"), new string('x', 5000));

        await FailsAsync(1, "Nobody has the employee ID 'E-9'.", "person", "--person", "E-9", "--database", target.Address);
        await FailsAsync(2, "--to is before --from.", "day", "--from", "2026-11-03", "--to", "2026-11-02", "--database", target.Address);
        await FailsAsync(
            2, "--from takes a date as YYYY-MM-DD, not '3.11.2026'.", "day", "--from", "3.11.2026", "--database", target.Address);
        await FailsAsync(2, "--format 'pdf' is not known", "day", "--format", "pdf", "--database", target.Address);
        await FailsAsync(1, "There is no such database.", "day", "--database", _folder.File("none.db"));
        await FailsAsync(4, "text.db", "day", "--database", _folder.File("text.db"));
        await FailsAsync(1, "/nowhere/out.csv", "day", "--database", target.Address, "--output", "/nowhere/out.csv");
        File.Exists(_folder.File("none.db")).ShouldBeFalse();

        static async Task FailsAsync(int code, string message, params string[] args)
        {
            var run = await FratRun.Of(["report", .. args]);
            (run.ExitCode, run.Output).ShouldBe((code, ""), run.Error);
            run.Error.ShouldContain(message);
        }
    }

    private static Task<FratRun> ReportAsync(TargetDatabase target, params string[] args) =>
        FratRun.Of(["report", .. args, "--database", target.Address]);

    private async Task<TargetDatabase> CreateAsync()
    {
        var target = TargetDatabase.Sqlite(_folder);
        var (ada, eve) = (await EnrollAsync(target, "E-1", "Ada"), await EnrollAsync(target, "E-2", "=Eve"));
        await EnrollAsync(target, "E-3", "Never There");
        await PunchAsync(target, ada, "2026-11-02T08:00:00");
        await PunchAsync(target, ada, "2026-11-03T08:00:00");
        await PunchAsync(target, eve, "2026-11-02T08:30:00");
        await PunchAsync(target, eve, "2026-11-02T17:30:00");
        return target;
    }

    private static async Task<Guid> EnrollAsync(TargetDatabase target, string employeeId, string name) => (await target.People.EnrollAsync(
        new Enrollment { EmployeeId = employeeId, Name = name, Templates = [], Consent = null, Note = new AuditNote
        {
            By = Actor.User("test"),
        } })).Person.Id;

    private static Task<PunchReceipt?> PunchAsync(TargetDatabase target, Guid person, string localTime)
    {
        var local = DateTime.Parse(localTime, CultureInfo.InvariantCulture);
        return target.Log.AppendAsync(new Punch
        {
            PersonId = person,
            Instant = new DateTimeOffset(local, TimeSpan.FromHours(1)),
            TimeZone = "Europe/Berlin",
            LocalTime = local,
            Method = PunchMethod.Pin,
            Source = "kiosk",
            Distance = 0.31f,
            IdempotencyKey = $"{person} {localTime}",
        });
    }
}
