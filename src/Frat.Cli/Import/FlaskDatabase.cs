using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Frat.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Frat.Cli.Import;

/// <summary>
/// The original application's database, opened for reading only, in one transaction: what it writes meanwhile is not seen. One reader at a
/// time.
/// </summary>
/// <remarks>
/// SQLAlchemy made the tables, on SQLite and on PostgreSQL, and versions of the application differ in the types of their columns. So
/// everything is read as text but the encoding.
/// </remarks>
internal sealed class FlaskDatabase : IAsyncDisposable
{
    // What no name, date or encoding is longer than; a damaged or hostile file may have more.
    private const int MaxText = 1000;

    /// <summary>A longer encoding is not read.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly (string Table, string[] Columns)[] Expected =
    [
        ("user", ["id", "name", "employee_id", "face_embedding"]),
        ("attendance", ["id", "user_id", "date", "time", "status"]),
    ];

    private readonly DatabaseAddress _address;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    private FlaskDatabase(DatabaseAddress address, DbConnection connection, DbTransaction transaction) =>
        (_address, _connection, _transaction) = (address, connection, transaction);

    /// <summary>Opens the database, and checks that it has the tables and columns.</summary>
    /// <exception cref="FlaskDatabaseException">It can't be opened, or isn't the original's.</exception>
    public static async Task<FlaskDatabase> OpenAsync(DatabaseAddress address, CancellationToken cancellationToken)
    {
        if (address.Kind == DatabaseKind.Sqlite && !File.Exists(address.Name))
        {
            throw new FlaskDatabaseException($"{address.Name}: There is no such file.");
        }

        var connection = Connect(address);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var isolation = address.Kind == DatabaseKind.Sqlite ? IsolationLevel.Unspecified : IsolationLevel.RepeatableRead;
            var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true) // An immediate one would ask for the right to write.
                : await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false);
            var database = new FlaskDatabase(address, connection, transaction);
            await database.CheckAsync(cancellationToken).ConfigureAwait(false);
            return database;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (e is DbException)
            {
                throw Translate(address, e);
            }

            throw;
        }
    }

    /// <summary>How many rows there are, for the progress bar.</summary>
    public async Task<(long Users, long Attendance)> CountAsync(CancellationToken cancellationToken) => (
        await CountAsync("user", cancellationToken).ConfigureAwait(false),
        await CountAsync("attendance", cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the users by id.</summary>
    /// <exception cref="FlaskDatabaseException">The database failed, at the start or in the middle.</exception>
    public IAsyncEnumerable<FlaskUser> ReadUsersAsync(CancellationToken cancellationToken)
    {
        // The length of a text is in characters; it is no encoding in any case.
        var sql = $"""
            SELECT "id", {Text("employee_id")}, {Text("name")}, length("face_embedding"),
                CASE WHEN length("face_embedding") <= {MaxBytes} THEN "face_embedding" END
            FROM "user" ORDER BY "id"
            """;
        return ReadAsync(
            sql,
            row => new FlaskUser(Id(row), TextOf(row, 1), TextOf(row, 2), Number(row, 3), row.GetValue(4) as byte[]),
            cancellationToken);
    }

    /// <summary>Reads the attendance by id.</summary>
    /// <exception cref="FlaskDatabaseException">The database failed, at the start or in the middle.</exception>
    public IAsyncEnumerable<FlaskAttendance> ReadAttendanceAsync(CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT "id", {Text("user_id")}, {Text("date")}, {Text("time")}, {Text("status")} FROM "attendance" ORDER BY "id"
            """;
        return ReadAsync(
            sql, row => new FlaskAttendance(Id(row), UserId(row), TextOf(row, 2), TextOf(row, 3), TextOf(row, 4)), cancellationToken);

        static long? UserId(DbDataReader row) =>
            long.TryParse(TextOf(row, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static DbConnection Connect(DatabaseAddress address) => address.Kind == DatabaseKind.Sqlite
        ? new SqliteConnection(new SqliteConnectionStringBuilder(
            address.ConnectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString)
        : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            Pooling = false,
            Options = "-c default_transaction_read_only=on -c datestyle=ISO -c statement_timeout=0",
        }.ConnectionString);

    private static FlaskDatabaseException Translate(DatabaseAddress address, Exception exception) => new(
        exception is SqliteException { SqliteErrorCode: 26 }
            ? $"{address.Name}: This is no SQLite database."
            : $"{address.Name} can't be read: {exception.Message}",
        exception);

    private static string Text(string column) => $"substr(CAST(\"{column}\" AS text), 1, {MaxText})";

    private static string? TextOf(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static long Id(DbDataReader row) => row.GetValue(0) is IConvertible id and not string
        ? Convert.ToInt64(id, CultureInfo.InvariantCulture)
        : throw new FlaskDatabaseException("A row's id is no number.");

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, expected) in Expected)
        {
            var columns = await ColumnsAsync(table, cancellationToken).ConfigureAwait(false);
            if (columns.Count == 0)
            {
                throw new FlaskDatabaseException($"{_address.Name} is not the original application's: it has no table \"{table}\".");
            }

            if (expected.Except(columns, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            {
                throw new FlaskDatabaseException(
                    $"{_address.Name} is not the original application's: its table \"{table}\" has no column {string.Join(", ", missing)} "
                        + $"(it has {string.Join(", ", columns)}).");
            }
        }
    }

    private async Task<List<string>> ColumnsAsync(string table, CancellationToken cancellationToken)
    {
        var sql = _connection is SqliteConnection
            ? $"SELECT name FROM pragma_table_info('{table}')"
            : $"""
                SELECT attname::text FROM pg_attribute
                WHERE attrelid = to_regclass('"{table}"') AND attnum > 0 AND NOT attisdropped ORDER BY attnum
                """;
        var columns = new List<string>();
        await foreach (var column in ReadAsync(sql, row => row.GetString(0), cancellationToken).ConfigureAwait(false))
        {
            columns.Add(column);
        }

        return columns;
    }

    private async Task<long> CountAsync(string table, CancellationToken cancellationToken)
    {
        await foreach (var count in ReadAsync(
            $"SELECT count(*) FROM \"{table}\"", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))
        {
            return count;
        }

        return 0;
    }

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string sql, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = _connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.Transaction = _transaction;
            command.CommandTimeout = 0;
            var rows = await TranslateAsync(() => command.ExecuteReaderAsync(cancellationToken)).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await TranslateAsync(() => rows.ReadAsync(cancellationToken)).ConfigureAwait(false))
                {
                    yield return read(rows);
                }
            }
        }
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw Translate(_address, e);
        }
    }
}
