using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Frat.Cli.Tests.Database;
using Frat.TestKit;

namespace Frat.Cli.Tests.People;

public sealed partial class PeopleImportTests
{
    [Fact]
    public async Task Import_EachFailure_IsToldWithItsLineAndReason()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await File.WriteAllBytesAsync(_folder.File("secret.jpg"), await File.ReadAllBytesAsync(DebianPhotos.Johns["John_Salley"][0]));
        var photos = Directory.CreateDirectory(_folder.File("photos")).FullName;
        File.Copy(DebianPhotos.Johns["John_Salley"][0], Path.Combine(photos, "a.jpg"));
        File.Copy(DebianPhotos.Johns["John_Simm"][0], Path.Combine(photos, "b.jpg"));
        File.Copy(
            DebianPhotos.Faces.Single(file => file.EndsWith("bald_guys.jpg", StringComparison.Ordinal)), Path.Combine(photos, "many.jpg"));
        await File.WriteAllTextAsync(Path.Combine(photos, "text.jpg"), "no picture");
        await File.WriteAllBytesAsync(Path.Combine(photos, "empty.jpg"), []);
        File.CreateSymbolicLink(Path.Combine(photos, "link.jpg"), _folder.File("secret.jpg"));
        Directory.CreateSymbolicLink(Path.Combine(photos, "up"), _folder.Path);
        Command.Run("mkfifo", [Path.Combine(photos, "pipe.jpg")]);
        Write(
            "employee_id,name,photos,consent_given_at",
            "E-1,Ada,../secret.jpg,",
            $"E-2,Ada,{_folder.File("secret.jpg")},",
            "E-3,Ada,..\\secret.jpg,",
            "E-4,Ada,link.jpg,",
            "E-5,Ada,up/secret.jpg,",
            "E-6,Ada,pipe.jpg,",
            "E-7,Ada,empty.jpg,",
            "E-8,Ada,none.jpg,",
            "E-9,Ada,text.jpg,",
            "E-10,Ada,many.jpg,",
            "E-11,Ada,a.jpg|b.jpg,",
            "E-12,Ada,,",
            "E-13,,a.jpg,",
            ",Ada,a.jpg,",
            "E-15,Ada,a.jpg,soon",
            "E-16,Ada,a.jpg,2999-01-01",
            "E-17,\"Ada\"x,a.jpg,",
            "E-18,Ada,a.jpg,,,more",
            "E-1,Ada,a.jpg,",
            "E-20,Grace,a.jpg,2026-01-02");

        var run = await FratRun.Of(
            ["people", "import", List, "--photos", photos, "--database", target.Address, .. target.Keys, "--report", Log, .. Consent]);

        (run.ExitCode, run.Output).ShouldBe((1, "1 enrolled, 0 enrolled already, 19 refused.\n"), run.Error);
        var reasons = ReadLog().ToDictionary(row => int.Parse(row[0], CultureInfo.InvariantCulture), row => row[4]);
        foreach (var line in (int[])[2, 3, 4])
        {
            reasons[line].ShouldContain("leads out of the folder");
        }

        reasons[5].ShouldContain("a link, which is not followed");
        reasons[6].ShouldContain("a link, which is not followed");
        reasons[7].ShouldContain("empty, or no file");
        reasons[8].ShouldContain("empty, or no file");
        reasons[9].ShouldContain("There is no such file");
        reasons[10].ShouldContain("can't be read");
        reasons[11].ShouldContain("More than one face");
        reasons[12].ShouldStartWith("The photos show different people: ");
        reasons[13].ShouldBe("No photo is named.");
        reasons[14].ShouldBe("There is no name.");
        reasons[15].ShouldBe("There is no employee ID.");
        reasons[16].ShouldContain("YYYY-MM-DD");
        reasons[17].ShouldContain("in the future");
        reasons[18].ShouldContain("quotes");
        reasons[19].ShouldContain("6 fields");
        reasons[20].ShouldBe("Line 2 has the same employee ID.");
        reasons[21].ShouldBe("");
        run.Error.ShouldContain($"frat: people.csv:10: E-9: {reasons[10]}");
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(19);
        var consents = await target.Consents.ListAsync((await target.People.FindAsync("E-20"))!.Id);
        consents.Single().GivenAt.ShouldBe(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("utf-8", true, ',')]
    [InlineData("utf-8", false, ';')]
    [InlineData("utf-16", true, '\t')]
    [InlineData("utf-16BE", true, '|')]
    [InlineData("utf-32", true, ',')]
    public async Task Import_AnyEncodingAndSeparator_ReadsTheNames(string encoding, bool mark, char separator)
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var lines = new[] { "Employee ID,Name,Photo 1,Remark", $"\"J,;\t|1\",José „Zoë“ محمد,\"{Salley(0)}\",whatever" };
        var text = string.Join(
            "\r\n", [lines[0].Replace(',', separator), "", string.Join(separator, ["\"J,;1\"", "José „Zoë“ محمد", Salley(0), "whatever"])]);
        var codec = Encoding.GetEncoding(encoding);
        await File.WriteAllBytesAsync(List, [.. mark ? codec.GetPreamble() : [], .. codec.GetBytes(text)]);

        var run = await ImportAsync(target);

        (run.ExitCode, run.Error).ShouldBe((0, $"frat: These columns mean nothing here: Remark.{Environment.NewLine}"));
        (await target.ListAsync()).Select(person => (person.EmployeeId, person.Name)).ShouldBe([("J,;1", "José „Zoë“ محمد")]);
    }

    [Fact]
    public async Task Import_Windows1252_IsReadWhereItIsNamed()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await File.WriteAllBytesAsync(
            List, [.. Encoding.Latin1.GetBytes($"employee_id;name;photo\nJ-1;Jos\u00E9 M\u00FCller;{Salley(0)}\n")]);

        var refused = await ImportAsync(target);
        var taken = await ImportAsync(target, "--encoding", "windows-1252");

        (refused.ExitCode, refused.Error).ShouldBe(
            (1, $"frat: {List}: The file is not UTF-8. Save it as \"CSV UTF-8\", or name its encoding, such as --encoding "
                + $"windows-1252.{Environment.NewLine}"));
        taken.ExitCode.ShouldBe(0);
        (await target.ListAsync()).Single().Name.ShouldBe("José Müller");
    }

    [Fact]
    public async Task Import_QuoteThatIsNotClosed_KeepsWhatCameBefore()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        Write(
            "employee_id,name,photos",
            $"J-1,John Salley,{Salley(0)}",
            "J-2,\"John Simm," + string.Join('\n', Enumerable.Repeat("x", 200_000)));

        var run = await ImportAsync(target);

        (run.ExitCode, run.Output).ShouldBe((1, "1 enrolled, 0 enrolled already, 0 refused.\n"));
        run.Error.ShouldContain("Is a quote not closed?");
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("\n\n", "The file is empty.")]
    [InlineData("id,name\n1,Ada\n", "must have the columns employee_id and name")]
    [InlineData("employee_id,name,name\n1,Ada,Ada\n", "must have the columns employee_id and name, once each")]
    public async Task Import_BadHeading_IsSaid(string text, string message)
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await File.WriteAllTextAsync(List, text);

        var run = await ImportAsync(target);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
    }
}
