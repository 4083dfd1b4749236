using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>The schema, where the host doesn't look after it, and where the database is somebody else's or several tenants'.</summary>
public sealed class PostgreSqlMigrateTests : IDisposable
{
    private const string Foreign = "CREATE TABLE people (id int); INSERT INTO people VALUES (7)";

    private readonly PostgreSqlTestDatabase _database = new(empty: true);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task StartAsync_ToVerify_StartsOnlyOnWhatWasMigrated()
    {
        await using var host = new TestHost(_database, migrate: MigrateMode.Verify);

        var before = await host.Database.GetStatusAsync();
        (await Should.ThrowAsync<StoreException>(host.StartAsync)).Message.ShouldContain("MigrateMode.Verify");
        _database.Scalar<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").ShouldBe(0);
        await host.Database.MigrateAsync();
        var after = await host.Database.GetStatusAsync();
        await host.StartAsync();

        before.Applied.ShouldBeEmpty();
        after.Applied.ShouldBe(before.Pending);
        after.IsUpToDate.ShouldBeTrue();
    }

    [Fact]
    public async Task StartAsync_NeverToLook_StartsOnWhatIsThere()
    {
        await using var host = new TestHost(_database, migrate: MigrateMode.Verify);
        await host.Database.MigrateAsync();
        var newest = (await host.Database.GetStatusAsync()).Applied[^1];
        _database.Execute($"DELETE FROM frat_migrations WHERE \"MigrationId\" = '{newest}'");
        await using var never = new TestHost(_database, migrate: MigrateMode.Never);

        await never.StartAsync();

        (await never.Database.GetStatusAsync()).Pending.ShouldBe([newest]);
    }

    [Fact]
    public async Task CreateScript_RunByPsql_MakesTheSchema()
    {
        await using var host = new TestHost(_database, "acme", MigrateMode.Verify);

        PostgreSqlTestDatabase.Server.Execute(host.Database.CreateScript(), _database.Name);

        (await host.Database.GetStatusAsync()).IsUpToDate.ShouldBeTrue();
        await host.StartAsync();
        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
        ShouldBeInside("acme");
    }

    [Fact]
    public async Task StartAsync_ApplicationHasPeopleOfItsOwn_IsRefusedAndLeavesAllAsItWasUnlessItHasASchema()
    {
        _database.Execute(Foreign);
        await using (var refused = new TestHost(_database))
        {
            (await Should.ThrowAsync<StoreException>(refused.StartAsync)).Message
                .ShouldContain("tables of another application by names that FRAT's have: people. Nothing was changed. Give FRAT a schema");
        }

        _database.Scalar<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").ShouldBe(1);

        await using var host = new TestHost(_database, "frat");
        await host.StartAsync();
        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
        _database.Scalar<int>("SELECT id FROM public.people").ShouldBe(7);
        _database.Scalar<long>("SELECT count(*) FROM frat.people").ShouldBe(1);
    }

