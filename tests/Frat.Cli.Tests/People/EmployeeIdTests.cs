using System.Globalization;
using Frat.Cli.Tests.Database;
using Frat.Cli.Tests.Import;
using Frat.TestKit;

namespace Frat.Cli.Tests.People;

/// <summary><c>.</c> and <c>..</c> mean something else in an address, where an ID stands: no way in lets them through.</summary>
public sealed class EmployeeIdTests : IDisposable
{
    private static readonly string[] Ids = [".", "..", "...", "..a", "a."];
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PeopleImport_IdsOfDots_ThoseAloneAreRefusedWithTheReason()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var photo = DebianPhotos.Johns["John_Salley"][0];
        await File.WriteAllLinesAsync(
            _folder.File("people.csv"),
            ["employee_id,name,photos,duplicate_reason", .. Ids.Select(id => $"{id},Ada,{Path.GetFileName(photo)},One photo for all")]);

        var run = await FratRun.Of(
            "people",
            "import",
            _folder.File("people.csv"),
            "--photos",
            Path.GetDirectoryName(photo)!,
            "--database",
            target.Address,
            "--consent-version",
            "1",
            "--consent-attested-by",
            "HR");

        (run.ExitCode, run.Output).ShouldBe((1, "3 enrolled, 0 enrolled already, 2 refused.\n"));
        run.Error.ShouldContain("people.csv:2: .: The employee ID can't be . or .., which mean something else in an address.");
        run.Error.ShouldContain("people.csv:3: ..: The employee ID can't be . or .., which mean something else in an address.");
        (await target.ListAsync()).Select(person => person.EmployeeId).ShouldBe(["...", "..a", "a."], ignoreOrder: true);
    }

    [Fact]
    public async Task ImportFlask_IdsOfDots_ThoseAloneAreLeftOutWithTheReason()
    {
        var source = OriginalDatabase.OfSqlite(_folder.File("database.db"));
        for (var i = 0; i < Ids.Length; i++)
        {
            source.AddUser(
                i + 1,
                Ids[i],
                string.Create(CultureInfo.InvariantCulture, $"Person {i}"),
                OriginalDatabase.Float64(OriginalDatabase.MadeUp(i + 1)));
        }

        await using var target = TargetDatabase.Sqlite(_folder);

        var run = await FratRun.Of(
            "import-flask",
            _folder.File("database.db"),
            "--to",
            target.Address,
            "--time-zone",
            "UTC",
            "--consent-version",
            "1",
            "--consent-attested-by",
            "HR",
            "--json");

        run.ExitCode.ShouldBe(1);
        run.Json.Single().GetProperty("leftOut").EnumerateArray().Select(
            row => (row.GetProperty("id").GetInt64(), row.GetProperty("reason").GetString())).ShouldBe(
            [(1, "has an employee ID that means something else in an address"), (
                2, "has an employee ID that means something else in an address")]);
        (await target.ListAsync()).Select(person => person.EmployeeId).ShouldBe(["...", "..a", "a."], ignoreOrder: true);
    }
}
