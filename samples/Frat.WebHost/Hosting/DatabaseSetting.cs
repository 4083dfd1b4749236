using Microsoft.Data.Sqlite;

namespace Frat.WebHost;

/// <summary>
/// Where people and attendance are kept. The first of these that is set counts: <c>Frat:Database</c> (a path, or a connection
/// string), <c>ConnectionStrings:Frat</c>, and <c>DATABASE_URL</c> in the form that the original application took. Without any of
/// them it is <c>frat.db</c> in the content root. Relative paths start at the content root.
/// </summary>
internal static class DatabaseSetting
{
    private const string Key = "Frat:Database";
    private const string ConnectionStringKey = "ConnectionStrings:Frat";
    private const string UrlKey = "DATABASE_URL";
    private const string SqliteScheme = "sqlite:///";
    private const string DefaultFile = "frat.db";

    /// <summary>The connection string for SQLite, with the full path of the file.</summary>
    /// <exception cref="SettingException">What is set can't be understood, or names a database that is not supported.</exception>
    public static SqliteConnectionStringBuilder Read(IConfiguration configuration, string contentRoot)
    {
        var (key, connection) = (configuration[Key], configuration[ConnectionStringKey], configuration[UrlKey]) switch
        {
            ({ Length: > 0 } database, _, _) => (Key, database.Contains('=', StringComparison.Ordinal) ? Parse(Key, database) : OfFile(database)),
            (_, { Length: > 0 } connectionString, _) => (ConnectionStringKey, Parse(ConnectionStringKey, connectionString)),
            (_, _, { Length: > 0 } url) => (UrlKey, OfFile(PathOf(url))),
            _ => (Key, OfFile(DefaultFile)),
        };
        if (connection.DataSource.Length == 0 || connection.DataSource.StartsWith(':') || connection.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || connection.Mode == SqliteOpenMode.Memory)
        {
            throw new SettingException($"{key} must name a file, such as \"Data Source=frat.db\": attendance has to outlive the process.");
        }

        connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
        return connection;
    }

    // Nobody stands before a kiosk for the half minute that the provider would wait for another program's lock.
    private static SqliteConnectionStringBuilder OfFile(string path) => new() { DataSource = path, DefaultTimeout = 10 };

    private static SqliteConnectionStringBuilder Parse(string key, string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new SettingException($"{key} is no connection string for SQLite: {exception.Message}");
        }
    }

    // As SQLAlchemy reads it: three slashes and a relative path, or four and an absolute one. The value may hold a password: it is not repeated.
    private static string PathOf(string url) => url switch
    {
        _ when url.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase) && url.Length > SqliteScheme.Length =>
            Uri.UnescapeDataString(url[SqliteScheme.Length..].Split('?')[0]),
        _ when url.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) =>
            throw new SettingException($"{UrlKey} names a PostgreSQL database, which this version does not support yet: use sqlite:///frat.db, or set {Key}, which goes before it."),
        _ => throw new SettingException($"{UrlKey} is not understood: write sqlite:///frat.db, or sqlite:////var/lib/frat/frat.db for a full path, or set {Key}, which goes before it."),
    };
}
