using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Frat.WebHost.Tests;

/// <summary>The built host as a process of its own, ended with its owner.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Uri?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string folder, string urls, IEnumerable<(string Key, string Value)> settings, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments, "--urls", urls])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DATABASE_URL");
        start.Environment["Frat__Database"] = Path.Combine(folder, "frat.db");
        start.Environment["Frat__Access"] = "Open";
        start.Environment["Frat__WarmUp"] = "false";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                _output.Enqueue(text);
                if (ListeningOn().Match(text) is { Success: true } match)
                {
                    _listening.TrySetResult(new Uri(match.Groups[1].Value));
                }
            }
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                _errors.Enqueue(text);
            }
        };
        _process.Exited += (_, _) => _listening.TrySetResult(null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int ExitCode => _process.ExitCode;

    public int Id => _process.Id;

    /// <summary>Calls the host at the address that it printed.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Where the host's program and settings are.</summary>
    public static string Folder => Path.GetDirectoryName(Assembly)!;

    // The host's own build output: what a user runs, with the host's own settings beside it.
    private static string Assembly => Built("samples", "Frat.WebHost");

    /// <summary>The clone that these tests were built in.</summary>
    public static string Root => Binaries.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    // tests/Frat.WebHost.Tests/bin/<configuration>/<framework>
    private static DirectoryInfo Binaries { get; } = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>A program that was built with these tests.</summary>
    public static string Built(string folder, string project) =>
        Path.Combine(Root, folder, project, "bin", Binaries.Parent!.Name, Binaries.Name, project + ".dll");

    /// <summary>Starts the host and waits until it listens.</summary>
    public static async Task<HostProcess> StartAsync(string folder, params (string Key, string Value)[] settings)
    {
        var host = new HostProcess(folder, "http://127.0.0.1:0", settings, []);
        var address = await host._listening.Task.WaitAsync(Patience);
        if (address is null)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The host ended: {host.Output}\n{host.Errors}");
        }

        host.Client = new HttpClient { BaseAddress = address };
        return host;
    }

    /// <summary>Starts a host that is expected to end by itself, or to listen, and waits for either.</summary>
    public static async Task<HostProcess> TryStartAsync(string folder, string urls, params (string Key, string Value)[] settings)
    {
        var host = new HostProcess(folder, urls, settings, []);
        if (await host._listening.Task.WaitAsync(Patience) is null)
        {
            await host._process.WaitForExitAsync().WaitAsync(Patience); // Also waits for the end of what it printed.
        }

        return host;
    }

    /// <summary>Runs one of the host's commands to its end.</summary>
    public static async Task<HostProcess> RunAsync(string folder, string command, params (string Key, string Value)[] settings)
    {
        var host = new HostProcess(folder, "http://127.0.0.1:5123", settings, [command]);
        await host._process.WaitForExitAsync().WaitAsync(Patience);
        return host;
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Asks the host to stop, as systemd and containers do (SIGTERM), and waits until it has.</summary>
    public async Task<int> StopAsync(TimeSpan patience)
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(patience);
        return _process.ExitCode;
    }

    /// <summary>Ends the host as a crash would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: ([^\s""]+)")]
    private static partial Regex ListeningOn();
}
