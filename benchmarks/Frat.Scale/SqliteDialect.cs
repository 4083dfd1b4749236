using System.Globalization;
using Frat.Storage.EfCore;
using Microsoft.Data.Sqlite;

namespace Frat.Scale;

internal sealed class SqliteDialect(FratDbContext context) : Dialect(context)
{
    public override Task PrepareAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-200000;", cancellationToken);

    public override async Task FinishAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("ANALYZE", cancellationToken);
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
    }

    // As EF Core writes a Guid: text in upper case.
    public override string Id(string prefix, string number) => $"printf('{prefix.ToUpperInvariant()}%012X', {number})";

    public override (string Instant, string Local) Time(DateOnly first, int people)
    {
        var text = $"strftime('%Y-%m-%d %H:%M:%S', {Literal(first)}, '+' || (n / {people} / 2) || ' days', "
            + $"'+' || (8 + n / {people} % 2 * 9) || ' hours', '+' || (n % {people} % 3600) || ' seconds')";
        return (text, text);
    }

    public override string Morning(DateOnly first, int people) =>
        $"strftime('%Y-%m-%d %H:%M:%S', {Literal(first)}, '+' || (n / {people}) || ' days', '+8 hours', "
        + $"'+' || (n % {people} % 3600) || ' seconds')";

    public override string Date(DateOnly first, string days) => $"strftime('%Y-%m-%d', {Literal(first)}, '+' || {days} || ' days')";

    public override string Flag(string condition) => $"({condition})";

    public override async Task CopyAsync(IEnumerable<TemplateRow> rows, CancellationToken cancellationToken)
    {
        var columns = Columns(typeof(TemplateRow));
        var connection = (SqliteConnection)await OpenAsync(cancellationToken);
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText =
            $"INSERT INTO templates ({string.Join(", ", columns.Select(column => column.Column))}) "
            + $"VALUES ({string.Join(", ", columns.Select(column => "$" + column.Column))})";
        var parameters = columns.Select(column => insert.Parameters.Add(new SqliteParameter("$" + column.Column, null))).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                parameters[i].Value = columns[i].Value(row) ?? DBNull.Value;
            }

            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    protected override string Series(long count) =>
        $"(WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < {count - 1}) SELECT n FROM c) AS series";

    private static string Literal(DateOnly date) => $"'{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
