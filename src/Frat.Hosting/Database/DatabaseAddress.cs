using System.Data.Common;
using Frat.Storage.EfCore.PostgreSql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Frat.Hosting;

/// <summary>
/// A database as people name one: a path, a connection string for SQLite (<c>Data Source=…</c>) or PostgreSQL (<c>Host=…</c>), or a URL,
/// <c>sqlite:///…</c> or <c>postgresql://…</c>, in the form that SQLAlchemy takes. Immutable.
/// </summary>
public sealed class DatabaseAddress
{
    private const string DatabaseUrl = "DATABASE_URL";
    private const string ConnectionStringKey = "ConnectionStrings:Frat";

    // Nobody stands before a kiosk for longer, and SQLite's provider would wait half a minute for another program's lock.
    private const int HostTimeout = 10;

    private const string NotUnderstood =
        "is not understood: write postgresql://user:password@server/frat, or sqlite:///frat.db, or sqlite:////var/lib/frat/frat.db for a "
            + "full path.";

    private DatabaseAddress(DatabaseKind kind, string connectionString, string name) =>
        (Kind, ConnectionString, Name) = (kind, connectionString, name);

    /// <summary>Which database.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>For the provider of .NET. It may hold a password: never show it.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// What messages call the database: the file's full path, or database, server and port. No user, no password.
    /// </summary>
    public string Name { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="baseFolder">Where relative paths start; null for the working folder.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">
    /// It can't be understood, or names a database that FRAT has no store for. The message is what may follow "The setting …", and
    /// repeats nothing of the address, for the sake of a password in it.
    /// </exception>
    public static DatabaseAddress Parse(string text, string? baseFolder = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text, baseFolder, timeout: null);
    }

    /// <summary>
    /// Reads what a configuration says. The first of these that is set counts: <c>Frat:Database</c>, <c>ConnectionStrings:Frat</c>,
    /// <c>DATABASE_URL</c>. Without any of them it is the SQLite file <c>frat.db</c> in the data folder: that of <c>Frat:DataFolder</c>,
    /// or the account's, which is made where it is missing. Locks of others are waited for 10 seconds, unless a connection string, or the
    /// parameter <c>connect_timeout</c> of a URL, says otherwise.
    /// </summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="baseFolder">Where relative paths start.</param>
    /// <returns>The address.</returns>
    /// <exception cref="SettingException">What is set can't be understood; the message names the key.</exception>
    public static DatabaseAddress Read(IConfiguration configuration, string baseFolder)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrWhiteSpace(baseFolder);
        foreach (var key in (string[])[DatabaseSettings.DatabaseKey, ConnectionStringKey, DatabaseUrl])
        {
            if (configuration[key] is not { Length: > 0 } text)
            {
                continue;
            }

            try
            {
                return Parse(text, baseFolder, HostTimeout);
            }
            catch (FormatException exception)
            {
                throw new SettingException($"{configuration.GetSection(key).Path} {exception.Message}");
            }
        }

