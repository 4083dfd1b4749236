using System.Diagnostics;
using Frat.Cli.Tests.Database;
using Frat.Conformance;
using Frat.Storage.EfCore;
using Microsoft.Data.Sqlite;

namespace Frat.Cli.Tests.Keys;

/// <summary>
/// Keys that are in the environment. As processes of their own, because the environment is a process's.
/// </summary>
public sealed class EnvironmentKeysTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Database => _folder.File("frat.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_DatabaseWhoseSealsWereTakenAway_GiveNobodyBackAndSayWhatIsGone()
    {
        var keys = await EnrollAsync();
        var head = (await RunAsync(keys, "audit verify")).Output.Split("head ")[1].Trim();
        (await RunAsync(keys, $"audit verify --head {head}")).ExitCode.ShouldBe(0);
        TakeSealsAway();

        (await RunAsync(keys, "keys reencrypt")).ExitCode.ShouldBe(1);

        (await RunAsync(keys, "keys list")).Output.ShouldContain("in the clear: nobody is recognised by them");
        var verified = await RunAsync(keys, $"audit verify --head {head}");
        (verified.ExitCode, verified.Error).ShouldSatisfyAllConditions(
            result => result.ExitCode.ShouldBe(1),
            result => result.Error.ShouldContain("(Added)"),
            result => result.Error.ShouldContain("(NotTheKept)"));
    }

    // The way that docs/privacy.md tells: the new key first to read with, then last to write with, then alone.
    [Fact]
    public async Task Keys_RotatedInTheEnvironment_LeaveEverythingReadableAndTheTrailIntact()
    {
        var old = await EnrollAsync();
        var added = (await RunAsync(old, "keys create", database: false)).Output.Trim();

        (await RunAsync($"{added},{old}", "keys list")).ExitCode.ShouldBe(0);
        var reencrypted = await RunAsync($"{old},{added}", "keys reencrypt");
        reencrypted.Output.ShouldBe($"2 templates are encrypted anew, with the key {added.Split(':')[0]}.\n");

        foreach (var command in (string[])["keys list", "audit verify"])
        {
            var run = await RunAsync($"{added}", command);
            run.ExitCode.ShouldBe(0, run.Error);
        }
    }

    [Fact]
    public async Task Keys_TextThatIsNone_IsRefusedWithoutQuotingIt()
    {
        await EnrollAsync();

        var run = await RunAsync("s3cret", "keys list");

        (run.ExitCode, run.Error).ShouldBe(
            (4, "frat: FRAT_KEYS can't be read: it holds ID:BASE64 entries, divided by commas, the newest last. \"frat keys create\" "
                + "prints one.\n"));
    }

    /// <summary>Two people in a database whose keys are in the environment from here on.</summary>
    private async Task<string> EnrollAsync()
    {
        await using (var target = TargetDatabase.Sqlite(_folder))
        {
            await target.People.EnrollAsync(Samples.Enrollment("E-1"));
            await target.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));
        }

        var file = TemplateKeyFile.Beside(Database);
        var key = TemplateKeyFile.Read(file).Keys.ShouldHaveSingleItem();
        File.Delete(file);
        return $"{key.Id}:{Convert.ToBase64String(key.Secret)}";
    }

    /// <summary>
    /// What somebody does who can write to the database and has no key: every seal goes, and a face of their own comes in as E-1.
    /// </summary>
    private void TakeSealsAway()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            DROP TRIGGER audit_entries_no_UPDATE; DROP TRIGGER audit_seals_no_DELETE;
            UPDATE audit_entries SET by = 'somebody else'; DELETE FROM audit_seals; DELETE FROM audit_head;
            UPDATE people SET seal = X'';
            DELETE FROM templates WHERE person_id <> (SELECT id FROM people WHERE employee_id = 'E-1');
            UPDATE templates SET key_id = '', encoding = X'{Convert.ToHexString(Samples.Encoding(9).ToBytes())}';
            """;
        command.ExecuteNonQuery();
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string keys, string command, bool database = true)
    {
        string[] options = database ? ["--database", Database] : [];
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Frat.Cli.dll"), .. command.Split(' '), .. options])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["FRAT_KEYS"] = keys;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
