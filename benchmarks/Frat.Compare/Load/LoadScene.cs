using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Frat.Benchmarks;
using Frat.TestKit;
using SkiaSharp;
using Spectre.Console;

namespace Frat.Compare.Load;

/// <summary>A host with accounts, people, and paired kiosks; and what comes to it.</summary>
internal sealed class LoadScene : IAsyncDisposable
{
    private const int PhotosEach = 3;
    private const int FramesEach = 6;
    private const int TwelveMegapixels = 3464;

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryLimit _limit;
    private readonly string _program;
    private readonly List<PlannedVisit> _people = [];
    private readonly List<PlannedKiosk> _kiosks = [];
    private HostOffice? _office;
    private LimitedHost? _host;
    private string _newcomer = "";

    private LoadScene(MemoryLimit limit, string program) => (_limit, _program) = (limit, program);

    public string Database => Path.Combine(_folder.Path, "host", "frat.db");

    private string Empty => Path.Combine(_folder.Path, "empty.jpg");

    private string HostFolder => Path.Combine(_folder.Path, "host");

    public static async Task<LoadScene> PrepareAsync(MemoryLimit limit, string? program, int people, int kiosks)
    {
        var scene = new LoadScene(limit, program ?? LimitedHost.Publish());
        try
        {
            await scene.FillAsync(people, kiosks);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the host anew, and leaves it alone for a while.</summary>
    /// <param name="quiet">How long.</param>
    /// <returns>What it has then.</returns>
    public async Task<(long All, long Own)> StartAsync(TimeSpan quiet)
    {
        await EndAsync();
        _limit.Reset();
        _host = await StartHostAsync();
        await Task.Delay(quiet);
        return _limit.Current;
    }

    /// <summary>Ends the host, as a service is ended.</summary>
    public async Task EndAsync()
    {
        if (_host is not null)
        {
            var (host, ended) = (_host, await _host.StopAsync());
            _host = null;
            await host.DisposeAsync();
            if (ended != 0)
            {
                throw new InvalidOperationException($"The host ended with {ended}: {host.LastErrors}");
            }
        }
    }

    /// <summary>Has kiosks, and the office where it registers, work for a time.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="kiosks">How many of the kiosks.</param>
    /// <param name="every">Every how many seconds somebody is registered; null for nobody.</param>
    public async Task<(LoadResult Result, long PeakOwn)> RunAsync(int seconds, int kiosks, double? every)
    {
        var plan = new LoadPlan
        {
            Run = string.Create(CultureInfo.InvariantCulture, $"{kiosks}-{seconds}"),
            Address = _host!.Address,
            Seconds = seconds,
            Empty = Empty,
            Kiosks = [.. _kiosks.Take(kiosks)],
            Office = every is { } pause ? new PlannedOffice(_office!.Cookie, _newcomer, pause) : null,
        };
        var (planFile, resultFile) = (Path.Combine(_folder.Path, "plan.json"), Path.Combine(_folder.Path, "results.json"));
        await File.WriteAllTextAsync(planFile, JsonSerializer.Serialize(plan, LoadJson.Default.LoadPlan));
        var driver = Path.Combine(Repository.Find(), "benchmarks/host-load");
        if (!Directory.Exists(Path.Combine(driver, "node_modules")))
        {
            Command.Run("npm", ["ci", "--no-audit", "--no-fund"], driver);
        }

        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(driver, "load.js"), planFile, resultFile]))!;
        var peak = 0L;
        while (!node.HasExited)
        {
            peak = Math.Max(peak, _limit.Current.Own);
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        if (node.ExitCode != 0 || !_host.IsAlive)
        {
            throw new InvalidOperationException($"load.js ended with {node.ExitCode}; the host: {_host.LastErrors}");
        }

        return (JsonSerializer.Deserialize(await File.ReadAllTextAsync(resultFile), LoadJson.Default.LoadResult)!, peak);
    }

    public async ValueTask DisposeAsync()
    {
        _office?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Dispose();
    }

    private Task<LimitedHost> StartHostAsync() => LimitedHost.StartAsync(
        _limit,
        _program,
        HostFolder,
        ("Frat__Access", "SignIn"),
        ("Frat__Uploads__DuplicatesPerMinute", "1000")); // The newcomers have one face.

    private async Task FillAsync(int people, int kiosks)
    {
        Directory.CreateDirectory(HostFolder);
        await File.WriteAllBytesAsync(Empty, PhotoCanvas.Draw(640, 480, 1));
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Registering {people:N0} people …");
        await using (var host = await StartHostAsync())
        {
            while (!host.FirstOutput.Contains("/welcome?key=", StringComparison.Ordinal))
            {
                await Task.Delay(50);
            }

            // The session goes on at the host that is started later, at another port: cookies know none.
            _office = await HostOffice.OpenAsync(host.Address, host.FirstOutput);
            foreach (var (_, photos) in DebianPhotos.Johns.SkipLast(1))
            {
                var name = $"Visitor {_people.Count + 1}";
                await _office.EnrollAsync(name, name, photos.Take(PhotosEach));
                _people.Add(new PlannedVisit(name, [.. photos.Skip(PhotosEach).Take(FramesEach).Index().Select(Frame)]));
            }

            for (var number = 0; number < kiosks; number++)
            {
                var name = $"Door {number + 1}";
                _kiosks.Add(new PlannedKiosk(
                    name, await _office.PairAsync(name), [.. _people.Skip(number).Concat(_people.Take(number))]));
            }

            await host.StopAsync();
        }

        _newcomer = Path.Combine(_folder.Path, "newcomer.jpg");
        await File.WriteAllBytesAsync(_newcomer, PhotoCanvas.Draw(
            TwelveMegapixels, TwelveMegapixels, TwelveMegapixels, DebianPhotos.Johns.Last().Value[0]));
        LimitedHost.Fill(HostFolder, people);
    }

    private string Frame((int Index, string Item) photo)
    {
        var file = Path.Combine(_folder.Path, $"{_people.Count}-{photo.Index}.jpg");
        File.WriteAllBytes(file, PhotoCanvas.Draw(640, 480, 320, photo.Item));
        return file;
    }
}