        return OfFile(DataFolder.FindDatabase(configuration[DataFolder.Key], baseFolder), baseFolder, HostTimeout);
    }

    /// <summary>The same database, opened so that nothing in it can be changed.</summary>
    public DatabaseAddress AsReadOnly()
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(ConnectionString) { Mode = SqliteOpenMode.ReadOnly };
            return new(Kind, file.ConnectionString, Name);
        }

        var server = new NpgsqlConnectionStringBuilder(ConnectionString);
        server.Options = $"{server.Options} -c default_transaction_read_only=on".TrimStart();
        return new(Kind, server.ConnectionString, Name);
    }

    /// <summary>The <see cref="Name"/>: never the connection string.</summary>
    public override string ToString() => Name;

    private static DatabaseAddress Parse(string text, string? baseFolder, int? timeout)
    {
        // Whatever begins like a URL is one: as a path, it would put the password of another database's into messages and on disk.
        if (LooksLikeUrl(text))
        {
            return OfUrl(text, baseFolder, timeout);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("names no database.");
        }

        return text.Contains('=', StringComparison.Ordinal) && !File.Exists(Path.GetFullPath(text, Base(baseFolder)))
            ? OfConnectionString(text, baseFolder)
            : OfFile(text, baseFolder, timeout);
    }

    private static bool LooksLikeUrl(string text) => text.Split('=')[0].Contains("://", StringComparison.Ordinal);

    private static string Base(string? folder) => folder ?? Directory.GetCurrentDirectory();

    private static DatabaseAddress OfUrl(string url, string? baseFolder, int? timeout)
    {
        var at = url.IndexOf("://", StringComparison.Ordinal);
        if (url[..at].Split('+')[0].Equals("sqlite", StringComparison.OrdinalIgnoreCase))
        {
            // As SQLAlchemy reads it: three slashes and a relative path, or four and an absolute one.
            var path = url[(at + 3)..].Split('?')[0];
            return path is ['/', _, ..] ? OfFile(Uri.UnescapeDataString(path[1..]), baseFolder, timeout) : throw new FormatException(
                NotUnderstood);
        }

        if (!PostgreSqlUrl.IsUrl(url))
        {
            throw new FormatException(NotUnderstood);
        }

        var parts = new DbConnectionStringBuilder { ConnectionString = PostgreSqlUrl.ToConnectionString(url) };
        if (timeout is not null && !parts.ContainsKey("Timeout"))
        {
            parts["Timeout"] = timeout;
        }

        return OfServer(parts.ConnectionString);
    }

    private static DatabaseAddress OfConnectionString(string text, string? baseFolder)
    {
        DbConnectionStringBuilder parts;
        try
        {
            parts = new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            // The message of the exception may quote what comes behind a password with a semicolon.
            throw new FormatException(
                "is no connection string: it is made of key=value pairs with semicolons between, and a value with a semicolon is in double "
                    + "quotes.");
        }

        if (parts.ContainsKey("Host") || parts.ContainsKey("Server"))
        {
            return OfServer(text);
        }

        try
        {
            return OfFile(new SqliteConnectionStringBuilder(text), baseFolder);
        }
        catch (ArgumentException)
        {
            throw new FormatException(
                "is no connection string for SQLite, which knows \"Data Source=…\", and as one for PostgreSQL it lacks \"Host=…\".");
        }
    }

    private static DatabaseAddress OfServer(string connectionString)
    {
        NpgsqlConnectionStringBuilder server;
        try
        {
            server = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            throw new FormatException(
                "is no connection string for PostgreSQL: write \"Host=server;Database=frat;Username=frat;Password=…\", "
                    + "with keys that Npgsql knows and a value with a semicolon in double quotes.");
        }

        return string.IsNullOrEmpty(server.Host) || string.IsNullOrEmpty(server.Database)
            ? throw new FormatException("must name server and database, such as \"Host=localhost;Database=frat;Username=frat\".")
            : new DatabaseAddress(DatabaseKind.PostgreSql, connectionString, $"{server.Database} at {server.Host}:{server.Port}");
    }

    private static DatabaseAddress OfFile(string path, string? baseFolder, int? timeout)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = path };
        if (timeout is { } seconds)
        {
            file.DefaultTimeout = seconds;
        }

        return OfFile(file, baseFolder);
    }

    private static DatabaseAddress OfFile(SqliteConnectionStringBuilder file, string? baseFolder)
    {
        if (LooksLikeUrl(file.DataSource))
        {
            throw new FormatException(NotUnderstood);
        }

        if (string.IsNullOrWhiteSpace(file.DataSource) || file.DataSource.StartsWith(':') || file.Mode == SqliteOpenMode.Memory
            || file.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("must name a file, such as \"Data Source=frat.db\": attendance has to outlive the process.");
        }

        file.DataSource = Path.GetFullPath(file.DataSource, Base(baseFolder));
        return new DatabaseAddress(DatabaseKind.Sqlite, file.ConnectionString, file.DataSource);
    }
}
