using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Frat.Cli.Tests.Database;
using Frat.TestKit;

namespace Frat.Cli.Tests.People;

public sealed partial class PeopleImportTests : IDisposable
{
    private static readonly string[] Consent = ["--consent-version", "2026-1", "--consent-attested-by", "Grace Hopper"];

    private readonly TestFolder _folder = new();

    public PeopleImportTests() => Dlib.TestModels.Files.Folder.ShouldNotBeEmpty();

    private string List => _folder.File("people.csv");

    private string Log => _folder.File("log.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_Johns_AreRecognisedOnTheirOtherPhotos()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write([
            "employee_id,name,photos",
            .. DebianPhotos.Johns.Select((john, i) => $"J-{i},{john.Key},{john.Key}/{Name(john.Value[0])}|{john.Key}/{Name(john.Value[1])}")
        ]);

        var run = await ImportAsync(target);

        (run.ExitCode, run.Output, run.Error).ShouldBe((0, "5 enrolled, 0 enrolled already, 0 refused.\n", ""));
        foreach (var (john, i) in DebianPhotos.Johns.Values.Select((photos, i) => (photos, i)))
        {
            foreach (var photo in john.Skip(2))
            {
                (await target.RecogniseAsync(photo)).ShouldBe($"J-{i}", photo);
            }

            (await target.Encodings.ListAsync((await target.People.FindAsync($"J-{i}"))!.Id)).Count.ShouldBe(2);
        }

        ReadLog().Select(row => (row[1], row[3])).ShouldBe(Enumerable.Range(0, 5).Select(i => ($"J-{i}", "enrolled")));
    }

    [Fact]
    public async Task Import_TheSameFaceAgain_IsRefusedUnlessTheLineSaysWhy()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write("employee_id,name,photos", $"J-1,John Salley,{Salley(0)}");
        await ImportAsync(target);
        Write(
            "employee_id,name,photos,duplicate_reason",
            $"J-2,Jack Salley,{Salley(1)},",
            $"J-3,Jim Salley,{Salley(2)},Triplets",
            $"J-4,John Simm,{Simm(0)},Triplets");

        var run = await ImportAsync(target);

        (run.ExitCode, run.Output).ShouldBe((1, "2 enrolled, 0 enrolled already, 1 refused.\n"), run.Error);
        var log = ReadLog().ToDictionary(row => row[1]);
        log["J-2"][4].ShouldStartWith("The face is like that of 'John Salley' (J-1). If they are two people");
        (log["J-3"][3], log["J-4"][3]).ShouldBe(("enrolled", "enrolled"));
        var entry = (await target.Get<IAuditTrail>().ReadAsync().ToListAsync()).Single(
            entry => entry.Action == AuditActions.DuplicateAccepted);
        (entry.By, entry.Reason).ShouldBe((Actor.Claimed("Grace Hopper"), "Triplets"));
        entry.PersonId.ShouldBe((await target.People.FindAsync("J-3"))!.Id);
    }

    [Fact]
    public async Task Import_DuplicateReasonTooLong_IsSaid()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write("employee_id,name,photos,duplicate_reason", $"J-1,John Salley,{Salley(0)},{new string('x', 501)}");

        (await ImportAsync(target)).Error.ShouldContain("duplicate_reason is longer than 500 characters");
    }

    // A disk that comes from a Mac has the characters of a name apart, a list that comes from elsewhere has them together; or the other way
    // round.
    [Theory]
    [InlineData(NormalizationForm.FormC, NormalizationForm.FormD)]
    [InlineData(NormalizationForm.FormD, NormalizationForm.FormC)]
    public async Task Import_NamesInAnotherFormOfUnicode_AreFoundWhereThereIsOne(NormalizationForm onDisk, NormalizationForm inList)
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var folder = Directory.CreateDirectory(_folder.File("Åsa".Normalize(onDisk))).FullName;
        File.Copy(DebianPhotos.Johns["John_Salley"][0], Path.Combine(folder, "José Núñez.jpg".Normalize(onDisk)));
        File.Copy(DebianPhotos.Johns["John_Simm"][0], Path.Combine(folder, "Zoë é.jpg".Normalize(NormalizationForm.FormC)));
        File.Copy(DebianPhotos.Johns["John_Simm"][0], Path.Combine(folder, "Zoë é.jpg".Normalize(NormalizationForm.FormD)));
        Write(
            "employee_id,name,photos",
            $"J-1,José,{"Åsa/José Núñez.jpg".Normalize(inList)}",
            $"J-2,Zoë,{"Åsa".Normalize(inList)}/{"Zo\u00EB e\u0301.jpg"}");

        var run = await FratRun.Of(
            ["people", "import", List, "--photos", _folder.Path, "--database", target.Address, .. target.Keys, .. Consent]);

        (run.ExitCode, run.Output).ShouldBe((1, "1 enrolled, 0 enrolled already, 1 refused.\n"), run.Error);
        run.Error.ShouldContain("Several files have this name, in different forms of its characters.");
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task Import_Report_IsTheUsersOwnAndReplacesALinkThatWasLeftThere()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var elsewhere = _folder.File("elsewhere");
        File.WriteAllText(elsewhere, "as it was");
        File.CreateSymbolicLink(Log, elsewhere);
        Write("employee_id,name,photos", "J-1,A,", "J-2,B,");

        await ImportAsync(target);

        File.ReadAllText(elsewhere).ShouldBe("as it was");
        new FileInfo(Log).LinkTarget.ShouldBeNull();
        File.GetUnixFileMode(Log).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ReadLog().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("|cmd")]
    [InlineData("%1")]
    [InlineData("\u200B=1+1")]
    [InlineData("\u22122")]
    [InlineData("\uFF1D1")]
    public async Task Import_TextsThatSpreadsheetsTakeForFormulas_AreTextsInTheReport(string text)
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write("employee_id,name,photos", $"\"{text}\",\"{text}\",nobody.jpg");

        await ImportAsync(target);

        ReadLog().Single()[1..3].ShouldBe(["'" + text, "'" + text]);
    }

    [Fact]
    public async Task Import_TextsThatTerminalsObey_AreHarmlessInMessagesAndReport()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write("employee_id,name,photos", "\"J\e[2J\u009B\u202E\",\"N\e]0;x\a\",\"p\e[1m.jpg\"");

        var run = await ImportAsync(target);

        (run.Error + run.Output).Any(character => char.IsControl(character) && character is not ('\n' or '\r')).ShouldBeFalse();
        run.Error.ShouldNotContain('\u202E');
        File.ReadAllText(Log).ShouldNotContain('\e');
    }

    [Fact]
    public async Task Import_IntoPostgreSql_Enrols()
    {
        await using var target = TargetDatabase.PostgreSql(_folder);
        Write("employee_id,name,photos", $"J-1,John Salley,{Salley(0)}");

        (await ImportAsync(target)).ExitCode.ShouldBe(0);

        (await target.RecogniseAsync(DebianPhotos.Johns["John_Salley"][1])).ShouldBe("J-1");
    }

    [Fact]
    public async Task Import_Again_GoesOnWhereItWasBrokenOff()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write("employee_id,name,photos", $"J-1,John Salley,{Salley(0)}");
        await ImportAsync(target);
        Write("employee_id,name,photos", $"J-1,Jack Salley,{Salley(0)}", $"J-2,John Simm,{Simm(0)}");

        var run = await ImportAsync(target);

        (run.ExitCode, run.Output).ShouldBe((0, "1 enrolled, 1 enrolled already, 0 refused.\n"));
        ReadLog().Select(row => (row[0], row[3], row[4]))
            .ShouldBe([("2", "already enrolled", "As 'John Salley', which stays."), ("3", "enrolled", "")]);
    }

    [Fact]
    public async Task Import_WithoutConsent_EnrolsNobody()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write(
            "employee_id,name,photos,consent_version,consent_attested_by",
            $"J-1,John Salley,{Salley(0)},,",
            $"J-2,John Simm,{Simm(0)},2026-2,HR");

        var run = await FratRun.Of("people", "import", List, "--photos", DebianPhotos.JohnsFolder, "--database", target.Address);

        (run.ExitCode, run.Output).ShouldBe((1, "1 enrolled, 0 enrolled already, 1 refused.\n"));
        run.Error.ShouldContain("No consent is attested");
        (await target.ListAsync()).Single().EmployeeId.ShouldBe("J-2");
    }

    [Fact]
    public async Task Import_Log_HoldsNoFormula()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write("employee_id,name,photos", "=1+1,@SUM(A1),none.jpg");

        await ImportAsync(target);

        ReadLog().Single()[1..3].ShouldBe(["'=1+1", "'@SUM(A1)"]);
    }

    [Fact]
    public async Task Export_People_HasNoEncoding()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write("employee_id,name,photos", $"J-1,John Salley,{Salley(0)}|{Salley(1)}");
        await ImportAsync(target);

        var csv = await FratRun.Of("people", "export", "--database", target.Address);
        var json = await FratRun.Of("people", "export", "--database", target.Address, "--format", "json");

        csv.ExitCode.ShouldBe(0);
        csv.Lines[0].ShouldStartWith("employee_id,name,is_active,enrolled_at,templates,encoders,");
        csv.Lines[1].ShouldStartWith("J-1,John Salley,true,");
        csv.Lines[1].ShouldContain(",2,dlib-resnet-v1,Grace Hopper,");
        csv.Lines[1].ShouldContain(",2026-1,Attendance by facial recognition,Attested,");
        csv.Output.Length.ShouldBeLessThan(700);
        json.Json.Single().GetProperty("rows")[0].GetProperty("templates").GetInt32().ShouldBe(2);
    }

    private static string Name(string photo) => Path.GetFileName(photo);

    private static string Salley(int number) => $"John_Salley/{Name(DebianPhotos.Johns["John_Salley"][number])}";

    private static string Simm(int number) => $"John_Simm/{Name(DebianPhotos.Johns["John_Simm"][number])}";

    private void Write(params string[] lines) => File.WriteAllLines(List, lines);

    private Task<FratRun> ImportAsync(TargetDatabase target, params string[] options) => FratRun.Of(
        [
            "people",
            "import",
            List,
            "--photos",
            DebianPhotos.JohnsFolder,
            "--database",
            target.Address,
            .. target.Keys,
            "--report",
            Log,
            .. Consent,
            .. options
        ]);

    private List<string[]> ReadLog()
    {
        using var parser = new CsvHelper.CsvParser(new StreamReader(Log), CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (parser.Read())
        {
            rows.Add(parser.Record!);
        }

        rows[0].ShouldBe(["line", "employee_id", "name", "outcome", "reason"]);
        return rows[1..];
    }
}
