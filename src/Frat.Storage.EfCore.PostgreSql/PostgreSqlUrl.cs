using System.Globalization;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>
/// A database's address as libpq, SQLAlchemy and many hosting providers write it:
/// <c>postgresql://user:password@server:5432/database?sslmode=require</c>. See "Connection URIs" in libpq's documentation. Stateless.
/// </summary>
public static class PostgreSqlUrl
{
    // libpq's parameters, by Npgsql's names.
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["channel_binding"] = "Channel Binding",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>Whether the scheme is PostgreSQL's, also with the name of a Python driver behind it.</summary>
    /// <param name="value">What may be an address.</param>
    /// <returns>True for <c>postgres://</c>, <c>postgresql://</c> and <c>postgresql+psycopg2://</c>, whatever follows.</returns>
    public static bool IsUrl(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Split("://", 2) is [var scheme, _] && scheme.Split('+')[0].ToUpperInvariant() is "POSTGRES" or "POSTGRESQL";
    }

    /// <summary>Turns the address into a connection string.</summary>
    /// <param name="url">The address.</param>
    /// <returns>What <c>UsePostgreSql()</c> takes.</returns>
    /// <exception cref="FormatException">
    /// It can't be understood. The message is what may follow "The setting …" and repeats no value: one of them is a password.
    /// </exception>
    public static string ToConnectionString(string url)
    {
        if (!IsUrl(url))
        {
            throw new FormatException($"is no address of a PostgreSQL database: {Example}");
        }

        var connection = new NpgsqlConnectionStringBuilder();
        var (address, query) = Split(url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..], '?');
        var (authority, path) = Split(address, '/', last: true);

        // The last @, because people don't escape those in their passwords.
        var (user, server) = authority.LastIndexOf('@') is >= 0 and var at ? (authority[..at], authority[(at + 1)..]) : ("", authority);
        var (name, password) = Split(user, ':');
        Set("user", name);
        Set("password", password);
        SetServer(server);
        Set("dbname", path);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (parameter, value) = Split(pair, '=');
            Set(parameter, value);
        }

        return string.IsNullOrEmpty(connection.Host) ? throw new FormatException($"names no server: {Example}")
            : string.IsNullOrEmpty(connection.Database) ? throw new FormatException($"names no database: {Example}")
            : connection.ConnectionString;

        void SetServer(string text)
        {
            // Npgsql reads a list of servers with their ports itself. An IPv6 address is in brackets.
            var colon = text.Contains(',', StringComparison.Ordinal) ? -1 : text.IndexOf(':', text.LastIndexOf(']') + 1);
            if (colon >= 0)
            {
                connection.Port = int.TryParse(text[(colon + 1)..], CultureInfo.InvariantCulture, out var port)
                    && port is > 0 and <= ushort.MaxValue
                    ? port
                    : throw new FormatException($"names no port from 1 to 65535 behind the server: {Example}");
                text = text[..colon];
            }

            Set("host", text.Trim('[', ']'));
        }

        void Set(string parameter, string value)
        {
            if (value.Length == 0)
            {
                return;
            }

            if (!Parameters.TryGetValue(parameter, out var keyword))
            {
                throw new FormatException(
                    $"has a parameter that is not known: {parameter}. Known are: {string.Join(", ", Parameters.Keys)}.");
            }

            try
            {
                value = Uri.UnescapeDataString(value);
                connection[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
            {
                throw new FormatException($"has a value that can't be used: {parameter}.");
            }
        }
    }

    private static string Example => "write postgresql://user:password@server:5432/frat.";

    private static (string First, string Second) Split(string text, char separator, bool last = false) =>
        (last ? text.LastIndexOf(separator) : text.IndexOf(separator)) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
}
