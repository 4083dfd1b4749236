using System.Globalization;
using Frat.Storage.EfCore;
using Npgsql;

namespace Frat.Scale;

internal sealed class PostgreSqlDialect(FratDbContext context) : Dialect(context)
{
    private readonly List<string> _indexes = [];

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)await OpenAsync(cancellationToken);
        var names = new List<string>();

        // The large tables' indexes are made at the end, but for the primary keys: that is faster than row by row.
        await using (var command = new NpgsqlCommand(
            """
            SELECT indexname, indexdef FROM pg_indexes
            WHERE tablename IN ('punches', 'attendance_days', 'templates') AND indexname NOT LIKE 'PK\_%'
            """,
            connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                names.Add(reader.GetString(0));
                _indexes.Add(reader.GetString(1));
            }
        }

        foreach (var name in names)
        {
            await ExecuteAsync($"DROP INDEX \"{name}\"", cancellationToken);
        }

        // No triggers, so no look for foreign keys.
        await ExecuteAsync("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'", cancellationToken);
    }

    public override async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var index in _indexes)
        {
            await ExecuteAsync(index, cancellationToken);
        }

        await ExecuteAsync("VACUUM ANALYZE", cancellationToken);
        await ExecuteAsync("CHECKPOINT", cancellationToken);
    }

    public override string Id(string prefix, string number) => $"('{prefix}' || lpad(to_hex({number}), 12, '0'))::uuid";

    public override (string Instant, string Local) Time(DateOnly first, int people)
    {
        var local = $"({Literal(first)} + (n / {people} / 2) * interval '1 day' + (8 + n / {people} % 2 * 9) * interval '1 hour' "
            + $"+ (n % {people} % 3600) * interval '1 second')";
        return ($"({local} AT TIME ZONE 'UTC')", local);
    }

    public override string Morning(DateOnly first, int people) =>
        $"({Literal(first)} + (n / {people}) * interval '1 day' + interval '8 hours' + (n % {people} % 3600) * interval '1 second')";

    public override string Date(DateOnly first, string days) => $"({Literal(first)} + {days} * interval '1 day')::date";

    public override string Flag(string condition) => $"({condition})";

    public override async Task CopyAsync(IEnumerable<TemplateRow> rows, CancellationToken cancellationToken)
    {
        var columns = Columns(typeof(TemplateRow));
        var connection = (NpgsqlConnection)await OpenAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY templates ({string.Join(", ", columns.Select(column => column.Column))}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var (_, value) in columns)
            {
                if (value(row) is { } given)
                {
                    await copy.WriteAsync(given, cancellationToken);
                }
                else
                {
                    await copy.WriteNullAsync(cancellationToken);
                }
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    protected override string Series(long count) => $"generate_series(0::bigint, {count - 1}) AS n";

    private static string Literal(DateOnly date) => $"timestamp '{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
