namespace Frat.Cli.Tests.Database;

/// <summary><c>frat database</c> on both databases, as a pipeline runs it.</summary>
public sealed class DatabaseCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Database_BeforeAndAfterMigrate_SaysWhatIsPendingAndApplied(bool onServer)
    {
        await using var target = onServer ? TargetDatabase.PostgreSql(_folder) : TargetDatabase.Sqlite(_folder, withKeys: false);
        string[] schema = onServer ? ["--schema", "acme"] : [];

        var before = await RunAsync("status");
        var made = File.Exists(_folder.File("frat.db"));
        var migrated = await RunAsync("migrate");
        var after = await RunAsync("status");
        var again = await RunAsync("migrate");

        (before.ExitCode, before.Error, made).ShouldBe((1, "", false));
        before.Lines.ShouldAllBe(line => line.StartsWith("pending  ", StringComparison.Ordinal));
        migrated.ExitCode.ShouldBe(0, migrated.Error); // A server that is set for speed is warned of.
        migrated.Output.ShouldBe($"{before.Lines.Count} migration(s) applied, up to {before.Lines[^1][9..]}.\n");
        (after.ExitCode, after.Error).ShouldBe((0, ""));
        after.Lines.ShouldBe(before.Lines.Select(line => "applied" + line[7..]));
        again.Output.ShouldBe("The schema was up to date.\n");

        Task<FratRun> RunAsync(string command) => FratRun.Of(["database", command, "--database", target.Address, .. schema]);
    }

    [Theory]
    [InlineData("frat.db", "BEGIN IMMEDIATE;")]
    [InlineData("Host=192.0.2.1;Database=frat;Username=ada;Password=s3cret", "BEGIN;")]
    public async Task Database_Script_IsPrintedWithoutAskingTheDatabase(string database, string begin)
    {
        var address = database.Contains('=', StringComparison.Ordinal) ? database : _folder.File(database);

        var all = await FratRun.Of("database", "script", "--database", address);
        var none = await FratRun.Of("database", "script", "--database", address, "--from", "20200101000000_None");

        (all.ExitCode, all.Error).ShouldBe((0, ""));
        all.Lines.ShouldContain(begin);
        all.Lines[^1].ShouldBe(begin == "BEGIN;" ? "COMMIT;" : "PRAGMA foreign_keys = ON;");
        all.Output.ShouldContain("CREATE TABLE");
        none.ExitCode.ShouldBe(2);
        none.Error.ShouldContain("--from: This version of FRAT has no such migration.");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("frat.db", "acme", "SQLite has no schemas")]
    [InlineData("Host=db;Database=frat", "A;B", "A schema's name has")]
    public async Task Database_SchemaThatCannotBe_IsAUsageError(string database, string schema, string message)
    {
        var run = await FratRun.Of("database", "status", "--database", database, "--schema", schema);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
    }
}
