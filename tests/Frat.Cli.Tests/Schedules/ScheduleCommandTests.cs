using Frat.Cli.Tests.Database;

namespace Frat.Cli.Tests.Schedules;

/// <summary>A set-up as a file: written, brought to another database, applied again without a change, refused if it is wrong.</summary>
public sealed class ScheduleCommandTests : IDisposable
{
    private static readonly AuditNote Note = new() { By = Actor.User("HR") };
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_AppliedElsewhere_IsTheSameThere_AndAgainChangesNothing()
    {
        await using var source = TargetDatabase.Sqlite(_folder, "source.db");
        await FillAsync(source);
        var file = _folder.File("schedules.json");
        (await ExportAsync(source, "--output", file)).ShouldBe(new FratRun(0, "", ""));

        await using var target = TargetDatabase.Sqlite(_folder, "target.db");
        await EnrollAsync(target, "E-1");
        await EnrollAsync(target, "E-2");
        var dry = await ApplyAsync(target, file, "--dry-run");
        (dry.ExitCode, dry.Error).ShouldBe((0, ""));
        dry.Lines[^1].ShouldBe("A dry run: nothing was changed.");
        (await target.Get<IScheduleStore>().ListSchedulesAsync()).ShouldBeEmpty();

        var run = await ApplyAsync(target, file, "--by", "Grace", "--reason", "New site");

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Lines.ShouldBe(
        [
            "calendar \"Berlin\": new",
            "schedule \"Office\": new",
            "schedule \"Turns\": new",
            "default from 2026-01-01: \"Office\"",
            "default from 2026-06-01: none",
            "assignment of E-1 from 2026-02-01: \"Turns\"",
            "assignment of E-2 from 2026-02-01: \"Office\"",
            "7 changes made.",
        ]);
        run.Lines.SkipLast(1).ShouldBe(dry.Lines.SkipLast(1));
        (await ExportAsync(target)).Output.ShouldBe((await ExportAsync(source)).Output);
        (await ApplyAsync(target, file)).Lines.ShouldBe(["There is nothing to change."]);
        var entries = await target.Get<IAuditTrail>().ReadAsync().Where(entry => entry.Reason == "New site").ToListAsync();
        (entries.Count, entries[0].By.Id).ShouldBe((7, "Grace"));
    }

    [Fact]
    public async Task Apply_AFileThatChanged_MakesOnlyWhatChanged_AndLeavesWhatItDoesNotName()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await FillAsync(target);
        var text = (await ExportAsync(target)).Output;
        var store = target.Get<IScheduleStore>();
        await store.SaveScheduleAsync(Plain("Another"), Note);

        var file = await WriteAsync(text
            .Replace("\"lateGrace\": \"00:05:00\"", "\"lateGrace\": \"00:10:00\"", StringComparison.Ordinal)
            .Replace("\"name\": \"May Day\"", "\"name\": \"Labour Day\"", StringComparison.Ordinal));

