using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

public sealed class PostgreSqlSchemaTests : IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new(empty: true);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Migrations_TheModel_HasNoChangesThatTheyLack()
    {
        await using var host = new PostgreSqlTestHost(_database.ConnectionString);
        await using var context = await host.Contexts.CreateDbContextAsync();

        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task EnrollAsync_NoHostStarted_MakesTheDatabaseReadyItself()
    {
        await using var host = new PostgreSqlTestHost(_database.ConnectionString);

        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_SeveralHostsAtTheSameMoment_AllStart()
    {
        var hosts = Enumerable.Range(0, 8).Select(_ => new PostgreSqlTestHost(_database.ConnectionString)).ToArray();

        await Task.WhenAll(hosts.Select(host => Task.Run(host.StartAsync)));

        foreach (var host in hosts)
        {
            (await host.Encodings.GetSequenceAsync()).ShouldBe(0);
            await host.DisposeAsync();
        }

        _database.Scalar<long>("SELECT count(*) FROM frat_migrations").ShouldBe(1);
    }

    [Fact]
    public async Task StartAsync_AnotherProcessMigratesForTooLong_SaysSo()
    {
        using var other = _database.Open();
        other.Execute("BEGIN; SELECT pg_advisory_xact_lock(x'46524154'::integer, 0)");

        var exception =
            await Should.ThrowAsync<StoreException>(() => PostgreSqlTestHost.StartAsync(_database.ConnectionString + ";Timeout=1"));

        exception.IsTransient.ShouldBeTrue();
        exception.Message.ShouldContain("Another process is bringing the database");
        exception.Message.ShouldContain(_database.Name);
        other.Execute("ROLLBACK");
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString + ";Timeout=1");
    }

    [Fact]
    public async Task StartAsync_DatabaseOfANewerVersion_NamesItAndChangesNothing()
    {
        await using (await PostgreSqlTestHost.StartAsync(_database.ConnectionString))
        {
        }

        _database.Execute("INSERT INTO frat_migrations VALUES ('29990101000000_FromTheFuture', '99.0.0')");

        var exception = await Should.ThrowAsync<StoreException>(() => PostgreSqlTestHost.StartAsync(_database.ConnectionString));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("29990101000000_FromTheFuture");
        exception.Message.ShouldContain(_database.Name);
        _database.Scalar<long>("SELECT count(*) FROM frat_migrations").ShouldBe(2);
    }

    [Fact]
    public async Task StartAsync_AnotherApplicationsTables_AreLeftAlone()
    {
        _database.Execute("CREATE TABLE \"user\" (id integer PRIMARY KEY, name text); INSERT INTO \"user\" VALUES (1, 'Ada')");

        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);

        _database.Scalar<string>("SELECT name FROM \"user\"").ShouldBe("Ada");
    }

    [Theory]
    [InlineData("20261126220000_Initial")]
    [InlineData("20261126220000_Initial", "20261127020000_Retention", "20261128050000_Safeguards")]
    public async Task StartAsync_DatabaseOfADevelopmentVersion_SaysSoAndChangesNothing(params string[] migrations)
    {
        _database.Execute("CREATE TABLE frat_migrations (\"MigrationId\" text PRIMARY KEY, \"ProductVersion\" text); CREATE TABLE people "
            + "(id uuid)");
        foreach (var migration in migrations)
        {
            _database.Execute($"INSERT INTO frat_migrations VALUES ('{migration}', '10.0.0')");
        }

        var exception = await Should.ThrowAsync<StoreException>(() => PostgreSqlTestHost.StartAsync(_database.ConnectionString));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"development version of FRAT, before the first release ({migrations[^1]})");
        exception.Message.ShouldContain(_database.Name);
        _database.Scalar<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").ShouldBe(2);
    }

    [Fact]
    public async Task StartAsync_DatabaseThatIsNotThere_SaysHowToMakeIt()
    {
        var exception = await Should.ThrowAsync<StoreException>(
            () => PostgreSqlTestHost.StartAsync(PostgreSqlTestDatabase.Server.ConnectionString("nowhere")));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("There is no database nowhere at 127.0.0.1");
        exception.Message.ShouldContain("createdb --encoding=UTF8 --owner=postgres nowhere");
    }

    [Fact]
    public async Task StartAsync_WrongPassword_IsRefusedAtOnceAndNotRepeated()
    {
        var exception = await Should.ThrowAsync<StoreException>(
            () => PostgreSqlTestHost.StartAsync(PostgreSqlTestDatabase.Server.ConnectionString(_database.Name, password: "s3cret"))
                .WaitAsync(TimeSpan.FromSeconds(10)));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("refuses the user postgres (28P01)");
        exception.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task StartAsync_UserWithoutRights_SaysWhatIsMissing()
    {
        var user = $"u_{Guid.NewGuid():N}";
        _database.Execute($"CREATE USER {user} PASSWORD 'p'");
        try
        {
            var exception = await Should.ThrowAsync<StoreException>(
                () => PostgreSqlTestHost.StartAsync(PostgreSqlTestDatabase.Server.ConnectionString(_database.Name, user, "p")));

            exception.IsTransient.ShouldBeFalse();
            exception.Message.ShouldContain($"The user {user} may not do this");
            exception.Message.ShouldContain("schema public");
        }
        finally
        {
            _database.Execute($"DROP USER {user}");
        }
    }

    [Fact]
    public async Task StartAsync_ServerThatIsNotThere_IsTransientAndSaysWhere()
    {
        var exception = await Should.ThrowAsync<StoreException>(
            () => PostgreSqlTestHost.StartAsync("Host=127.0.0.1;Port=1;Database=frat;Username=frat;Password=s3cret;Timeout=1"));

        exception.IsTransient.ShouldBeTrue();
        exception.Message.ShouldContain("frat at 127.0.0.1:1 can't be reached");
        exception.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task StartAsync_DatabaseThatCannotHoldEveryName_IsRefused()
    {
        var name = $"latin_{Guid.NewGuid():N}";
        PostgreSqlTestDatabase.Server.Execute(
            $"CREATE DATABASE {name} ENCODING 'LATIN1' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'");
        try
        {
            var exception = await Should.ThrowAsync<StoreException>(
                () => PostgreSqlTestHost.StartAsync(PostgreSqlTestDatabase.Server.ConnectionString(name)));

            exception.IsTransient.ShouldBeFalse();
            exception.Message.ShouldContain("has the encoding LATIN1");
        }
        finally
        {
            PostgreSqlTestDatabase.Server.DropDatabase(name);
        }
    }

    [Fact]
    public async Task Columns_OfText_AreComparedCharacterByCharacterWhateverTheDatabasesLanguage()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);

        _database.Scalar<string>("SELECT daticulocale FROM pg_database WHERE datname = current_database()").ShouldBe("en-US");
        _database.Scalar<long>(
            """
            SELECT count(*) FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'frat_migrations'
                AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'
            """).ShouldBe(0);
    }
}