    [Fact]
    public async Task Schema_OneForEachTenant_KeepsEachInside()
    {
        await using var acme = new TestHost(_database, "acme");
        await using var globex = new TestHost(_database, "globex");
        await acme.StartAsync();
        await globex.StartAsync();
        await using var listener = _database.Open();
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Notification += (_, notification) => told.TrySetResult(notification.Payload);
        listener.Execute($"LISTEN {PostgreSqlChangeListener.Channel}");

        var ada = (await acme.People.EnrollAsync(Samples.Enrollment("E-1"))).Person!;
        await listener.WaitAsync();
        var bob = (await globex.People.EnrollAsync(Samples.Enrollment("E-1", "Alan Turing"))).Person!;
        await acme.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));

        (await told.Task).ShouldBe("acme");
        (await acme.People.ReadAsync().ToListAsync()).ShouldBe([ada]);
        (await globex.People.ReadAsync().ToListAsync()).ShouldBe([bob]);
        (await globex.People.FindAsync(ada.Id)).ShouldBeNull();
        (await globex.Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue).ToListAsync()).ShouldBeEmpty();
        (await globex.Encodings.GetSequenceAsync()).ShouldBe(1);
        ShouldBeInside("acme", "globex");
    }

    [Fact]
    public async Task UsePostgreSql_DataSourceOfTheApplication_IsUsedWithTheSchemaAndLeftOpen()
    {
        _database.Execute(Foreign);
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using (var host = new SourceHost(source))
        {
            await host.StartAsync();
            var wait = host.Encodings.WaitForChangesAsync(0);
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
            await wait;
            (await host.People.ReadAsync().ToListAsync()).ShouldHaveSingleItem();
            ShouldBeInside("frat");
        }

        // Where the application's own queries look, they go on looking.
        await using var command = source.CreateCommand("SELECT id FROM people");
        (await command.ExecuteScalarAsync()).ShouldBe(7);
    }

    [Theory]
    [InlineData("Multiplexing=true", "Multiplexing")]
    [InlineData("Include Error Detail=true", "Include Error Detail")]
    public async Task UsePostgreSql_DataSourceThatCannotBe_IsRefused(string setting, string message)
    {
        await using var source = NpgsqlDataSource.Create($"{_database.ConnectionString};{setting}");
        await using var host = new SourceHost(source);

        Should.Throw<InvalidOperationException>(() => host.Database).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("Acme")]
    [InlineData("a\"; DROP SCHEMA public --")]
    [InlineData("a,public")]
    [InlineData("pg_temp")]
    [InlineData("")]
    public void UsePostgreSql_SchemaThatIsNone_IsRefused(string schema) => Should.Throw<ArgumentException>(
        () => new FratBuilder(new ServiceCollection()).UsePostgreSql("Host=db;Database=frat", options => options.Schema = schema));

    [Fact]
    public void UsePostgreSql_OtherSchemaThanTheSearchPath_IsRefused() => Should.Throw<ArgumentException>(
        () => new FratBuilder(new ServiceCollection()).UsePostgreSql(
            "Host=db;Database=frat;Search Path=globex", options => options.Schema = "acme")).ParamName.ShouldBe("connectionString");

    // Tables, functions, triggers and the history of migrations.
    private void ShouldBeInside(params string[] schemas)
    {
        var names = string.Join(',', schemas);
        _database.Scalar<string>(SchemasOf("pg_class", "relnamespace")).ShouldBe(names);
        _database.Scalar<string>(SchemasOf("pg_proc", "pronamespace")).ShouldBe(names);
        _database.Scalar<long>("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace").ShouldBe(0);
        _database.Scalar<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname <> 'people'")
            .ShouldBe(0);
        _database.Scalar<long>(
            """
            SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND c.relnamespace <> p.pronamespace
            """).ShouldBe(0);
        foreach (var schema in schemas)
        {
            _database.Scalar<long>($"SELECT count(*) FROM {schema}.frat_migrations").ShouldBeGreaterThan(0);
        }
    }

    private static string SchemasOf(string catalogue, string column) =>
        $"""
        SELECT string_agg(DISTINCT n.nspname, ',' ORDER BY n.nspname) FROM {catalogue} c JOIN pg_namespace n ON n.oid = c.{column}
        WHERE n.nspname NOT IN ('public', 'information_schema', 'pg_catalog', 'pg_toast')
        """;

    private sealed class TestHost(PostgreSqlTestDatabase database, string? schema = null, MigrateMode migrate = MigrateMode.AtStart)
        : StorageTestHost(
            builder => builder.UseTemplateKeys(PostgreSqlTestDatabase.Keys)
                .UsePostgreSql(database.ConnectionString, options => (options.Schema, options.Migrate) = (schema, migrate)),
            configure: null)
    {
        public IFratDatabase Database => Get<IFratDatabase>();
    }

    private sealed class SourceHost(NpgsqlDataSource source) : StorageTestHost(
        builder => builder.UseTemplateKeys(PostgreSqlTestDatabase.Keys)
            .UsePostgreSql(services => services.GetRequiredService<NpgsqlDataSource>(), options => options.Schema = "frat"),
        services => services.AddSingleton(source))
    {
        public IFratDatabase Database => Get<IFratDatabase>();
    }
}
