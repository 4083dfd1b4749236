using System.Text.Json;
using Frat.Cli.Tests.Database;
using Frat.TestKit;

namespace Frat.Cli.Tests.Import;

public sealed partial class ImportFlaskCommandTests : IDisposable
{
    private static readonly string[] Consent = ["--consent-version", "2024-1", "--consent-attested-by", "Grace Hopper"];

    private readonly TestFolder _folder = new();

    public ImportFlaskCommandTests() => Dlib.TestModels.Files.Folder.ShouldNotBeEmpty();

    private string Source => _folder.File("database.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_OriginalsDatabase_NobodyHasToRegisterAgain()
    {
        OriginalDatabase.OfSqlite(Source).AddJohns();
        await using var target = TargetDatabase.Sqlite(_folder);
        var before = await File.ReadAllBytesAsync(Source);

        var run = await ImportAsync(target, "--time-zone", "Europe/Berlin");

        (run.ExitCode, run.Error).ShouldBe((0, ""), run.Output);
        (await File.ReadAllBytesAsync(Source)).ShouldBe(before);
        await ShouldHaveJohnsAsync(target);
        await ShouldRecogniseJohnsAsync(target);
    }

    [Fact]
    public async Task Import_OriginalsPostgreSql_NobodyHasToRegisterAgain()
    {
        var source = PostgresServer.Shared.CreateDatabase();
        OriginalDatabase.OfPostgreSql(PostgresServer.Shared.ConnectionString(source)).AddJohns();
        await using var target = TargetDatabase.PostgreSql(_folder);
        var url = $"postgres://postgres:{PostgresServer.Shared.Password}@127.0.0.1:{PostgresServer.Shared.Port}/{source}";

        var run =
            await FratRun.Of(["import-flask", url, "--to", target.Address, .. target.Keys, .. Consent, "--time-zone", "Europe/Berlin"]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldNotContain(PostgresServer.Shared.Password);
        await ShouldHaveJohnsAsync(target);
        await ShouldRecogniseJohnsAsync(target);
        PostgresServer.Shared.DropDatabase(source);
    }

    [Fact]
    public async Task Import_Twice_ChangesNothing()
    {
        var source = OriginalDatabase.OfSqlite(Source);
        source.AddJohns();
        await using var target = TargetDatabase.Sqlite(_folder);
        await ImportAsync(target, "--time-zone", "Europe/Berlin");
        var (people, punches) = (await target.ListAsync(), await target.PunchesAsync());

        // A copy elsewhere is the same database; what came since is new.
        var copy = _folder.File("copy.db");
        source.AddAttendance(100, 1, "2024-05-06", "08:00:00.000000", "Present");
        File.Copy(Source, copy);
        var run = await FratRun.Of(["import-flask", copy, "--to", target.Address, .. Consent, "--time-zone", "Europe/Berlin", "--json"]);

        run.ExitCode.ShouldBe(0);
        Counts(run, "people").ShouldBe((5, 0, 5, 0));
        Counts(run, "attendance").ShouldBe((11, 1, 10, 0));
        (await target.ListAsync()).ShouldBe(people);
        (await target.PunchesAsync()).Take(10).ShouldBe(punches);
        (await target.PunchesAsync()).Count.ShouldBe(11);
    }

    [Fact]
    public async Task Import_DryRun_TellsTheSameAndWritesNothing()
    {
        OriginalDatabase.OfSqlite(Source).AddJohns();
        await using var target = TargetDatabase.Sqlite(_folder, withKeys: false);

        var dry = await ImportAsync(target, "--dry-run", "--json");

        (dry.ExitCode, dry.Error).ShouldBe((0, ""));
        Directory.GetFiles(_folder.Path).ShouldBe([Source]);
        dry.Json.Single().GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        var wet = await ImportAsync(target, "--json");
        Counts(dry, "people").ShouldBe(Counts(wet, "people"));
        Counts(dry, "attendance").ShouldBe(Counts(wet, "attendance"));

        var again = await ImportAsync(target, "--dry-run", "--json");
        Counts(again, "people").ShouldBe((5, 0, 5, 0));
        Counts(again, "attendance").ShouldBe((10, 0, 10, 0));
        (await target.PunchesAsync()).Count.ShouldBe(10);
    }

    [Fact]
    public async Task Import_Consent_IsRecordedAsAttested()
    {
        OriginalDatabase.OfSqlite(Source).AddJohns();
        await using var target = TargetDatabase.Sqlite(_folder);

        await ImportAsync(target, "--consent-purpose", "Time sheets", "--consent-expires", "2999-01-01");

        var consent = (await target.Consents.ListAsync((await target.People.FindAsync("J-2"))!.Id)).Single();
        (consent.TextVersion, consent.RecordedBy, consent.Purpose, consent.Basis).ShouldBe(
            ("2024-1", Actor.Claimed("Grace Hopper"), "Time sheets", ConsentBasis.Attested));
        consent.ExpiresAt.ShouldBe(new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("America/New_York", "2024-03-10", "02:30:00", "2024-03-10T07:30:00Z", "2024-03-10T03:30:00")] // Skipped.
    [InlineData("America/New_York", "2024-11-03", "01:30:00", "2024-11-03T05:30:00Z", "2024-11-03T01:30:00")] // Twice.
    [InlineData("Australia/Lord_Howe", "2024-04-07", "01:45:00", "2024-04-06T14:45:00Z", "2024-04-07T01:45:00")] // Half an hour.
    [InlineData("Asia/Kolkata", "2024-04-07", "00:10:00", "2024-04-06T18:40:00Z", "2024-04-07T00:10:00")]
    public async Task Import_LocalTime_BecomesTheMoment(string zone, string date, string time, string instant, string local)
    {
        var source = OriginalDatabase.OfSqlite(Source);
        source.AddUser(1, "E-1", "Ada", OriginalDatabase.Float64(OriginalDatabase.MadeUp(1)));
        source.AddAttendance(1, 1, date, time, "Present");
        await using var target = TargetDatabase.Sqlite(_folder);

        (await ImportAsync(target, "--time-zone", zone)).ExitCode.ShouldBe(0);

        var punch = (await target.PunchesAsync()).Single();
        (punch.Instant, punch.LocalTime, punch.TimeZone, punch.Method).ShouldBe(
            (DateTimeOffset.Parse(instant, null), DateTime.Parse(local, null), zone, PunchMethod.Import));
    }

    [Fact]
    public async Task Import_ClockOfTheOriginalInAnotherZone_IsConverted()
    {
        var source = OriginalDatabase.OfSqlite(Source);
        source.AddUser(1, "E-1", "Ada", OriginalDatabase.Float64(OriginalDatabase.MadeUp(1)));
        source.AddAttendance(1, 1, "2024-07-01", "22:30:00", "Present"); // On a cloud's machine, by UTC.
        await using var target = TargetDatabase.Sqlite(_folder);

        (await ImportAsync(target, "--time-zone", "Europe/Berlin", "--source-time-zone", "UTC")).ExitCode.ShouldBe(0);

        (await target.PunchesAsync()).Single().LocalTime.ShouldBe(new DateTime(2024, 7, 2, 0, 30, 0));
        (await target.DaysAsync()).Single().Date.ShouldBe(new DateOnly(2024, 7, 2));
    }

    [Fact]
    public async Task Import_NotTheOriginals_IsSaid()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await File.WriteAllTextAsync(_folder.File("text.db"), new string('x', 5000));
        OriginalDatabase.OfSqlite(_folder.File("other.db")).Execute("ALTER TABLE attendance RENAME COLUMN date TO day");
        OriginalDatabase.OfSqlite(_folder.File("half.db")).Execute("DROP TABLE attendance");

        (await FailAsync(_folder.File("none.db"))).ShouldContain("There is no such file.");
        (await FailAsync(_folder.File("text.db"))).ShouldContain("This is no SQLite database.");
        (await FailAsync(_folder.File("half.db"))).ShouldContain("it has no table \"attendance\"");
        (await FailAsync(_folder.File("other.db"))).ShouldContain(
            "its table \"attendance\" has no column date (it has id, user_id, day, time, status)");
        (await FailAsync("postgresql://nobody:secret-word@127.0.0.1:1/none")).ShouldNotContain("secret-word");
        File.Exists(_folder.File("frat.db")).ShouldBeFalse();

        async Task<string> FailAsync(string source)
        {
            var run = await FratRun.Of(["import-flask", source, "--to", target.Address, .. Consent]);
            (run.ExitCode, run.Output).ShouldBe((1, ""), run.Error);
            return run.Error;
        }
    }

    [Theory]
    [InlineData("--consent-version", "2024-1")]
    [InlineData("--consent-attested-by", "Grace Hopper")]
    public async Task Import_WithoutConsent_IsRefused(string option, string value)
    {
        OriginalDatabase.OfSqlite(Source).AddJohns();

        var run = await FratRun.Of("import-flask", Source, "--to", _folder.File("frat.db"), option, value);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--consent-");
        File.Exists(_folder.File("frat.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--time-zone", "Europe/Atlantis")]
    [InlineData("--time-zone", "UTC+05")]
    [InlineData("--to", "mysql://localhost/frat")]
    [InlineData("--consent-expires", "tomorrow")]
    public async Task Import_BadOption_IsRefusedByName(string option, string value)
    {
        var run = await FratRun.Of([.. (string[])["import-flask", Source, "--to", _folder.File("frat.db")], .. Consent, option, value]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(option);
    }

    [Fact]
    public async Task Import_Table_FitsATerminalAndTellsTheZone()
    {
        var source = OriginalDatabase.OfSqlite(Source);
        source.AddJohns();
        source.AddUser(9, "E-\e[31m9", "Evil", OriginalDatabase.Float64(1, 2, 3));
        await using var target = TargetDatabase.Sqlite(_folder);

        var run = await FratRun.Of(Stream.Null, ["import-flask", Source, "--to", target.Address, .. Consent], onTerminal: true);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldNotContain('\e');
        run.Output.ShouldContain("(this machine's)");
        run.Error.ShouldContain("Attendance [####################] 100 %  10 of 10");
    }

    private static (long Read, long New, long There, long LeftOut) Counts(FratRun run, string table)
    {
        var counts = run.Json.Single().GetProperty(table);
        return (Number("read"), Number("new"), Number("thereAlready"), Number("leftOut"));

        long Number(string name) => counts.GetProperty(name).GetInt64();
    }

    private static async Task ShouldHaveJohnsAsync(TargetDatabase target)
    {
        (await target.ListAsync()).Select(person => (person.EmployeeId, person.Name))
            .ShouldBe(OriginalDatabase.Johns.Select(john => (john.EmployeeId, john.Name)));
        (await target.DaysAsync()).Select(day => (day.Person.EmployeeId, day.Date, day.FirstIn, day.Status)).ShouldBe(
            OriginalDatabase.Johns.SelectMany((john, i) => ((int[])[2, 3]).Select(day => (
                john.EmployeeId,
                new DateOnly(2024, 5, day),
                (DateTime?)new DateTime(2024, 5, day, 8, i, 59).AddMicroseconds(123456),
                AttendanceStatus.Present))));
        (await target.PunchesAsync()).ShouldAllBe(
            punch => punch.TimeZone == "Europe/Berlin" && punch.Instant.UtcDateTime.Hour == 6 && punch.Method == PunchMethod.Import);
    }

    private static async Task ShouldRecogniseJohnsAsync(TargetDatabase target)
    {
        foreach (var john in OriginalDatabase.Johns)
        {
            foreach (var photo in DebianPhotos.Johns[john.Name.Replace(' ', '_')].Where(photo => photo != john.Photo))
            {
                (await target.RecogniseAsync(photo)).ShouldBe(john.EmployeeId, photo);
            }
        }
    }

    private Task<FratRun> ImportAsync(TargetDatabase target, params string[] options) =>
        FratRun.Of(["import-flask", Source, "--to", target.Address, .. Consent, .. options]);
}
