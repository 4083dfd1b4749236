using System.Security.Cryptography;
using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>The schema, where the host doesn't look after it, and where the file is somebody else's.</summary>
public sealed class SqliteMigrateTests : IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task GetStatusAsync_NoFile_HasAllPendingAndMakesNone()
    {
        await using var host = new Host(_file.ConnectionString);

        var status = await host.Database.GetStatusAsync();

        (status.Applied.Count, status.Newer.Count, status.IsUpToDate).ShouldBe((0, 0, false));
        status.Pending.ShouldNotBeEmpty();
        File.Exists(_file.Path).ShouldBeFalse();
    }

    [Theory]
    [InlineData(MigrateMode.Verify)]
    [InlineData(MigrateMode.Never)]
    public async Task StartAsync_NoFileAndNotToMakeOne_IsRefusedAndMakesNone(MigrateMode mode)
    {
        await using var host = new Host(_file.ConnectionString, mode);

        (await Should.ThrowAsync<StoreException>(host.StartAsync)).Message.ShouldContain($"MigrateMode.{mode}");

        Directory.GetFileSystemEntries(_file.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task MigrateAsync_NoFile_MakesItForTheAccountAloneAndVerifyStarts()
    {
        await using (var host = new Host(_file.ConnectionString, MigrateMode.Verify))
        {
            await host.Database.MigrateAsync();
            (await host.Database.GetStatusAsync()).IsUpToDate.ShouldBeTrue();
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_file.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var started = new Host(_file.ConnectionString, MigrateMode.Verify);
        await started.StartAsync();
        (await started.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_MigrationsArePending_IsRefusedUnlessNobodyIsToLook()
    {
        var newest = await MigrateAsync(_file);
        _file.Execute($"DELETE FROM frat_migrations WHERE \"MigrationId\" = '{newest}'");
        await using var verify = new Host(_file.ConnectionString, MigrateMode.Verify);
        await using var never = new Host(_file.ConnectionString, MigrateMode.Never);

        (await verify.Database.GetStatusAsync()).Pending.ShouldBe([newest]);
        (await Should.ThrowAsync<StoreException>(verify.StartAsync)).Message
            .ShouldContain($"lacks 1 migration(s) of this version of FRAT, from {newest} on");
        await never.StartAsync();
        _file.Scalar<long>($"SELECT count(*) FROM frat_migrations WHERE \"MigrationId\" = '{newest}'").ShouldBe(0);
    }

    [Fact]
    public async Task GetStatusAsync_ANewerVersionWasThere_SaysSoAndNothingMigrates()
    {
        await MigrateAsync(_file);
        _file.Execute("INSERT INTO frat_migrations VALUES ('99991231000000_Future', '99.0')");
        await using var host = new Host(_file.ConnectionString, MigrateMode.Verify);

        var status = await host.Database.GetStatusAsync();

        status.Newer.ShouldBe(["99991231000000_Future"]);
        status.IsUpToDate.ShouldBeFalse();
        (await Should.ThrowAsync<StoreException>(() => host.Database.MigrateAsync())).Message.ShouldContain("newer version of FRAT");
        (await Should.ThrowAsync<StoreException>(host.StartAsync)).Message.ShouldContain("newer version of FRAT");
    }

    [Fact]
    public async Task CreateScript_RunBySqlite_MakesTheSchemaThatTheStartMakes()
    {
        await using var host = new Host(_file.ConnectionString, MigrateMode.Verify);

        _file.Execute(host.Database.CreateScript());

        (await host.Database.GetStatusAsync()).IsUpToDate.ShouldBeTrue();
        using var other = new SqliteTestFile();
        await MigrateAsync(other);
        Schema(_file).ShouldBe(Schema(other));
        host.Database.CreateScript((await host.Database.GetStatusAsync()).Applied[^1]).ShouldNotContain("CREATE");
        Should.Throw<ArgumentException>(() => host.Database.CreateScript("20200101000000_Other")).Message
            .ShouldContain("no such migration");
    }

    // A file that is an application's own.
    [Theory]
    [InlineData(MigrateMode.AtStart)]
    [InlineData(MigrateMode.Verify)]
    public async Task StartAsync_FileOfAnApplicationWithPeopleOfItsOwn_IsRefusedAndLeftUntouched(MigrateMode mode)
    {
        _file.Execute(
            "CREATE TABLE People (id INTEGER PRIMARY KEY, nick TEXT); INSERT INTO People (nick) VALUES ('ada'); "
                + "CREATE VIEW leaves AS SELECT 1");
        var before = Hash();
        await using var host = new Host(_file.ConnectionString, mode);

        var exception = await Should.ThrowAsync<StoreException>(
            () => mode == MigrateMode.AtStart ? host.StartAsync() : host.Database.MigrateAsync());

        exception.Message.ShouldContain(
            "tables of another application by names that FRAT's have: leaves, people. Nothing was changed. Give FRAT a file of its own");
        Hash().ShouldBe(before);
        Directory.GetFiles(_file.Folder).ShouldHaveSingleItem();

        string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_file.Path)));
    }

    // Other names are in nobody's way.
    [Fact]
    public async Task StartAsync_FileOfAnApplicationWithOtherTables_IsShared()
    {
        _file.Execute("CREATE TABLE orders (id INTEGER PRIMARY KEY); INSERT INTO orders VALUES (7)");
        await using var host = new Host(_file.ConnectionString);

        await host.StartAsync();

        _file.Scalar<long>("SELECT id FROM orders").ShouldBe(7);
    }

    private static string Schema(SqliteTestFile file) =>
        file.Scalar<string>(
            "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name)");

    private static async Task<string> MigrateAsync(SqliteTestFile file)
    {
        await using var host = new Host(file.ConnectionString);
        await host.Database.MigrateAsync();
        return (await host.Database.GetStatusAsync()).Applied[^1];
    }

    private sealed class Host(string connectionString, MigrateMode mode = MigrateMode.AtStart)
        : StorageTestHost(builder => builder.UseSqlite(connectionString, options => options.Migrate = mode), configure: null)
    {
        public IFratDatabase Database => Get<IFratDatabase>();
    }
}
