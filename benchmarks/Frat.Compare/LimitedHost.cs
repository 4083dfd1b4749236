using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Frat.Benchmarks;
using Spectre.Console;

namespace Frat.Compare;

/// <summary>The published web host as a process within a memory limit, ended with its owner.</summary>
internal sealed partial class LimitedHost : IAsyncDisposable
{
    private const int LastLines = 5;
    private const int FirstLines = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _firstLines = new();

    private LimitedHost(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public bool IsAlive => !_process.HasExited;

    /// <summary>The most memory that the process ever had, in KiB; null when it has ended.</summary>
    public long? PeakKiB => IsAlive ? Timing.PeakOf(_process.Id.ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>What it wrote to its output first.</summary>
    public string FirstOutput => string.Join('\n', _firstLines);

    /// <summary>The last of what it wrote to its error stream.</summary>
    public string LastErrors => string.Join(' ', _errors);

    /// <summary>The option for a host that was published before.</summary>
    public static Option<string?> ProgramOption() => new("--program")
    {
        Description = "The published host's Frat.WebHost.dll; without it, the host is published first.",
    };

    /// <summary>Publishes the host of this repository.</summary>
    /// <returns>The program to start.</returns>
    public static string Publish()
    {
        AnsiConsole.MarkupLine("Publishing the web host …");
        var repository = Repository.Find();
        var published = Path.Combine(repository, "artifacts/budget-host");
        string[] arguments = [
            "publish", Path.Combine(repository, "samples/Frat.WebHost"), "--configuration", "Release", "--output", published, "--nologo"
        ];
        TestKit.Command.Run("dotnet", arguments);
        return Path.Combine(published, "Frat.WebHost.dll");
    }

    /// <summary>Starts the host, and waits until it listens.</summary>
    /// <param name="limit">How much memory it may have; null for as much as there is.</param>
    /// <param name="program">What <see cref="Publish"/> gave.</param>
    /// <param name="folder">Where it works, and has its database.</param>
    /// <param name="settings">Further settings, as names of environment variables.</param>
    public static async Task<LimitedHost> StartAsync(
        MemoryLimit? limit, string program, string folder, params (string Name, string Value)[] settings)
    {
        string[] own = [program, "--urls", "http://127.0.0.1:0"];
        var (shell, arguments) = limit?.Inside("dotnet", own) ?? ("dotnet", own);
        var start = new ProcessStartInfo(shell, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DATABASE_URL");
        start.Environment["Frat__Database"] = Path.Combine(folder, "frat.db");
        start.Environment["Frat__Access"] = "Open";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var host = new LimitedHost(Process.Start(start)!);
        try
        {
            host.Address = await host.ListenAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registers people with made-up templates in the host's database, beside those who are there.</summary>
    /// <param name="folder">Where a host that has ended had its database.</param>
    /// <param name="people">How many.</param>
    public static void Fill(string folder, int people)
    {
        // Built with this program, and in the same way.
        var programs = AppContext.BaseDirectory.Replace("Frat.Compare", "Frat.Scale", StringComparison.Ordinal);
        var database = Path.Combine(folder, "frat.db");
        string[] arguments =
        [
            Path.Combine(programs, "Frat.Scale.dll"), "fill", "sqlite", $"Data Source={database}",
            people.ToString(CultureInfo.InvariantCulture), "2", "--keys", database + ".keys",
            "--encoder", Contestants.All[Contestants.Hog](1).Info.Id,
        ];
        TestKit.Command.Run("dotnet", arguments);
    }

    /// <summary>Registers a person.</summary>
    public static async Task RegisterAsync(HttpClient client, string employeeId, string name, params IEnumerable<string> photos)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(employeeId), "employeeId" },
            { new StringContent(name), "name" },
            { new StringContent("1"), "consent" },
        };
        foreach (var photo in photos)
        {
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(photo)), "photo", "photo.jpg");
        }

        using var answer = await client.PostAsync(new Uri("/api/v1/people", UriKind.Relative), form);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"Nobody could be registered: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Checks in.</summary>
    /// <returns>The employee ID of who was recognised, or null; and what was answered otherwise.</returns>
    public static async Task<(string? EmployeeId, int Status, string Answer)> CheckInAsync(
        HttpClient client, byte[] photo, CancellationToken cancellationToken = default)
    {
        using var content = new ByteArrayContent(photo);
        using var form = new MultipartFormDataContent { { content, "image", "photo" } };
        using var answer = await client.PostAsync(new Uri("/api/v1/check-ins", UriKind.Relative), form, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var json = answer.IsSuccessStatusCode ? JsonNode.Parse(body) : null;
        return (
            json?["outcome"]?.ToString() == "recognized" ? json["person"]?["employeeId"]?.ToString() : null, (int)answer.StatusCode, body);
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    /// <returns>What it ended with.</returns>
    public async Task<int> StopAsync()
    {
        TestKit.Command.Run("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<Uri> ListenAsync()
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && _firstLines.Count < FirstLines)
            {
                _firstLines.Enqueue(text);
            }

            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException($"The host ended before it listened. {LastErrors}"));
            }
            else if (ListeningOn().Match(line.Data) is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Groups[1].Value));
            }
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                _errors.Enqueue(text.Trim());
                while (_errors.Count > LastLines)
                {
                    _errors.TryDequeue(out string? _);
                }
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return await address.Task.WaitAsync(Patience);
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex ListeningOn();
}
