using Frat.Cli.Tests.Database;
using Frat.Conformance;
using Microsoft.Data.Sqlite;

namespace Frat.Cli.Tests.Audit;

public sealed class AuditCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_TrailIsWhole_SaysSoAndPrintsTheHeadThatItTakesLater()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await target.People.EnrollAsync(Samples.Enrollment("E-1"));

        var run = await VerifyAsync(target);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Lines[0].ShouldBe("4 entries, all as FRAT wrote them.");
        var head = run.Lines[1]["head ".Length..];
        await target.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));

        (await VerifyAsync(target, "--head", head)).ExitCode.ShouldBe(0);
        var other = await VerifyAsync(target, "--head", head[..^1] + (head[^1] == '0' ? '1' : '0'));
        (other.ExitCode, other.Error).ShouldBe(
            (1, "frat: Entry 4 (NotTheKept): The trail up to here isn't the one that the kept head is of.\n"));
        (await VerifyAsync(target, "--head", "4")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Verify_AnEntryWasRewritten_NamesItAndFails()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await target.People.EnrollAsync(Samples.Enrollment("E-1"));
        Execute(target, "DROP TRIGGER audit_entries_no_UPDATE; UPDATE audit_entries SET by = 'somebody else' WHERE sequence = 2");

        var run = await VerifyAsync(target);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe("frat: Entry 2 (Changed): It isn't what was sealed: it was changed, or another was put in its place.\n");
        run.Output.ShouldContain("The audit trail is not what FRAT wrote.");
    }

    [Theory]
    [InlineData(
        "REPLACE INTO audit_entries (sequence, at, by, action) VALUES (2, '2026-03-01 08:00:00', 'somebody else', 'person.exported')")]
    [InlineData(
        "INSERT OR REPLACE INTO audit_entries (sequence, at, by, action) VALUES (4, '2026-03-01 08:00:00', 'somebody else', "
            + "'person.exported')")]
    [InlineData(
        "INSERT INTO audit_entries (sequence, at, by, action) VALUES (0, '2026-03-01 08:00:00', 'somebody else', 'person.exported')")]
    [InlineData(
        "INSERT INTO audit_entries (sequence, at, by, action) VALUES (-1, '2026-03-01 08:00:00', 'somebody else', 'person.exported')")]
    [InlineData("REPLACE INTO audit_seals SELECT * FROM audit_seals")]
    [InlineData("UPDATE audit_seals SET digest = X'00'")]
    [InlineData("DELETE FROM audit_seals")]
    [InlineData(
        "INSERT INTO audit_entries SELECT * FROM audit_entries WHERE sequence = 2 ON CONFLICT (sequence) DO UPDATE SET by = 'somebody "
            + "else'")]
    public async Task Guards_SqlThatRewritesTheTrail_IsRefused(string sql)
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await target.People.EnrollAsync(Samples.Enrollment("E-1"));

        Should.Throw<SqliteException>(() => Execute(target, sql)).Message.ShouldContain("append-only");

        (await VerifyAsync(target)).ExitCode.ShouldBe(0);
    }

    private static void Execute(TargetDatabase target, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={target.Address};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static Task<FratRun> VerifyAsync(TargetDatabase target, params string[] more) =>
        FratRun.Of(["audit", "verify", "--database", target.Address, .. more]);
}
