using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>Where the database is, and how it is opened: what FRAT makes of the application's connection string. Immutable.</summary>
internal sealed class SqliteDatabaseFile
{
    /// <summary>
    /// The provider waits for a lock by blocking its thread, up to this time. The rest of the wait is asynchronous and can be
    /// cancelled: see <see cref="SqliteProvider"/>.
    /// </summary>
    private const int BlockingSeconds = 1;

    /// <summary>Reads the connection string.</summary>
    /// <exception cref="ArgumentException">It can't be read, or names no file.</exception>
    public SqliteDatabaseFile(string connectionString, SqliteStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.DataSource.Length == 0 || builder.DataSource == ":memory:" || builder.Mode == SqliteOpenMode.Memory
            || builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                "FRAT keeps its records in a file: the connection string must name it as a path, such as \"Data Source=frat.db\".",
                nameof(connectionString));
        }

        // Absolute from now on, so that messages name the file and a change of the working folder doesn't move it.
        Path = System.IO.Path.GetFullPath(builder.DataSource);
        IsReadOnly = builder.Mode == SqliteOpenMode.ReadOnly;
        LockTimeout = builder.DefaultTimeout > 0 ? TimeSpan.FromSeconds(builder.DefaultTimeout) : Timeout.InfiniteTimeSpan;
        builder.DataSource = Path;
        builder.ForeignKeys = true;
        builder.DefaultTimeout = BlockingSeconds;
        ConnectionString = builder.ConnectionString;
        Migrate = options?.Migrate ?? MigrateMode.AtStart;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    public bool IsReadOnly { get; }

    /// <summary>How long to wait for other writers in all.</summary>
    public TimeSpan LockTimeout { get; }

    public string ConnectionString { get; }

    /// <summary>What becomes of an older schema when a host starts.</summary>
    public MigrateMode Migrate { get; }

    /// <summary>Whether a wait that began at a timestamp of <see cref="Stopwatch"/> has lasted for <see cref="LockTimeout"/>.</summary>
    public bool HasWaitedLongEnough(long started) =>
        LockTimeout != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(started) >= LockTimeout;
}
