using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Frat.Storage.EfCore;

/// <summary>A value of a row isn't what its column is for. SQLite keeps whatever somebody writes.</summary>
internal sealed class DamagedRowException(string column) : Exception($"What the row has as {column} can't be read.");

/// <summary>
/// A row as the database gives it. EF Core ends the whole query at the first value that it can't convert; here one damaged row stops no
/// other.
/// </summary>
internal readonly struct RawRow(object[] values)
{
    /// <summary>Runs a query, whose projection has the columns in order, as part of the context's transaction, where it has one.</summary>
    public static async IAsyncEnumerable<RawRow> ReadAsync(
        FratDbContext context, IQueryable query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Through EF Core all the same, so that anyone who listens to its commands hears of this one, too.
        IRelationalCommand command;
        IReadOnlyDictionary<string, object?> values;
        var made = query.CreateDbCommand();
        await using (made.ConfigureAwait(false))
        {
            var parameters = made.Parameters.Cast<object>().ToList();
            made.Parameters.Clear();
            var built = context.GetService<IRawSqlCommandBuilder>().Build(made.CommandText, parameters, context.Model);
            (command, values) = (built.RelationalCommand, built.ParameterValues);
        }

        var reader = await command.ExecuteReaderAsync(
            new RelationalCommandParameterObject(
                context.GetService<IRelationalConnection>(),
                values,
                readerColumns: null,
                context,
                context.GetService<IRelationalCommandDiagnosticsLogger>()),
            cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var row = new object[reader.DbDataReader.FieldCount];
                reader.DbDataReader.GetValues(row);
                yield return new RawRow(row);
            }
        }
    }

    public bool IsNull(int column) => values[column] is DBNull;

    /// <exception cref="DamagedRowException">It is no id.</exception>
    public Guid Id(int column, string name) => values[column] switch
    {
        Guid id => id,
        string text when Guid.TryParse(text, out var id) => id,
        _ => throw new DamagedRowException(name),
    };

    /// <summary>An id for a message about a row that may be damaged.</summary>
    public Guid IdOrEmpty(int column) =>
        values[column] switch { Guid id => id, string text when Guid.TryParse(text, out var id) => id, _ => Guid.Empty };

    /// <exception cref="DamagedRowException">It is no text.</exception>
    public string Text(int column, string name) => values[column] as string ?? throw new DamagedRowException(name);

    /// <exception cref="DamagedRowException">It is no text.</exception>
    public string? TextOrNull(int column, string name) => IsNull(column) ? null : Text(column, name);

    /// <exception cref="DamagedRowException">They are no bytes.</exception>
    public byte[] Bytes(int column, string name) => values[column] as byte[] ?? throw new DamagedRowException(name);

    public byte[]? BytesOrNull(int column) => values[column] as byte[];

    /// <exception cref="DamagedRowException">It is no number.</exception>
    public long Number(int column, string name) =>
        values[column] switch { long number => number, int number => number, _ => throw new DamagedRowException(name) };

    /// <exception cref="DamagedRowException">It is neither true nor false.</exception>
    public bool Flag(int column, string name) => values[column] switch
    {
        bool flag => flag,
        0L => false,
        1L => true,
        _ => throw new DamagedRowException(name),
    };

    /// <exception cref="DamagedRowException">It is no date.</exception>
    public DateOnly? DateOrNull(int column, string name) => values[column] switch
    {
        DBNull => null,
        DateOnly date => date,
        DateTime date => DateOnly.FromDateTime(date),
        string text when DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        _ => throw new DamagedRowException(name),
    };

    /// <exception cref="DamagedRowException">It is no instant.</exception>
    public DateTimeOffset Instant(int column, string name) => values[column] switch
    {
        DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
        string text when DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var utc) =>
            new DateTimeOffset(utc, TimeSpan.Zero),
        _ => throw new DamagedRowException(name),
    };
}
