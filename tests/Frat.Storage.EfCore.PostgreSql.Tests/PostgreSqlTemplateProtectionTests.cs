using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

public sealed class PostgreSqlTemplateProtectionTests : TemplateProtectionContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Start_NoKeysAreGiven_EndsAndSaysWhatToDo()
    {
        // Each host with a key of its own could not read the others' templates.
        var services = new ServiceCollection().AddAttendanceRules();
        new FratBuilder(services).UsePostgreSql(_database.ConnectionString);
        await using var provider = services.BuildServiceProvider();

        var exception = await Should.ThrowAsync<StoreException>(
            () => provider.GetRequiredService<IPersonStore>().EnrollAsync(Samples.Enrollment("E-1")));

        exception.Message.ShouldContain("FRAT_KEYS");
        exception.InnerException.ShouldBeOfType<TemplateKeyException>();
        (await provider.GetRequiredService<IPersonStore>().FindAsync("E-1")).ShouldBeNull();
        (await Should.ThrowAsync<StoreException>(
            () => provider.GetRequiredService<TemplateProtection>().PrepareAsync(CancellationToken.None)))
            .Message.ShouldBe(exception.Message);
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

    private protected override string WithoutGuards(string sql) =>
        "ALTER TABLE audit_entries DISABLE TRIGGER USER; ALTER TABLE audit_seals DISABLE TRIGGER USER; " + sql;

    private protected override string Bytes(byte[] bytes) => $"'\\x{Convert.ToHexString(bytes)}'::bytea";

    private protected override string Instant(string utc) => $"'{utc}Z'::timestamptz";
}
