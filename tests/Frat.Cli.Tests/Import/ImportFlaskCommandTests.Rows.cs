using System.Text.Json;
using Frat.Cli.Tests.Database;
using Frat.TestKit;

namespace Frat.Cli.Tests.Import;

public sealed partial class ImportFlaskCommandTests
{
    [Fact]
    public async Task Import_BadRows_AreToldWithTheirReasonAndCostNothingElse()
    {
        var source = OriginalDatabase.OfSqlite(Source);
        source.Execute("PRAGMA writable_schema = 1"); // The tables of some versions have no constraints.
        source.Execute("DROP TABLE attendance");
        source.Execute("DROP TABLE user");
        source.Execute("CREATE TABLE user (id INTEGER PRIMARY KEY, name, employee_id, face_embedding)");
        source.Execute("CREATE TABLE attendance (id INTEGER PRIMARY KEY, user_id, date, time, status)");
        source.AddJohns();
        var nan = OriginalDatabase.MadeUp(1);
        nan[5] = double.NaN;
        source.AddUser(11, "B-11", "Short Blob", OriginalDatabase.Float64(1, 2, 3));
        source.AddUser(12, "B-12", "Not A Number", OriginalDatabase.Float64(nan));
        source.AddUser(13, "B-13", "All Zero", OriginalDatabase.Float64(new double[128]));
        source.AddUser(14, "B-14", "Is Text", "[0.1, 0.2]");
        source.AddUser(15, "B-15", "Is Null", null);
        source.AddUser(16, "B-16", "Huge Blob", new byte[1_000_000]);
        source.AddUser(21, "B-21", "  ", OriginalDatabase.Float64(OriginalDatabase.MadeUp(21)));
        source.AddUser(22, "B-22", new string('x', 101), OriginalDatabase.Float64(OriginalDatabase.MadeUp(22)));
        source.AddUser(23, null, "No ID", OriginalDatabase.Float64(OriginalDatabase.MadeUp(23)));
        source.AddUser(24, new string('9', 51), "Long ID", OriginalDatabase.Float64(OriginalDatabase.MadeUp(24)));
        source.AddUser(25, " J-1 ", "Same ID", OriginalDatabase.Float64(OriginalDatabase.MadeUp(25)));
        source.AddUser(26, 4711, "ID Is A Number", OriginalDatabase.Float64(OriginalDatabase.MadeUp(26)));
        source.AddAttendance(101, 1, "yesterday", "08:00:00", "Present");
        source.AddAttendance(102, 1, "2024-02-30", "08:00:00", "Present");
        source.AddAttendance(103, 1, "2024-06-01", "25:00:00", "Present");
        source.AddAttendance(104, 1, null, "08:00:00", "Present");
        source.AddAttendance(105, 1, "2024-06-02", null, "Present");
        source.AddAttendance(106, 99, "2024-06-03", "08:00:00", "Present");
        source.AddAttendance(107, 21, "2024-06-03", "08:00:00", "Present");
        source.AddAttendance(108, null, "2024-06-03", "08:00:00", "Present");
        source.AddAttendance(109, 1, "2024-06-04", "08:00:00", "Absent");
        source.AddAttendance(110, 1, "8206-06-04", "08:00:00", "Present");
        source.AddAttendance(111, 1, "9999-12-31", "23:59:59", "Present");
        source.AddAttendance(112, 1, "1900-01-01", "00:00:00", "Present");
        source.AddAttendance(201, 1, "2024-06-05 00:00:00.000000", "2024-06-05 08:00:00.000000", null);
        source.AddAttendance(202, 1, "2024-06-06T00:00:00", "08:00", "present");
        source.AddAttendance(203, 1, "2024-06-07", "08:30 AM", "Late");
        source.AddAttendance(204, 11, "2024-06-07", "08:00:00", "Present");
        await using var target = TargetDatabase.Sqlite(_folder);

        var run = await ImportAsync(target, "--time-zone", "UTC", "--json");

        run.ExitCode.ShouldBe(1);
        Counts(run, "people").ShouldBe((17, 12, 0, 5));
        Counts(run, "attendance").ShouldBe((26, 14, 0, 12));
        var report = run.Json.Single();
        Reasons(report, "leftOut", "user").ShouldBe(new Dictionary<long, string>
        {
            [21] = "has no name",
            [22] = "has a name of more than 100 characters",
            [23] = "has no employee ID",
            [24] = "has an employee ID of more than 50 characters",
            [25] = "has the employee ID of user 1, once white space is cut off",
        });
        Reasons(report, "leftOut", "attendance").ShouldBe(new Dictionary<long, string>
        {
            [101] = "has a date that can't be read: 'yesterday'",
            [102] = "has a date that can't be read: '2024-02-30'",
            [103] = "has a time that can't be read: '25:00:00'",
            [104] = "has no date",
            [105] = "has no time",
            [106] = "is of user 99, who is not there or was left out",
            [107] = "is of user 21, who is not there or was left out",
            [108] = "is of no user",
            [109] = "has the status 'Absent': nobody was there, so it is no punch",
            [110] = "has a date that can't be: 8206-06-04 is too early, or ahead of this machine's clock",
            [111] = "has a date that can't be: 9999-12-31 is too early, or ahead of this machine's clock",
            [112] = "has a date that can't be: 1900-01-01 is too early, or ahead of this machine's clock",
        });
        var notes = report.GetProperty("notes").EnumerateArray().Where(
            note => note.GetProperty("reason").GetString()!.EndsWith("has to register a photo", StringComparison.Ordinal))
            .ToDictionary(note => note.GetProperty("id").GetInt64(), note => note.GetProperty("reason").GetString()!.Split(':')[0]);
        notes.ShouldBe(new Dictionary<long, string>
        {
            [11] = "has a face encoding of 24 bytes instead of 1024",
            [12] = "has a face encoding with a value that is no number (NaN or infinite)",
            [13] = "has a face encoding that dlib can't have made",
            [14] = "has a face encoding that is text, not bytes",
            [15] = "has no face encoding",
            [16] = "has a face encoding of 1000000 bytes instead of 1024",
        });
        report.GetProperty("withoutTemplate").GetInt64().ShouldBe(6);
        report.GetProperty("withoutAttendance").GetInt64().ShouldBe(6);
        var punches = await target.PunchesAsync();
        punches.Where(punch => punch.LocalTime.Month == 6).Select(punch => (punch.LocalTime, punch.Source)).ShouldBe(
        [
            (new DateTime(2024, 6, 5, 8, 0, 0), "import of the original"),
            (new DateTime(2024, 6, 6, 8, 0, 0), "import of the original"),
            (new DateTime(2024, 6, 7, 8, 0, 0), "import of the original"),
            (new DateTime(2024, 6, 7, 8, 30, 0), "import of the original: Late"),
        ]);
        (await target.People.FindAsync("4711"))!.Name.ShouldBe("ID Is A Number");
        (await target.Encodings.ListAsync((await target.People.FindAsync("B-11"))!.Id)).ShouldBeEmpty();
        await ShouldRecogniseJohnsAsync(target);
    }

    [Fact]
    public async Task Import_AfterWithdrawal_DoesNotBringTheTemplateBack()
    {
        OriginalDatabase.OfSqlite(Source).AddJohns();
        await using var target = TargetDatabase.Sqlite(_folder);
        await ImportAsync(target);
        var person = (await target.People.FindAsync("J-1"))!;
        (await target.Consents.RevokeAsync(person.Id, new AuditNote { By = Actor.User("test"), Reason = "withdrawn" })).ShouldBeTrue();

        var run = await ImportAsync(target, "--json");

        (await target.Encodings.ListAsync(person.Id)).ShouldBeEmpty();
        Reasons(run.Json.Single(), "notes", "user")[1].ShouldContain("no template in FRAT");
    }

    private static Dictionary<long, string> Reasons(JsonElement report, string list, string table) =>
        report.GetProperty(list).EnumerateArray()
            .Where(note => note.GetProperty("table").GetString() == table)
            .ToDictionary(note => note.GetProperty("id").GetInt64(), note => note.GetProperty("reason").GetString()!);
}
