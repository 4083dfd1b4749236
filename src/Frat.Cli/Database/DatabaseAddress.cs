using System.Data.Common;
using Frat.Storage.EfCore.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Frat.Cli.Database;

/// <summary>Which kind of database an address names.</summary>
internal enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>
/// A database as users name one: a path, a connection string of SQLite or PostgreSQL, or a URL in the form that SQLAlchemy takes, which the
/// original application had in <c>DATABASE_URL</c>.
/// </summary>
/// <param name="Kind">Which database.</param>
/// <param name="ConnectionString">For the provider of .NET. May hold a password: it is never shown.</param>
/// <param name="Name">What is shown: the path, or database and host.</param>
internal sealed record DatabaseAddress(DatabaseKind Kind, string ConnectionString, string Name)
{
    /// <summary>What is shown: never the connection string.</summary>
    public override string ToString() => Name;

    /// <summary>Whether a file that has to be there is; if not, tells the user. A server answers for itself when it is called.</summary>
    public bool Exists(Terminal terminal)
    {
        var exists = Kind != DatabaseKind.Sqlite || File.Exists(Name);
        if (!exists)
        {
            terminal.Complain($"{Name}: There is no such database.");
        }

        return exists;
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">
    /// It can't be understood; the message doesn't repeat it, for the sake of a password in it.
    /// </exception>
    public static DatabaseAddress Parse(string text)
    {
        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and var at)
        {
            // "postgresql+psycopg2" names the driver, too.
            var scheme = text[..at].Split('+')[0].ToLowerInvariant();
            return scheme switch
            {
                "sqlite" when text.Length > at + 4 && text[at + 3] == '/' => OfFile(Uri.UnescapeDataString(text[(at + 4)..].Split('?')[0])),
                "postgres" or "postgresql" => OfUrl(text),
                _ => throw new FormatException("The URL is not understood: it begins with sqlite:/// or postgresql://."),
            };
        }

        if (!text.Contains('=', StringComparison.Ordinal) || File.Exists(text))
        {
            return OfFile(text);
        }

        try
        {
            var keys = new DbConnectionStringBuilder { ConnectionString = text }.Keys.Cast<string>()
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            return keys.Overlaps(["Host", "Server"])
                ? OfPostgreSql(new NpgsqlConnectionStringBuilder(text))
                : OfSqlite(new SqliteConnectionStringBuilder(text));
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException)
        {
            throw new FormatException(
                "The connection string is not understood: write \"Data Source=frat.db\", or \"Host=…;Database=…;Username=…\".");
        }
    }

    private static DatabaseAddress OfFile(string path) => string.IsNullOrWhiteSpace(path)
        ? throw new FormatException("The address names no file.")
        : OfSqlite(new SqliteConnectionStringBuilder { DataSource = path });

    private static DatabaseAddress OfSqlite(SqliteConnectionStringBuilder sqlite)
    {
        if (sqlite.DataSource.Length == 0
            || sqlite.DataSource.StartsWith(':')
            || sqlite.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("The connection string must name a file: \"Data Source=frat.db\".");
        }

        return new DatabaseAddress(DatabaseKind.Sqlite, sqlite.ConnectionString, sqlite.DataSource);
    }

    private static DatabaseAddress OfPostgreSql(NpgsqlConnectionStringBuilder postgreSql) =>
        new(DatabaseKind.PostgreSql, postgreSql.ConnectionString, $"{postgreSql.Database ?? postgreSql.Username} on {postgreSql.Host}");

    private static DatabaseAddress OfUrl(string text)
    {
        try
        {
            return OfPostgreSql(new NpgsqlConnectionStringBuilder(PostgreSqlUrl.ToConnectionString(text)));
        }
        catch (FormatException exception)
        {
            throw new FormatException($"The URL {exception.Message}");
        }
    }
}
