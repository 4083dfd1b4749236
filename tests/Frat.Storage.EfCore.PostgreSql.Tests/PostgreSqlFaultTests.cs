using System.Data.Common;
using Frat.Conformance;
using Frat.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>What fails while the server is as it should be.</summary>
public sealed class PostgreSqlFaultTests : IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    private static PostgresServer Server => PostgreSqlTestDatabase.Server;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Calls_AllConnectionsInUse_FailAsTransientAndWorkAfterwards()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(
            Server.ConnectionString(_database.Name) + ";Maximum Pool Size=2;Timeout=1");
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        await using (var first = host.Encodings.ReadAsync(Samples.EncoderId).GetAsyncEnumerator())
        await using (var second = host.Encodings.ReadAsync(Samples.EncoderId).GetAsyncEnumerator())
        {
            await first.MoveNextAsync();
            await second.MoveNextAsync();

            var exception = await Should.ThrowAsync<StoreException>(() => host.People.FindAsync("E-1")).WaitAsync(TimeSpan.FromSeconds(20));

            exception.IsTransient.ShouldBeTrue();
            exception.Operation.ShouldBe("Find");
            exception.Message.ShouldContain("raise \"Maximum Pool Size\"");
            exception.Message.ShouldContain(_database.Name);
        }

        (await host.People.FindAsync("E-1")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Writes_ReadOnlyTransactions_SayWhatToDoAndReadsWork()
    {
        await using (await PostgreSqlTestHost.StartAsync(_database.ConnectionString))
        {
            // What a standby has was made on the server that takes writes.
        }

        _database.Execute($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);

        (await host.People.FindAsync("E-1")).ShouldBeNull();
        var exception = await Should.ThrowAsync<StoreException>(() => host.People.EnrollAsync(Samples.Enrollment("E-1")));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"{_database.Name} at 127.0.0.1:{Server.Port} is read-only");
    }

    [Fact]
    public async Task Calls_OneOfSeveralServersIsAway_GoToTheOther()
    {
        var servers = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Host = $"127.0.0.1:1,127.0.0.1:{Server.Port}" };
        await using var host = await PostgreSqlTestHost.StartAsync(servers.ConnectionString + ";Target Session Attributes=read-write");

        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
        await host.Encodings.WaitForChangesAsync(0).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Writes_AnotherProgramHoldsThePerson_WaitAndThenSucceed()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        Task<PunchReceipt?> append;
        using (var other = _database.Open())
        {
            other.Execute("BEGIN; SELECT FROM people FOR UPDATE");
            append = host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));
            await Task.Delay(300);
            append.IsCompleted.ShouldBeFalse();
        }

        (await append.WaitAsync(TimeSpan.FromSeconds(30))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Writes_AnotherProgramHoldsThePersonForTooLong_FailAsTransientAndWorkAfterwards()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString + ";Options=-c lock_timeout=200ms;Timeout=1");
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        var punch = Samples.Punch(ada.Id, Samples.Monday.At(8));
        using (var other = _database.Open())
        {
            other.Execute("BEGIN; SELECT FROM people FOR UPDATE");

            var exception = await Should.ThrowAsync<StoreException>(() => host.Attendance.AppendAsync(punch));

            exception.IsTransient.ShouldBeTrue();
            exception.Message.ShouldContain("Other writers were in the way");
        }

        (await host.Attendance.AppendAsync(punch)).ShouldNotBeNull().Marked.ShouldBeTrue();
    }

    [Fact]
    public async Task Writes_CancelledWhileThePersonIsHeld_GiveUpAsCancelled()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        using var other = _database.Open();
        other.Execute("BEGIN; SELECT FROM people FOR UPDATE");
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(
            () => host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)), cancellationToken: source.Token)
                .WaitAsync(TimeSpan.FromSeconds(30)));

        other.Execute("ROLLBACK");
        (await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(9)))).ShouldNotBeNull().Marked.ShouldBeTrue();
    }

    [Fact]
    public async Task Writes_AnswerToTheCommitIsLost_AreDoneOnceAndAnsweredAsDone()
    {
        var lost = new LostAnswers();
        await using var host = await PostgreSqlTestHost.StartAsync(
            _database.ConnectionString, services => services.ConfigureDbContext<FratDbContext>(options => options.AddInterceptors(lost)));

        lost.Next = 1;
        var enrolled = await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        enrolled.Created.ShouldBeTrue();
        lost.Next = 1;
        var receipt = (await host.Attendance.AppendAsync(Samples.Punch(enrolled.Person.Id, Samples.Monday.At(8)))).ShouldNotBeNull();
        receipt.Marked.ShouldBeTrue();
        lost.Next = 1;
        (await host.Consents.RevokeAsync(enrolled.Person.Id, Samples.Note)).ShouldBeTrue("it was done, though by the attempt that heard "
            + "nothing");

        lost.Count.ShouldBe(3);
        (await host.Encodings.GetSequenceAsync()).ShouldBe(2);
        _database.Scalar<long>("SELECT count(*) FROM punches").ShouldBe(1);
    }

    [Fact]
    public async Task Calls_ServerTakesNoMoreConnections_FailAsTransientAndSayWhatToDo()
    {
        var user = $"u_{Guid.NewGuid():N}";
        _database.Execute($"CREATE USER {user} PASSWORD 'p' CONNECTION LIMIT 0; GRANT ALL ON ALL TABLES IN SCHEMA public TO {user}");
        try
        {
            var exception = await Should.ThrowAsync<StoreException>(
                () => PostgreSqlTestHost.StartAsync(Server.ConnectionString(_database.Name, user, "p") + ";Timeout=5"));

            exception.IsTransient.ShouldBeTrue();
            exception.Message.ShouldContain("takes no more connections", customMessage: exception.ToString());
        }
        finally
        {
            _database.Execute($"DROP OWNED BY {user}; DROP USER {user}");
        }
    }

    [Fact]
    public async Task Writes_DiskIsFull_StoreNothingAndWorkWhenThereIsRoom()
    {
        using var disk = SmallDisk.TryCreate(megabytes: 24, owner: "postgres");
        var space = $"space_{Guid.NewGuid():N}";
        if (disk is not null)
        {
            Server.Execute($"CREATE TABLESPACE {space} LOCATION '{disk.Folder}'");
            Server.Execute($"ALTER DATABASE {_database.Name} SET TABLESPACE {space}");
        }

        try
        {
            await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
            using (Fill(disk))
            {
                var exception = await Should.ThrowAsync<StoreException>(() => host.People.EnrollAsync(Large("E-1")));

                exception.IsTransient.ShouldBeFalse();
                exception.Message.ShouldContain($"The disk that holds the database {_database.Name} at 127.0.0.1:{Server.Port} is "
                    + "full", customMessage: exception.ToString());
            }

            // Not before: on a full disk the server may let no new connection in.
            (await host.People.FindAsync("E-1")).ShouldBeNull();
            (await host.Encodings.GetSequenceAsync()).ShouldBe(0);
            (await host.People.EnrollAsync(Large("E-1"))).Created.ShouldBeTrue();
        }
        finally
        {
            _database.Dispose();
            if (disk is not null)
            {
                Server.Execute($"DROP TABLESPACE {space}");
            }
        }

        static Enrollment Large(string id) => Samples.Enrollment(id, "Ada", [.. Enumerable.Range(0, 200).Select(i => Samples.Encoding(i))]);
    }

    [Fact]
    public async Task Calls_NewConnectionsFailOnAFullDisk_SayThatItIsFull()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        _database.Execute(
            """
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not write init file' USING ERRCODE = 'internal_error'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON people FOR EACH STATEMENT EXECUTE FUNCTION no_room();
            """);

        var exception = await Should.ThrowAsync<StoreException>(() => host.People.EnrollAsync(Samples.Enrollment("E-1")));

        (exception.IsTransient, exception.Message).ShouldBe((false, $"The disk that holds the database {_database.Name} at "
            + $"127.0.0.1:{Server.Port} is full. Nothing of this call was stored. Make room; FRAT then goes on without a restart."));
    }

    // Where nothing may be mounted, the server is told to answer as it does when its disk is full.
    private IDisposable Fill(SmallDisk? disk)
    {
        if (disk is not null)
        {
            return disk.Fill();
        }

        _database.Execute(
            """
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON templates FOR EACH STATEMENT EXECUTE FUNCTION no_room();
            """);
        return new Room(_database);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.CrashShutdown, true)]
    [InlineData(PostgresErrorCodes.CannotConnectNow, true)]
    [InlineData(PostgresErrorCodes.ConnectionFailure, true)]
    [InlineData(PostgresErrorCodes.TooManyConnections, true)]
    [InlineData(PostgresErrorCodes.OutOfMemory, true)]
    [InlineData(PostgresErrorCodes.SerializationFailure, true)]
    [InlineData(PostgresErrorCodes.DeadlockDetected, true)]
    [InlineData(PostgresErrorCodes.LockNotAvailable, true)]
    [InlineData(PostgresErrorCodes.QueryCanceled, true)]
    [InlineData(PostgresErrorCodes.DiskFull, false)]
    [InlineData(PostgresErrorCodes.InvalidPassword, false)]
    [InlineData(PostgresErrorCodes.InvalidCatalogName, false)]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, false)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, false)]
    [InlineData(PostgresErrorCodes.DataCorrupted, false)]
    [InlineData(PostgresErrorCodes.IoError, false)]
    [InlineData(PostgresErrorCodes.UndefinedTable, false)]
    [InlineData(PostgresErrorCodes.DivisionByZero, false)]
    public void Translate_ErrorCode_NamesTheDatabaseAndWhetherToTryAgain(string code, bool isTransient)
    {
        var cause = new InvalidOperationException("wrapped", new PostgresException("cause", "ERROR", "ERROR", code));
        using var database = new PostgreSqlDatabase("Host=db;Database=frat;Username=ada;Password=s3cret");

        var exception = PostgreSqlErrors.Translate("Append", database, cause).ShouldNotBeNull();

        exception.Operation.ShouldBe("Append");
        exception.IsTransient.ShouldBe(isTransient);
        exception.Message.ShouldContain("frat at db:5432");
        exception.Message.ShouldNotContain("s3cret");
        exception.InnerException.ShouldBe(cause);
    }

    [Fact]
    public void Translate_ExceptionThatIsNotPostgreSqls_IsLeftAlone()
    {
        using var database = new PostgreSqlDatabase("Host=db;Database=frat");

        PostgreSqlErrors.Translate("Append", database, new ArgumentException("wrong")).ShouldBeNull();
    }

    private sealed class Room(PostgreSqlTestDatabase database) : IDisposable
    {
        public void Dispose() => database.Execute("DROP TRIGGER no_room ON templates; DROP FUNCTION no_room()");
    }
}
