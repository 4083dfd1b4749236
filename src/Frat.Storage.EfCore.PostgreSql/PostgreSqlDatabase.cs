using System.Net;
using System.Text.RegularExpressions;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>Where the database is, and how it is reached: what FRAT makes of the application's connection string. Thread-safe.</summary>
internal sealed partial class PostgreSqlDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>How long a connection may be silent before the client asks whether the server is still there, in seconds.</summary>
    private const int KeepAliveSeconds = 10;

    private readonly string _connectionString;
    private readonly Lazy<NpgsqlDataSource> _source;
    private readonly bool _isOwn;

    /// <summary>Reads the connection string.</summary>
    /// <exception cref="ArgumentException">
    /// It can't be read, or names no server or no database; or the schema is none, or another one than the connection string's.
    /// </exception>
    public PostgreSqlDatabase(string connectionString, PostgreSqlStoreOptions? options = null)
        : this(Read(connectionString, CheckSchema(options?.Schema)), options, source: null)
    {
    }

    /// <summary>Takes a data source of the application's, which stays the application's.</summary>
    /// <exception cref="InvalidOperationException">It is set so that FRAT can't use it.</exception>
    public PostgreSqlDatabase(NpgsqlDataSource source, PostgreSqlStoreOptions options)
        : this(new NpgsqlConnectionStringBuilder(source.ConnectionString), options, source)
    {
    }

    private PostgreSqlDatabase(NpgsqlConnectionStringBuilder builder, PostgreSqlStoreOptions? options, NpgsqlDataSource? source)
    {
        Schema = CheckSchema(options?.Schema);
        Migrate = options?.Migrate ?? MigrateMode.AtStart;
        if (source is not null)
        {
            CheckSource(builder);
        }

        DatabaseName = builder.Database ?? "";
        Name = $"{DatabaseName} at {builder.Host}" + (builder.Host?.StartsWith('/') == true ? "" : $":{builder.Port}")
            + (Schema is null ? "" : $", schema {Schema}");
        IsReadOnly = builder.Options?.Contains("default_transaction_read_only=on", StringComparison.OrdinalIgnoreCase) == true;
        IsOpenToOthers = builder.SslMode != SslMode.VerifyFull && builder.Host?.Split(',').All(IsHere) == false;
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
        _isOwn = source is null;
        _source = new Lazy<NpgsqlDataSource>(() => source ?? new NpgsqlDataSourceBuilder(_connectionString).Build());
    }

    /// <summary>Where all of FRAT's tables are; null where the connection's search path says so.</summary>
    public string? Schema { get; }

    /// <summary>What becomes of an older schema when a host starts.</summary>
    public MigrateMode Migrate { get; }

    /// <summary>What to run on each connection before it is used; null where the connection string says it all.</summary>
    public string? Greeting => _isOwn || Schema is null ? null : $"SET search_path TO {Quoted}";

    /// <summary>The schema as SQL has it.</summary>
    public string? Quoted => Schema is null ? null : Quote(Schema);

    /// <summary>How messages call it: database, server and port. No user, no password.</summary>
    public string Name { get; }

    public string DatabaseName { get; }

    /// <summary>Whether the connection string's options forbid writing.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether the way to the server leads to another machine, and anyone who is on it could pass for the server.</summary>
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

    /// <summary>
    /// A connection outside the pool, so that listening takes none away from the stores. Of a data source that the application brought, it
    /// is one of its pool: only that knows the password.
    /// </summary>
    public NpgsqlConnection CreateLasting() => _isOwn
        ? new(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false, ApplicationName = "FRAT changes" }.ConnectionString)
        : Source.CreateConnection();

    /// <summary>Opens a connection, with <see cref="Greeting"/>.</summary>
    public async Task OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (Greeting is { } greeting)
        {
            var command = new NpgsqlCommand(greeting, connection);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        if (_isOwn && _source.IsValueCreated)
        {
            _source.Value.Dispose();
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string connectionString, string? schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
        {
            throw new ArgumentException(
                "The connection string must name server and database, such as \"Host=localhost;Database=frat;Username=frat\".",
                nameof(connectionString));
        }

        if (schema is not null)
        {
            builder.SearchPath = string.IsNullOrEmpty(builder.SearchPath) || builder.SearchPath == schema
                ? Quote(schema)
                : throw new ArgumentException(
                    "The schema and the connection string's Search Path differ: set one of them.", nameof(connectionString));
        }

        return builder;
    }

    private static string Quote(string schema) => $"\"{schema}\"";

    // Anyone who has it sent to a server must not have it read as two names, nor as SQL.
    private static string? CheckSchema(string? schema) =>
        schema is null
            || (SchemaName().IsMatch(schema) && !schema.StartsWith("pg_", StringComparison.Ordinal) && schema != "information_schema")
            ? schema
            : throw new ArgumentException(
                "A schema's name has 1 to 63 lower-case letters, digits and underscores, and begins with none of the digits, nor with pg_.",
                nameof(schema));

    private static void CheckSource(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.Multiplexing || settings.IncludeErrorDetail)
        {
            throw new InvalidOperationException(
                "FRAT can't use this NpgsqlDataSource: "
                    + (settings.Multiplexing
                        ? "it shares connections between commands (Multiplexing), and FRAT listens and locks by connection."
                        : "its errors quote rows (Include Error Detail), and with them people."));
        }
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z")]
    private static partial Regex SchemaName();

    private static bool IsHere(string host)
    {
        host = host.Trim();
        return host.StartsWith('/') || host.StartsWith('@') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Split(':') is [var name, _] ? name : host.Trim('[', ']'), out var address)
                && IPAddress.IsLoopback(address))
            || (host.Split(':') is [var local, _] && local.Equals("localhost", StringComparison.OrdinalIgnoreCase));
    }

    public ValueTask DisposeAsync() => _isOwn && _source.IsValueCreated ? _source.Value.DisposeAsync() : ValueTask.CompletedTask;
}
