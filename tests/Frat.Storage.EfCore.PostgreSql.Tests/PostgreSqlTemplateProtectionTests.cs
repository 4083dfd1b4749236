using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

public sealed class PostgreSqlTemplateProtectionTests : TemplateProtectionContract, IDisposable
{
    private PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Start_NoKeysAreGiven_EndsAndSaysWhatToDo()
    {
        // Each host with a key of its own could not read the others' templates.
        var services = new ServiceCollection().AddAttendanceRules();
        new FratBuilder(services).UsePostgreSql(_database.ConnectionString);
        await using var provider = services.BuildServiceProvider();

        var exception = await Should.ThrowAsync<EncodingStoreException>(
            () => provider.GetRequiredService<IEncodingStore>().EnrollAsync(Samples.Enrollment("E-1")));

        exception.Message.ShouldContain("FRAT_KEYS");
        exception.InnerException.ShouldBeOfType<TemplateKeyException>();
        (await provider.GetRequiredService<IEncodingStore>().FindAsync("E-1")).ShouldBeNull();
        (await Should.ThrowAsync<EncodingStoreException>(
            () => provider.GetRequiredService<TemplateProtection>().PrepareAsync(CancellationToken.None)))
            .Message.ShouldBe(exception.Message);
    }

    [Fact]
    public async Task Start_TemplatesInTheClearThatALongQueryStillSees_AreGoneFromTheFilesAfterIt()
    {
        await MakeOlderAsync(OlderRows.Person(1, Instant) + OlderRows.Template(1, null, Samples.Encoding(1).ToBytes(), Bytes, Instant));
        await using (var schema = new PostgreSqlTestHost(_database.ConnectionString))
        await using (var context = await schema.Contexts.CreateDbContextAsync())
        {
            await context.Database.MigrateAsync(); // Which would wait for the query.
        }

        using var query = _database.Open();
        query.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM people");
        var starting = PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        while (_database.Scalar<long>("SELECT count(*) FROM chores") == 0)
        {
            await Task.Delay(50);
        }

        query.Execute("COMMIT");

        await using var started = await starting;
        ShouldHoldNone(await ReadFilesAsync(), Samples.Encoding(1));
    }

    private protected override async Task<StorageTestHost> StartAsync(Action<IServiceCollection> configure) =>
        await PostgreSqlTestHost.StartAsync(_database.ConnectionString, configure);

    private protected override async Task<byte[]> ReadFilesAsync()
    {
        _database.Execute("CHECKPOINT");
        using var content = new MemoryStream();
        var folder = Path.Combine(
            PostgreSqlTestDatabase.Server.DataFolder,
            "base",
            _database.Scalar<string>("SELECT oid::text FROM pg_database WHERE datname = current_database()"));
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(content);
        }

        return content.ToArray();
    }

    private protected override void Execute(string sql) => _database.Execute(sql);

    private protected override T Scalar<T>(string sql) => _database.Scalar<T>(sql);

    private protected override StorageTestHost CreateHost(Action<IServiceCollection> configure) =>
        new PostgreSqlTestHost(_database.ConnectionString, configure);

    private protected override async Task MakeOlderAsync(string rows)
    {
        _database.Dispose();
        _database = new PostgreSqlTestDatabase(empty: true);
        await using (var old = new PostgreSqlTestHost(_database.ConnectionString))
        await using (var context = await old.Contexts.CreateDbContextAsync())
        {
            await context.Database.MigrateAsync(OlderRows.LastMigration);
        }

        _database.Execute(rows);
    }

    private protected override string WithoutGuards(string sql) =>
        "ALTER TABLE audit_entries DISABLE TRIGGER USER; ALTER TABLE audit_seals DISABLE TRIGGER USER; " + sql;

    private protected override string Bytes(byte[] bytes) => $"'\\x{Convert.ToHexString(bytes)}'::bytea";

    private protected override string Instant(string utc) => $"'{utc}Z'::timestamptz";
}
