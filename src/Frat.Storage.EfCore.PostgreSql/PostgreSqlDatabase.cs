using System.Net;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>Where the database is, and how it is reached: what FRAT makes of the application's connection string. Thread-safe.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>How long a connection may be silent before the client asks whether the server is still there, in seconds.</summary>
    private const int KeepAliveSeconds = 10;

    private readonly string _connectionString;
    private readonly Lazy<NpgsqlDataSource> _source;

    /// <summary>Reads the connection string.</summary>
    /// <exception cref="ArgumentException">It can't be read, or names no server or no database.</exception>
    public PostgreSqlDatabase(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
        {
            throw new ArgumentException(
                "The connection string must name server and database, such as \"Host=localhost;Database=frat;Username=frat\".",
                nameof(connectionString));
        }

        Name = builder.Host.StartsWith('/')
            ? $"{builder.Database} at {builder.Host}"
            : $"{builder.Database} at {builder.Host}:{builder.Port}";
        DatabaseName = builder.Database;
        IsReadOnly = builder.Options?.Contains("default_transaction_read_only=on", StringComparison.OrdinalIgnoreCase) == true;
        IsOpenToOthers = builder.SslMode != SslMode.VerifyFull && !builder.Host.Split(',').All(IsHere);
        UserName = builder.Username;

        // Zero is for ever, as for SQLite.
        Patience = builder.Timeout > 0 ? TimeSpan.FromSeconds(builder.Timeout) : Timeout.InfiniteTimeSpan;
        builder.ApplicationName ??= "FRAT";
        builder.Enlist = false;
        if (builder.KeepAlive == 0)
        {
            builder.KeepAlive = KeepAliveSeconds;
        }

        // The server's details of an error quote rows.
        builder.IncludeErrorDetail = false;
        builder.PersistSecurityInfo = false;
        _connectionString = builder.ConnectionString;
        Settings = string.Join(';', builder.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}={builder[key]}"));

        // Without a logger: Npgsql would write every command at level Information.
        _source = new Lazy<NpgsqlDataSource>(() => new NpgsqlDataSourceBuilder(_connectionString).Build());
    }

    /// <summary>How messages call it: database, server and port. No user, no password.</summary>
    public string Name { get; }

    public string DatabaseName { get; }

    /// <summary>Whether the connection string's options forbid writing.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether the way to the server leads to another machine, and whoever is on it could pass for the server.</summary>
    public bool IsOpenToOthers { get; }

    /// <summary>Null where the operating system's account is taken.</summary>
    public string? UserName { get; }

    /// <summary>How long a call goes on trying.</summary>
    public TimeSpan Patience { get; }

    /// <summary>
    /// All that it is reached by, in one order, whatever the order in which it was written. It may hold a password: it is compared, never
    /// shown.
    /// </summary>
    public string Settings { get; }

    /// <summary>The pool.</summary>
    public NpgsqlDataSource Source => _source.Value;

    /// <summary>A connection outside the pool, so that listening takes none away from the stores.</summary>
    public NpgsqlConnection CreateLasting() =>
        new(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false, ApplicationName = "FRAT changes" }.ConnectionString);

    public void Dispose()
    {
        if (_source.IsValueCreated)
        {
            _source.Value.Dispose();
        }
    }

    private static bool IsHere(string host)
    {
        host = host.Trim();
        return host.StartsWith('/') || host.StartsWith('@') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Split(':') is [var name, _] ? name : host.Trim('[', ']'), out var address)
                && IPAddress.IsLoopback(address))
            || (host.Split(':') is [var local, _] && local.Equals("localhost", StringComparison.OrdinalIgnoreCase));
    }

    public ValueTask DisposeAsync() => _source.IsValueCreated ? _source.Value.DisposeAsync() : ValueTask.CompletedTask;
}
