using System.Runtime.Versioning;
using System.Text.Json;
using Frat.Cli.Tests.Database;
using Frat.TestKit;

namespace Frat.Cli.Tests.People;

public sealed class PersonExportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public PersonExportTests() => Dlib.TestModels.Files.Folder.ShouldNotBeEmpty();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExportPerson_ToStandardOutput_IsTheDocumentAndIsInTheTrail()
    {
        await using var target = await CreateAsync();

        var run = await FratRun.Of(
            "people", "export-person", " J-1 ", "--database", target.Address, "--by", "hr.miller", "--reason", "Asked for");

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        var document = JsonDocument.Parse(run.Output).RootElement;
        document.GetProperty("person").GetProperty("name").GetString().ShouldBe("José Müller");
        document.GetProperty("templates")[0].TryGetProperty("encoding", out _).ShouldBeFalse();
        var person = (await target.People.FindAsync("J-1"))!;
        var entry = (await target.Get<IAuditTrail>().ReadAsync(personId: person.Id).ToListAsync())[^1];
        (entry.Action, entry.By, entry.Reason).ShouldBe((AuditActions.PersonExported, Actor.Claimed("hr.miller"), "Asked for"));
    }

    [Fact]
    public async Task ExportPerson_ToAFileWithEncodings_HasThemAndTheUserOfTheMachine()
    {
        await using var target = await CreateAsync();
        var file = _folder.File("person.json");

        var run = await FratRun.Of("people", "export-person", "J-1", "--database", target.Address, "--encodings", "--output", file);

        (run.ExitCode, run.Output, run.Error).ShouldBe((0, "", ""));
        var document = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
        document.GetProperty("templates")[0].GetProperty("encoding").GetArrayLength().ShouldBe(128);
        var last = document.GetProperty("audit").EnumerateArray().Last();
        last.GetProperty("by").GetProperty("id").GetString().ShouldBe(Environment.UserName);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.GetFiles(_folder.Path, "*.partial").ShouldBeEmpty();
    }

    // Anyone who may write to the folder can leave files and links there: under the file's own name, and under what a name beside it is
    // guessed to be.
    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task ExportPerson_PlantedFilesAndLinks_AreNeitherWrittenToNorFollowed()
    {
        await using var target = await CreateAsync();
        var (file, elsewhere) = (_folder.File("person.json"), _folder.File("elsewhere"));
        await File.WriteAllTextAsync(elsewhere, "as it was");
        File.CreateSymbolicLink(file, elsewhere);
        var planted = $"{file}.{Environment.ProcessId}.partial";
        await File.WriteAllTextAsync(planted, "planted");
        File.SetUnixFileMode(planted, (UnixFileMode)0b110_110_110);

        var run = await FratRun.Of("people", "export-person", "J-1", "--database", target.Address, "--output", file);

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        (await File.ReadAllTextAsync(elsewhere)).ShouldBe("as it was");
        (await File.ReadAllTextAsync(planted)).ShouldBe("planted");
        new FileInfo(file).LinkTarget.ShouldBeNull();
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("person").GetProperty("name").GetString()
            .ShouldBe("José Müller");
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task Export_OverAFileThatAllMayRead_IsTheUsersAlone()
    {
        await using var target = await CreateAsync();
        var file = _folder.File("people.csv");
        await File.WriteAllTextAsync(file, "");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);

        (await FratRun.Of("people", "export", "--database", target.Address, "--output", file)).ExitCode.ShouldBe(0);

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task ExportPerson_NobodyOrNoDatabase_IsSaid()
    {
        await using var target = await CreateAsync();

        var nobody = await FratRun.Of("people", "export-person", "J-2", "--database", target.Address);
        var nowhere = await FratRun.Of("people", "export-person", "J-1", "--database", _folder.File("none.db"));
        var nameless = await FratRun.Of("people", "export-person", "J-1", "--database", target.Address, "--by", " ");

        (nobody.ExitCode, nobody.Error).ShouldBe((1, $"frat: Nobody has the employee ID 'J-2'.{Environment.NewLine}"));
        (nowhere.ExitCode, nowhere.Error).ShouldBe(
            (1, $"frat: {_folder.File("none.db")}: There is no such database.{Environment.NewLine}"));
        nameless.ExitCode.ShouldBe(2);
        nameless.Error.ShouldContain("--by takes 1 to 100 characters");
    }

    private async Task<TargetDatabase> CreateAsync()
    {
        var target = TargetDatabase.Sqlite(_folder);
        var result = await target.Get<IEnrollmentService>().EnrollAsync(new EnrollmentRequest
        {
            EmployeeId = "J-1",
            Name = "José Müller",
            Photos = [await File.ReadAllBytesAsync(DebianPhotos.Johns["John_Salley"][0])],
            Consent = new ConsentOptions().ToConsent(ConsentBasis.Attested, Actor.User("test"), TimeProvider.System.GetUtcNow()),
            Note = new AuditNote { By = Actor.User("test") },
        });
        result.Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        return target;
    }
}
