using System.Data;
using System.Data.Common;
using Frat.Storage.EfCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Frat.Scale;

/// <summary>How a database is filled fast. In expressions, <c>n</c> counts from 0.</summary>
internal abstract class Dialect(FratDbContext context)
{
    protected FratDbContext Context { get; } = context;

    /// <summary>Lets go of what only costs time while one program fills the database.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Brings everything back, and the statistics up to date.</summary>
    public abstract Task FinishAsync(CancellationToken cancellationToken);

    /// <summary>An id whose last 12 digits are a number.</summary>
    public abstract string Id(string prefix, string number);

    /// <summary>The moment of punch n: a morning or an evening, spread over an hour.</summary>
    public abstract (string Instant, string Local) Time(DateOnly first, int people);

    /// <summary>The morning of the day n.</summary>
    public abstract string Morning(DateOnly first, int people);

    public abstract string Date(DateOnly first, string days);

    public abstract string Flag(string condition);

    /// <summary>Stores rows as they are.</summary>
    public abstract Task CopyAsync(IEnumerable<TemplateRow> rows, CancellationToken cancellationToken);

    /// <summary>Multiplies the first row of a table.</summary>
    /// <param name="table">The table; nothing happens where there is none.</param>
    /// <param name="count">How many rows come to it.</param>
    /// <param name="changes">
    /// What differs, by column: an expression, or nothing where the database gives the value. Columns that aren't there are passed over.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task MultiplyAsync(string table, long count, Dictionary<string, string> changes, CancellationToken cancellationToken)
    {
        if (Context.Model.GetEntityTypes().FirstOrDefault(entity => entity.GetTableName() == table) is not { } type)
        {
            return;
        }

        var columns = type.GetProperties().Select(property => property.GetColumnName())
            .Where(column => changes.GetValueOrDefault(column) != "").ToList();
        await ExecuteAsync(
            $"""
            INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", columns.Select(column => changes.GetValueOrDefault(column) ?? $"s.\"{column}\""))}
            FROM (SELECT * FROM {table} LIMIT 1) AS s, {Series(count)}
            """,
            cancellationToken);
    }

    protected abstract string Series(long count);

    protected async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    protected async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = Context.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            await Context.Database.OpenConnectionAsync(cancellationToken);
        }

        return connection;
    }

    /// <summary>The columns of a row, and how to get what the database keeps in them.</summary>
    protected (string Column, Func<object, object?> Value)[] Columns(Type row)
    {
        IEntityType type = Context.Model.FindEntityType(row)!;
        return [.. type.GetProperties().Select(property => (
            property.GetColumnName(),
            new Func<object, object?>(instance =>
            {
                var value = property.PropertyInfo!.GetValue(instance);
                return property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
            })))];
    }
}
