using System.Collections.Concurrent;
using System.Data.Common;
using Frat.Conformance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>What the stores leave in the database, and how they ask for it.</summary>
public sealed class PostgreSqlStorageTests : IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task AppendAsync_APunch_IsStoredInFormsThatPeopleRead()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));

        _database.Scalar<string>("SELECT person_id || ' ' || date || ' ' || status FROM attendance_days")
            .ShouldBe($"{ada.Id} 2026-03-02 Present");
        _database.Scalar<string>("SELECT (instant AT TIME ZONE 'UTC') || ' ' || local_time || ' ' || method FROM punches")
            .ShouldBe("2026-03-02 07:00:00 2026-03-02 08:00:00 Face");
    }

    [Fact]
    public async Task Constraints_ASecondRowForWhatIsUnique_AreOfTheDatabase()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));

        foreach (var table in (string[])["attendance_days", "people", "punches"])
        {
            // All the same but the primary key, where that isn't the guard itself.
            var change = table == "attendance_days" ? "" : "UPDATE copy SET id = gen_random_uuid(); ";
            Should.Throw<PostgresException>(
                () => _database.Execute($"CREATE TEMP TABLE copy AS SELECT * FROM {table}; {change}INSERT INTO {table} SELECT * FROM copy"))
                .SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation, table);
        }

        Should.Throw<PostgresException>(() => _database.Execute("DELETE FROM people")).SqlState.ShouldBe(
            PostgresErrorCodes.ForeignKeyViolation);
    }

    [Fact]
    public async Task Streams_LeftAfterAFewRows_HaveReadOnlyThose()
    {
        var commands = new Commands();
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString, commands.Add);
        for (var i = 0; i < 50; i++)
        {
            var person = (await host.People.EnrollAsync(Samples.Enrollment($"E-{i}"))).Person;
            await host.Attendance.AppendAsync(Samples.Punch(person.Id, Samples.Monday.At(8)));
        }

        await LeaveAsync(host.Encodings.ReadAsync(Samples.EncoderId));

        async Task LeaveAsync<T>(IAsyncEnumerable<T> rows)
        {
            (await rows.Take(3).CountAsync()).ShouldBe(3);
            commands.RowsOfLastReader.ShouldBeInRange(3, 5);
        }
    }

    /// <summary>
    /// Growth is kept out by indexes, which is what can be tested without a clock: the plans that PostgreSQL makes for many rows.
    /// </summary>
    [Fact]
    public async Task Queries_OfEveryCallAtSize_ReadNoLargeTableWhole()
    {
        var commands = new Commands();
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString, commands.Add);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        var first = Samples.Punch(ada.Id, Samples.Monday.AddDays(-1).At(8));
        await host.Attendance.AppendAsync(first);
        await host.Attendance.CorrectAsync(Samples.Correction(first.Id, Samples.Monday.AddDays(-1).At(9)));
        Grow();

        commands.Clear();
        var grace = (await host.People.EnrollAsync(Samples.Enrollment("E-2"))).Person;
        var punch = Samples.Punch(grace.Id, Samples.Monday.At(8));
        await host.Attendance.AppendAsync(punch);
        await host.Attendance.CorrectAsync(Samples.Correction(punch.Id, Samples.Monday.AddDays(1).At(8)));
        await host.People.FindAsync("E-1");
        await host.Encodings.GetSequenceAsync();
        await host.Encodings.ListChangesAsync(100);
        await host.Encodings.ReadAsync(Samples.EncoderId, grace.Id).CountAsync();
        await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday).CountAsync();
        await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday.AddDays(30), grace.Id).CountAsync();
        await host.Attendance.ReadPunchesAsync(Samples.Monday, Samples.Monday.AddDays(30), grace.Id).CountAsync();
        await host.People.ReadAsync().Take(10).CountAsync();
        await host.Consents.RevokeAsync(grace.Id, Samples.Note);
        await host.People.ForgetAsync(grace.Id, Samples.Note);

        commands.All.Count.ShouldBeGreaterThan(15);
        using var connection = _database.Open();
        foreach (var (sql, parameters) in commands.All)
        {
            var plan = Explain(connection, sql, parameters);
            foreach (var table in Grown)
            {
                plan.ShouldNotContain($"Seq Scan on {table}", Case.Sensitive, $"{sql}\n{plan}");
            }
        }
    }

    private static readonly string[] Grown = ["people", "templates", "template_changes", "punches", "punch_corrections", "attendance_days"];

    // Copies of the rows that are there, for people and days of their own; without the foreign keys, for speed.
    private void Grow()
    {
        _database.Execute("SET session_replication_role = replica; " + string.Join("; ",
            Copy("people", "id = p.id, employee_id = 'copy ' || p.n"),
            Copy("templates", "id = gen_random_uuid(), person_id = p.id"),
            Copy(
                "punches",
                "id = p.id, person_id = p.id, idempotency_key = 'copy ' || p.n, local_time = t.local_time - p.n * interval '1 hour'"),
            Copy("punch_corrections", "id = p.id, person_id = p.id, punch_id = p.id, local_time = t.local_time - p.n * interval '1 hour'"),
            Copy("attendance_days", "person_id = p.id, punch_id = p.id, date = t.date - p.n"),
            "INSERT INTO template_changes (person_id) SELECT gen_random_uuid() FROM generate_series(1, 20000)"));
        _database.Execute("ANALYZE");

        static string Copy(string table, string changes) =>
            $"""
            CREATE TEMP TABLE p AS SELECT n, gen_random_uuid() AS id FROM generate_series(1, 20000) AS n;
            CREATE TEMP TABLE t AS SELECT t.* FROM {table} AS t;
            CREATE TEMP TABLE c AS SELECT t.*, p.n AS copy_number FROM t, p;
            UPDATE c SET {changes.Replace("t.", "c.", StringComparison.Ordinal)} FROM p WHERE p.n = c.copy_number;
            ALTER TABLE c DROP COLUMN copy_number;
            INSERT INTO {table} SELECT * FROM c;
            DROP TABLE p, t, c
            """;
    }

    private static string Explain(NpgsqlConnection connection, string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        using var transaction = connection.BeginTransaction();
        var plan = new List<string>();

        // A command may hold several statements; each is explained by itself. A lock on a table has no plan.
        var statements = sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var statement in statements.Where(statement => !statement.StartsWith("LOCK TABLE", StringComparison.Ordinal)))
        {
            using var command = new NpgsqlCommand("EXPLAIN " + statement, connection, transaction);
            foreach (var parameter in parameters.Where(parameter => statement.Contains(parameter.ParameterName, StringComparison.Ordinal)))
            {
                command.Parameters.Add(parameter.Clone());
            }

            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                plan.Add(reader.GetString(0));
            }
        }

        transaction.Rollback();
        return string.Join('\n', plan);
    }

    /// <summary>Listens to what EF Core asks the database.</summary>
    private sealed class Commands : DbCommandInterceptor
    {
        // The host's own work goes on in the background.
        public ConcurrentQueue<(string Sql, NpgsqlParameter[] Parameters)> All { get; } = [];

        public int RowsOfLastReader { get; private set; }

        public void Add(IServiceCollection services) =>
            services.ConfigureDbContext<FratDbContext>(options => options.AddInterceptors(this));

        public void Clear() => All.Clear();

        public override ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            Keep(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            Keep(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(
            DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            RowsOfLastReader = eventData.ReadCount;
            return ValueTask.FromResult(result);
        }

        private void Keep(DbCommand command) =>
            All.Enqueue((command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]));
    }
}
