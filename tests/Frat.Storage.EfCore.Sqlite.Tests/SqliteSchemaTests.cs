using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.Sqlite.Tests;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Migrations_TheModel_HasNoChangesThatTheyLack()
    {
        await using var host = new SqliteTestHost(_file.ConnectionString);
        await using var context = await host.Contexts.CreateDbContextAsync();

        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task StartAsync_FolderIsMissing_CreatesFolderAndFile()
    {
        var path = Path.Combine(_file.Folder, "data", "of frat", "frat.db");

        await using var host = await SqliteTestHost.StartAsync($"Data Source={path}");

        (await host.Encodings.GetSequenceAsync()).ShouldBe(0);
        File.Exists(path).ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_HostedServiceThatWasRegisteredBefore_FindsTheTables()
    {
        var reader = new ReaderAtStart(_file);

        await using var host =
            await SqliteTestHost.StartAsync(_file.ConnectionString, services => services.AddSingleton<IHostedService>(reader));

        reader.Tables.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task EnrollAsync_NoHostStarted_MakesTheDatabaseReadyItself()
    {
        await using var host = new SqliteTestHost(_file.ConnectionString);

        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_SeveralHostsAtTheSameMoment_AllStart()
    {
        int migrations;
        await using (var context = await new SqliteTestHost(_file.ConnectionString).Contexts.CreateDbContextAsync())
        {
            migrations = context.Database.GetMigrations().Count();
        }

        var hosts = Enumerable.Range(0, 8).Select(_ => new SqliteTestHost(_file.ConnectionString)).ToArray();

        await Task.WhenAll(hosts.Select(host => Task.Run(host.StartAsync)));

        foreach (var host in hosts)
        {
            (await host.Encodings.GetSequenceAsync()).ShouldBe(0);
            await host.DisposeAsync();
        }

        _file.Scalar<long>("SELECT count(*) FROM frat_migrations").ShouldBe(migrations);
    }

    [Fact]
    public async Task StartAsync_AMigrationIsBrokenOff_LeavesTheDatabaseAsItWas()
    {
        // In the way of an index that the migration makes behind its tables: a name that only the database knows to be taken.
        _file.Execute("CREATE TABLE other (id INTEGER); CREATE INDEX \"IX_templates_key_id\" ON other (id)");
        const string Schema = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
        var before = _file.Scalar<string>(Schema);

        await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString));

        _file.Scalar<string>(Schema).ShouldBe(before);
        _file.Execute("DROP TABLE other");
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_AnotherProcessMigratesForTooLong_SaysSo()
    {
        await using var held = new FileStream(_file.Path + "-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var exception =
            await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString + ";Default Timeout=1"));

        exception.IsTransient.ShouldBeTrue();
        exception.Message.ShouldContain(_file.Path);
    }

    [Fact]
    public async Task StartAsync_DatabaseOfANewerVersion_NamesItAndChangesNothing()
    {
        await using (await SqliteTestHost.StartAsync(_file.ConnectionString))
        {
        }

        _file.Execute("INSERT INTO frat_migrations VALUES ('29990101000000_FromTheFuture', '99.0.0')");
        var before = await File.ReadAllBytesAsync(_file.Path);

        var exception = await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("29990101000000_FromTheFuture");
        exception.Message.ShouldContain(_file.Path);
        (await File.ReadAllBytesAsync(_file.Path)).ShouldBe(before);
    }

    [Fact]
    public async Task StartAsync_AnotherApplicationsTables_AreLeftAlone()
    {
        _file.Execute("CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO user VALUES (1, 'Ada');");

        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);

        _file.Scalar<string>("SELECT name FROM user").ShouldBe("Ada");
    }

    // What development versions wrote, of which some may have been tried out.
    [Theory]
    [InlineData("20261122201340_Initial")]
    [InlineData("20261122201340_Initial", "20261126220000_Records", "20261126220001_RecordsOfBefore", "20261127020000_Retention")]
    [InlineData("20261122201340_Initial", "20261126220000_Records", "20261127020000_Retention", "20261128050000_Safeguards")]
    public async Task StartAsync_DatabaseOfADevelopmentVersion_SaysSoAndChangesNothing(params string[] migrations)
    {
        _file.Execute("CREATE TABLE frat_migrations (\"MigrationId\" TEXT PRIMARY KEY, \"ProductVersion\" TEXT NOT NULL); CREATE TABLE "
            + "people (id TEXT)");
        foreach (var migration in migrations)
        {
            _file.Execute($"INSERT INTO frat_migrations VALUES ('{migration}', '10.0.0')");
        }

        var before = await File.ReadAllBytesAsync(_file.Path);

        var exception = await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"development version of FRAT, before the first release ({migrations[^1]})");
        exception.Message.ShouldContain(_file.Path);
        (await File.ReadAllBytesAsync(_file.Path)).ShouldBe(before);
    }

    [Fact]
    public async Task Connections_OfTheContext_AreDurableAndGuarded()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await using var context = await host.Contexts.CreateDbContextAsync();

        // What the pragma gives: FULL is 2.
        (await PragmaAsync<string>("journal_mode")).ShouldBe("wal");
        (await PragmaAsync<long>("synchronous")).ShouldBe(2);
        (await PragmaAsync<long>("foreign_keys")).ShouldBe(1);
        (await PragmaAsync<long>("secure_delete")).ShouldBe(1);

        async Task<T> PragmaAsync<T>(string name)
        {
            await context.Database.OpenConnectionAsync();
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return (T)(await command.ExecuteScalarAsync())!;
        }
    }

    [Fact]
    public void AttendanceStatus_EveryName_FitsTheColumn() =>
        Enum.GetNames<AttendanceStatus>().ShouldAllBe(name => name.Length <= 10);

    // Looks into the file, not through the store, which would make it ready itself.
    private sealed class ReaderAtStart(SqliteTestFile file) : IHostedService
    {
        public long Tables { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Tables = file.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
