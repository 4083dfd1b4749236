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
        await using (var old = new SqliteTestHost(_file.ConnectionString))
        await using (var context = await old.Contexts.CreateDbContextAsync())
        {
            await context.Database.MigrateAsync("20261122201340_Initial");
        }

        // In the way of a table that a later migration makes, behind others that it makes first or anew.
        _file.Execute("CREATE TABLE leaves (id INTEGER)");
        const string Schema = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
        var before = _file.Scalar<string>(Schema);

        await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString));

        _file.Scalar<string>(Schema).ShouldBe(before);
        _file.Scalar<long>("SELECT count(*) FROM frat_migrations").ShouldBe(1);
        _file.Execute("DROP TABLE leaves");
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

    [Fact]
    public async Task StartAsync_DatabaseOfTheFirstVersion_KeepsItsDaysAndReceipts()
    {
        await using (var old = new SqliteTestHost(_file.ConnectionString))
        await using (var context = await old.Contexts.CreateDbContextAsync())
        {
            await context.Database.MigrateAsync("20261122201340_Initial");
        }

        _file.Execute(
            """
            INSERT INTO people (id, employee_id, name, enrolled_at) VALUES ('01900000-0000-7000-8000-000000000001', 'E-1', 'Ada', '2026-03-01 08:00:00');
            INSERT INTO punches (id, person_id, instant, time_zone, local_time, direction, method, source, idempotency_key, receipt_marked, receipt_time, receipt_status, receipt_punch_id) VALUES
              ('01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', '2026-03-02 07:30:05.25', 'Europe/Berlin', '2026-03-02 08:30:05.25', 'Undetermined', 'Face', 'kiosk-1', 'first', 1, '08:30:05.2500000', 'Present', '01900000-0000-7000-8000-000000000002'),
              ('01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000001', '2026-03-02 16:00:00', 'Europe/Berlin', '2026-03-02 17:00:00', 'Undetermined', 'Face', 'kiosk-1', 'second', 0, '08:30:05.2500000', 'Present', '01900000-0000-7000-8000-000000000002');
            INSERT INTO attendance_days (person_id, date, time, status, punch_id) VALUES
              ('01900000-0000-7000-8000-000000000001', '2026-03-02', '08:30:05.2500000', 'Present', '01900000-0000-7000-8000-000000000002');
            """);

        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var day = await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday).SingleAsync();
        var replay = await host.Attendance.AppendAsync(Samples.Punch(day.Person.Id, Samples.Monday.At(12), "second"));

        (day.Time, day.Status, day.PunchCount, day.Kind).ShouldBe(
            ((TimeOnly?)new TimeOnly(8, 30, 5, 250), AttendanceStatus.Present, 2, DayKind.Unscheduled));
        (replay!.Marked, replay.Day.Date, replay.Day.FirstIn, replay.Day.PunchId).ShouldBe((false, day.Date, day.FirstIn, day.PunchId));
        (await host.Attendance.DeriveAsync(Samples.Monday, Samples.Monday)).ShouldBe(0);
    }

    [Fact]
    public async Task StartAsync_DatabaseOfBeforeRetention_LearnsWhatItNeeds()
    {
        await using (var old = new SqliteTestHost(_file.ConnectionString))
        await using (var context = await old.Contexts.CreateDbContextAsync())
        {
            await context.Database.MigrateAsync("20261126220001_RecordsOfBefore");
        }

        // SQLite keeps text, and FRAT writes it in UTC without saying so.
        _file.Execute(BeforeRetention.Sql.Replace("Z'", "'", StringComparison.Ordinal));

        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await BeforeRetention.CheckAsync(host);
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