        (await ApplyAsync(target, file)).Lines.ShouldBe(
            ["calendar \"Berlin\": changed", "schedule \"Office\": changed, for past days, too", "2 changes made."]);
        (await store.ListSchedulesAsync()).Select(schedule => schedule.Name).ShouldBe(["Another", "Office", "Turns"]);
        (await store.ListSchedulesAsync())[1].LateGrace.ShouldBe(TimeSpan.FromMinutes(10));
        (await ApplyAsync(target, file)).Lines.ShouldBe(["There is nothing to change."]);
    }

    [Theory]
    [InlineData("\"schedule\": \"Turns\"", "\"schedule\": \"Nobody's\"", "There is no schedule \"Nobody's\".")]
    [InlineData("\"employeeId\": \"E-1\"", "\"employeeId\": \"E-9\"", "assignment of E-9 from 2026-02-01: Nobody has this employee ID.")]
    [InlineData("\"timeZone\": \"Europe/Berlin\"", "\"timeZone\": \"Mars/Olympus\"", "schedule \"Office\"")]
    [InlineData("\"holidays\": \"Berlin\"", "\"holidays\": \"Paris\"", "There is no calendar \"Paris\".")]
    [InlineData("\"lateGrace\"", "\"lateGrance\"", "schedule \"Office\"")]
    [InlineData("\"start\": \"09:00:00\"", "\"start\": \"nine\"", "schedule \"Office\"")]
    [InlineData("\"version\": 1", "\"version\": 2", "of version 1")]
    [InlineData("\"calendars\": [", "\"calendars\": null, \"x\": [", "schedules.json")]
    [InlineData("\"name\": \"Office\"", "\"id\": \"Office\"", "It has no name.")]
    [InlineData("{", "", "schedules.json")]
    public async Task Apply_AFileThatCannotBe_IsRefusedWhole(string what, string by, string message)
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await FillAsync(target);
        var text = (await ExportAsync(target)).Output;
        var at = text.IndexOf(what, StringComparison.Ordinal);
        var file = await WriteAsync(text[..at] + by + text[(at + what.Length)..]);
        await using var other = TargetDatabase.Sqlite(_folder, "other.db");
        await EnrollAsync(other, "E-1");
        await EnrollAsync(other, "E-2");

        var run = await ApplyAsync(other, file);

        (run.ExitCode, run.Output).ShouldBe((1, ""), run.Error);
        run.Error.ShouldContain(message);
        (await other.Get<IScheduleStore>().ListSchedulesAsync()).ShouldBeEmpty();
        (await other.Get<IScheduleStore>().ListCalendarsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_AScheduleThatSaysLittle_HasTheDefaultsOfOne()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await EnrollAsync(target, "E-1");
        var file = await WriteAsync("""
            {"document": "frat-schedules", "version": 1, "schedules": [
              {"name": "Office", "timeZone": "Europe/Berlin", "start": "09:00", "end": "17:00"},
              {"name": "Nights", "timeZone": "Europe/Berlin", "pattern": [{"day": "Monday", "start": "22:00", "end": "06:00"}]}]}
            """);

        (await ApplyAsync(target, file)).Lines[^1].ShouldBe("2 changes made.");

        var (nights, office) = ((await target.Get<IScheduleStore>().ListSchedulesAsync())[0],
            (await target.Get<IScheduleStore>().ListSchedulesAsync())[1]);
        office.ShouldBe(Plain("Office") with { Id = office.Id, LateGrace = TimeSpan.Zero });
        (nights.WindowBefore, nights.Pattern.Count).ShouldBe((office.WindowBefore, 1));
    }

    [Fact]
    public async Task Schedule_NoDatabaseOrFile_IsSaid()
    {
        var none = _folder.File("none.db");
        foreach (var args in new[] { ["export"], new[] { "apply", _folder.File("none.json") } })
        {
            var run = await FratRun.Of(["schedule", .. args, "--database", none]);
            run.ExitCode.ShouldBe(1);
            run.Error.ShouldContain("There is no such database.");
        }

        await using var target = TargetDatabase.Sqlite(_folder);
        await EnrollAsync(target, "E-1");
        (await ApplyAsync(target, _folder.File("none.json"))).ExitCode.ShouldBe(1);
        File.Exists(none).ShouldBeFalse();
    }

    private static Task<FratRun> ExportAsync(TargetDatabase database, params string[] args) =>
        FratRun.Of(["schedule", "export", "--database", database.Address, .. args]);

    private static Task<FratRun> ApplyAsync(TargetDatabase database, string file, params string[] args) =>
        FratRun.Of(["schedule", "apply", file, "--database", database.Address, .. args]);

    private static Schedule Plain(string name) => new()
    {
        Name = name,
        TimeZone = "Europe/Berlin",
        Start = new(9, 0),
        End = new(17, 0),
        LateGrace = TimeSpan.FromMinutes(5),
    };

    private static async Task<Guid> EnrollAsync(TargetDatabase database, string employeeId) => (await database.People.EnrollAsync(new()
    {
        EmployeeId = employeeId,
        Name = "Ada",
        Templates = [],
        Consent = null,
        Note = Note,
    })).Person.Id;

    private static async Task FillAsync(TargetDatabase database)
    {
        var store = database.Get<IScheduleStore>();
        var calendar = new HolidayCalendar
        {
            Name = "Berlin",
            Holidays =
            [
                new() { Date = new(2026, 5, 1), Name = "May Day" },
                new() { Date = new(2026, 12, 24), Name = "Christmas Eve", Part = LeavePart.SecondHalf },
            ],
        };
        await store.SaveCalendarAsync(calendar, Note);
        var office = Plain("Office") with { HolidayCalendarId = calendar.Id };
        var turns = Plain("Turns") with
        {
            Pattern =
            [
                new() { Day = DayOfWeek.Monday, Start = new(6, 0), End = new(14, 0) },
                new() { Week = 1, Day = DayOfWeek.Sunday, Start = new(22, 0), End = new(6, 0) },
            ],
            PatternWeeks = 2,
            PatternStart = new(2026, 1, 5),
            Flexible = new() { Target = TimeSpan.FromHours(7) },
            LateGrace = TimeSpan.Zero,
        };
        await store.SaveScheduleAsync(office, Note);
        await store.SaveScheduleAsync(turns, Note);
        await store.SetDefaultScheduleAsync(office.Id, new(2026, 1, 1), Note);
        await store.SetDefaultScheduleAsync(null, new(2026, 6, 1), Note);
        foreach (var (employeeId, schedule, own) in new[] { ("E-1", turns, (Guid?)calendar.Id), ("E-2", office, null) })
        {
            await store.SaveAssignmentAsync(
                new()
                {
                    Id = Guid.NewGuid(),
                    PersonId = await EnrollAsync(database, employeeId),
                    ScheduleId = schedule.Id,
                    From = new(2026, 2, 1),
                    To = own is null ? null : new(2026, 12, 31),
                    HolidayCalendarId = own,
                },
                Note);
        }
    }

    private async Task<string> WriteAsync(string text)
    {
        await File.WriteAllTextAsync(_folder.File("schedules.json"), text);
        return _folder.File("schedules.json");
    }
}
