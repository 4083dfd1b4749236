using System.Data.Common;
using Frat.Storage.EfCore.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Frat.WebHost;

/// <summary>
/// Where people and attendance are kept. The first of these that is set counts: <c>Frat:Database</c> (a path, a connection
/// string for SQLite or PostgreSQL, or a URL), <c>ConnectionStrings:Frat</c>, and <c>DATABASE_URL</c> in the form that the original
/// application took. Without any of them it is the SQLite file <c>frat.db</c> in the <see cref="DataFolder"/>. Relative paths start at the
/// content root.
/// </summary>
/// <param name="ConnectionString">For the database's provider; it may hold a password.</param>
/// <param name="Name">What messages call the database: no user, no password.</param>
/// <param name="IsPostgreSql">Whether the database is PostgreSQL's, not SQLite's.</param>
internal sealed record DatabaseSetting(string ConnectionString, string Name, bool IsPostgreSql)
{
    private const string Key = "Frat:Database";
    private const string ConnectionStringKey = "ConnectionStrings:Frat";
    private const string UrlKey = "DATABASE_URL";
    private const string SqliteScheme = "sqlite:///";

    // Nobody stands before a kiosk for longer, and SQLite's provider would wait half a minute for another program's lock.
    private const int LockTimeout = 10;

    /// <summary>Reads what is set.</summary>
    /// <exception cref="SettingException">What is set can't be understood, or names a database that is not supported.</exception>
    public static DatabaseSetting Read(IConfiguration configuration, string contentRoot) =>
        (configuration[Key], configuration[ConnectionStringKey], configuration[UrlKey]) switch
        {
            ({ Length: > 0 } database, _, _) => ReadAny(Key, database, contentRoot),
            (_, { Length: > 0 } connectionString, _) => ReadConnectionString(ConnectionStringKey, connectionString, contentRoot),
            (_, _, { Length: > 0 } url) => ReadUrl(UrlKey, url, contentRoot),
            _ => OfFile(Key, DataFolder.FindDatabase(configuration[DataFolder.Key], contentRoot), contentRoot),
        };

    /// <summary>Adds the store.</summary>
    public void AddTo(FratBuilder frat)
    {
        if (IsPostgreSql)
        {
            frat.UsePostgreSql(ConnectionString);
        }
        else
        {
            frat.UseSqlite(ConnectionString);
        }
    }

    // The value may hold a password: it is not printed with the rest of the record.
    public override string ToString() => Name;

    private static DatabaseSetting ReadAny(string key, string value, string contentRoot)
    {
        // Whatever begins like a URL is one: as a path, it would put the password of another database's into messages and on disk.
        if (PostgreSqlUrl.IsUrl(value) || LooksLikeUrl(value))
        {
            return ReadUrl(key, value, contentRoot);
        }

        return value.Contains('=', StringComparison.Ordinal)
            ? ReadConnectionString(key, value, contentRoot)
            : OfFile(key, value, contentRoot);
    }

    private static bool LooksLikeUrl(string value) => value.Split('=')[0].Contains("://", StringComparison.Ordinal);

    private static DatabaseSetting ReadConnectionString(string key, string connectionString, string contentRoot)
    {
        if (NamesServer(key, connectionString))
        {
            return OfServer(key, connectionString);
        }

        try
        {
            return OfFile(key, new SqliteConnectionStringBuilder(connectionString), contentRoot);
        }
        catch (ArgumentException)
        {
            throw new SettingException(
                $"{key} is no connection string for SQLite, which knows \"Data Source=…\", and as one for PostgreSQL it lacks \"Host=…\".");
        }
    }

    // As SQLAlchemy reads it: three slashes and a relative path, or four and an absolute one. The value may hold a password: it is not
    // repeated.
    private static DatabaseSetting ReadUrl(string key, string url, string contentRoot)
    {
        if (url.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase) && url.Length > SqliteScheme.Length)
        {
            return OfFile(key, Uri.UnescapeDataString(url[SqliteScheme.Length..].Split('?')[0]), contentRoot);
        }

        if (!PostgreSqlUrl.IsUrl(url))
        {
            throw NotUnderstood(key);
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = PostgreSqlUrl.ToConnectionString(url) };
            if (!parts.ContainsKey("Timeout"))
            {
                parts["Timeout"] = LockTimeout;
            }

            return OfServer(key, parts.ConnectionString);
        }
        catch (FormatException exception)
        {
            throw new SettingException($"{key} {exception.Message}");
        }
    }

    private static bool NamesServer(string key, string connectionString)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return parts.ContainsKey("Host") || parts.ContainsKey("Server");
        }
        catch (ArgumentException)
        {
            // The message of the exception may quote what comes behind a password with a semicolon.
            throw new SettingException(
                $"{key} is no connection string: it is made of key=value pairs with semicolons between, and a value with a semicolon is in double quotes.");
        }
    }

    private static DatabaseSetting OfServer(string key, string connectionString)
    {
        NpgsqlConnectionStringBuilder server;
        try
        {
            server = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            throw new SettingException(
                $"{key} is no connection string for PostgreSQL: write \"Host=server;Database=frat;Username=frat;Password=…\", with keys that Npgsql knows and a value with a semicolon in double quotes.");
        }

        if (string.IsNullOrEmpty(server.Host) || string.IsNullOrEmpty(server.Database))
        {
            throw new SettingException($"{key} must name server and database, such as \"Host=localhost;Database=frat;Username=frat\".");
        }

        return new DatabaseSetting(connectionString, $"{server.Database} at {server.Host}:{server.Port}", IsPostgreSql: true);
    }

    private static SettingException NotUnderstood(string key) => new(
        $"{key} is not understood: write postgresql://user:password@server/frat, or sqlite:///frat.db, or sqlite:////var/lib/frat/frat.db for a full path.");

    private static DatabaseSetting OfFile(string key, string path, string contentRoot) =>
        OfFile(key, new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = LockTimeout }, contentRoot);

    private static DatabaseSetting OfFile(string key, SqliteConnectionStringBuilder connection, string contentRoot)
    {
        if (LooksLikeUrl(connection.DataSource))
        {
            throw NotUnderstood(key);
        }

        if (connection.DataSource.Length == 0 || connection.DataSource.StartsWith(':') || connection.DataSource.StartsWith(
            "file:", StringComparison.OrdinalIgnoreCase)
            || connection.Mode == SqliteOpenMode.Memory)
        {
            throw new SettingException($"{key} must name a file, such as \"Data Source=frat.db\": attendance has to outlive the process.");
        }

        connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
        return new DatabaseSetting(connection.ConnectionString, connection.DataSource, IsPostgreSql: false);
    }
}
