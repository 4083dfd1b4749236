using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Frat.TestKit;

/// <summary>
/// A PostgreSQL server of the tests' own: Debian's, in a temporary folder, on a free port of the loopback interface, stopped and
/// deleted with the process. Thread-safe, but for stopping and starting.
/// </summary>
/// <remarks>
/// Its default order of text is a language's, not that of the characters, as on many servers: a column that forgot to say otherwise shows.
/// Nothing is flushed to the disk (<c>fsync=off</c>), for speed: that matters when the machine fails, not when a process does.
/// </remarks>
public sealed class PostgresServer : IDisposable
{
    private const string Account = "postgres";
    private const string Configuration = "max_connections = 300\nmax_wal_senders = 4\nlog_min_messages = warning\n";
    private const string Fast = "fsync = off\nfull_page_writes = off\nshared_buffers = 64MB\n";
    private const string Durable = "shared_buffers = 1GB\nmax_wal_size = 8GB\n";

    private static readonly Lazy<PostgresServer> LazyShared = new(() => new PostgresServer());

    private readonly string _programs;
    private readonly string _folder;
    private readonly Process _guard;

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="durable">Whether it waits for the disk, and has the memory of a real one: for measurements.</param>
    public PostgresServer(bool durable = false)
        : this(server => server.Initialize(durable ? Durable : Fast))
    {
    }

    private PostgresServer(Action<PostgresServer> make)
    {
        _programs = FindPrograms();
        _folder = Directory.CreateTempSubdirectory("frat-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Command.Run("chown", [Account, _folder]);
        }

        Port = FreePort();
        _guard = StartGuard();
        make(this);
        Start();
    }

    /// <summary>One for the process: made by the first who asks.</summary>
    public static PostgresServer Shared => LazyShared.Value;

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The password of the user <c>postgres</c> over TCP.</summary>
    public string Password { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The folder of its socket: anyone who connects there needs no password.</summary>
    public string SocketFolder => _folder;

    /// <summary>Where the tables' files are.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>A connection string over TCP.</summary>
    public string ConnectionString(string database, string user = Account, string? password = null) =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username={user};Password={password ?? Password}";

    /// <summary>Makes an empty database, or a copy of one that nobody is connected to.</summary>
    /// <returns>Its name.</returns>
    public string CreateDatabase(string? template = null)
    {
        var name = $"test_{Guid.NewGuid():N}";
        Execute($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {template}"));
        return name;
    }

    /// <summary>Ends its connections, and deletes it.</summary>
    public void DropDatabase(string name) => Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>Runs statements with psql.</summary>
    /// <returns>The rows, a line for each.</returns>
    public string Execute(string sql, string database = Account) => Run(
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--tuples-only",
        "--no-align",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        _folder,
        "-p",
        $"{Port}",
        "-U",
        Account,
        "-d",
        database,
        "-c",
        sql).Trim();

    /// <summary>What the server has written to its log.</summary>
    public string ReadLog()
    {
        using var reader = new StreamReader(
            new FileStream(Path.Combine(_folder, "log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    /// <summary>Starts it after <see cref="Stop"/> or <see cref="Crash"/>; returns when it takes connections.</summary>
    public void Start() => Run("pg_ctl", "start", "-w", "-D", DataFolder, "-l", Path.Combine(_folder, "log"));

    /// <summary>Stops it as an administrator does: what runs is rolled back, and connections are closed.</summary>
    public void Stop() => Run("pg_ctl", "stop", "-w", "-D", DataFolder, "-m", "fast");

    /// <summary>Ends it without a word to anyone, as if it had failed: the next start recovers from the log.</summary>
    public void Crash() => Run("pg_ctl", "stop", "-w", "-D", DataFolder, "-m", "immediate");

    /// <summary>Makes a standby that follows this server and takes no writes.</summary>
    public PostgresServer CreateStandby() => new(standby =>
    {
        standby.Run(
            "pg_basebackup", "-h", _folder, "-p", $"{Port}", "-U", Account, "-D", standby.DataFolder, "-X", "stream", "-c", "fast", "-R");
        standby.AddConfiguration(Fast);
    });

    /// <summary>Stops it and deletes all that it has.</summary>
    public void Dispose()
    {
        _guard.StandardInput.Close();
        _guard.WaitForExit();
        _guard.Dispose();
    }

    private void Initialize(string speed)
    {
        var password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        if (Environment.IsPrivilegedProcess)
        {
            Command.Run("chown", [Account, password]);
        }

        Run(
            "initdb",
            "-D",
            DataFolder,
            "-U",
            Account,
            "-E",
            "UTF8",
            "--no-sync",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            $"--pwfile={password}",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US");
        AddConfiguration(speed);
    }

    private void AddConfiguration(string speed) => File.AppendAllText(
        Path.Combine(DataFolder, "postgresql.conf"),
        $"\n{Configuration}{speed}listen_addresses = '127.0.0.1'\nport = {Port}\nunix_socket_directories = '{_folder}'\n");

    // However this process ends, its end of the pipe closes, and the guard cleans up.
    private Process StartGuard()
    {
        var (program, arguments) = AsAccount("sh",
        [
            "-c", "trap '' INT TERM; cat >/dev/null; \"$0\" stop -w -D \"$1/data\" -m immediate; rm -rf \"$1\"", Path.Combine(
                _programs, "pg_ctl"), _folder,
        ]);
        return Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
    }

    private string Run(string program, params string[] arguments)
    {
        var (file, all) = AsAccount(Path.Combine(_programs, program), arguments);
        return Command.Run(file, all, "/");
    }

    // PostgreSQL refuses to run as root.
    private static (string Program, string[] Arguments) AsAccount(string program, string[] arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", [$"--reuid={Account}", $"--regid={Account}", "--clear-groups", "--", program, .. arguments])
        : (program, arguments);

    private static string FindPrograms()
    {
        if (Find() is { } found)
        {
            return found;
        }

        Apt.Install("postgresql");
        return Find() ?? throw new InvalidOperationException("The package postgresql brought no server.");

        static string? Find() => Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
