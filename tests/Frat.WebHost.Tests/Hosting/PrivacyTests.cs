using System.Collections.Concurrent;
using System.Text;

namespace Frat.WebHost.Tests.Hosting;

public sealed class PrivacyTests
{
    // What .NET leaves there for itself; whatever it is, it is searched for photos below.
    private static readonly string[] RuntimeFiles = ["clr-debug-pipe-", "dotnet-diagnostic-", ".NET"];

    [Fact]
    public async Task Line4_LargePhotosThatRegisterAndCheckIn_AreLeftNowhere()
    {
        using var folder = new TemporaryFolder();
        var temporary = Directory.CreateDirectory(folder.File("temporary")).FullName;
        var created = new ConcurrentQueue<string>();
        using var watcher = new FileSystemWatcher(temporary) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watcher.Created += (_, file) => created.Enqueue(file.Name!);

        // ASP.NET Core puts what it buffers on disk, from 64 KB on, into ASPNETCORE_TEMP.
        await using var host = await HostProcess.StartAsync(folder.Path, ("ASPNETCORE_TEMP", temporary), ("TMPDIR", temporary));
        var (enrolled, probe) = (Photos.WithComments(Photos.People[0][0], 2_000_000), Photos.WithComments(Photos.People[0][1], 2_000_000));
        (await host.Client.RegisterAsync("7", "Ada Lovelace", enrolled)).Status.ShouldBe(201);
        (await host.Client.OriginalRegisterAsync("8", "Grace Hopper", Photos.WithComments(Photos.People[1][0], 2_000_000))).Status.ShouldBe(
            200);
        (await host.Client.CheckInAsync(probe))["outcome"].ShouldBe("recognized");
        (await host.Client.OriginalAttendAsync(probe)).Status.ShouldBe(200);

        await File.WriteAllTextAsync(Path.Combine(temporary, "seen"), "The watcher sees what is written.");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!created.Contains("seen"))
        {
            await Task.Delay(5, limit.Token);
        }

        created.Where(name => name != "seen" && !RuntimeFiles.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .ShouldBeEmpty();
        await host.KillAsync();
        var traces = Traces(enrolled).Concat(Traces(probe)).Append([0xFF, 0xD8, 0xFF]).ToList();
        // Without the runtime's pipes: they are empty, and reading one would wait for ever.
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length > 0))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            traces.Count(trace => bytes.AsSpan().IndexOf(trace) >= 0).ShouldBe(0, file);
        }

        var log = host.Output + host.Errors;
        log.ShouldNotContain("Ada");
        log.ShouldNotContain("Grace");
    }

    // Some bytes of the comments, and of the compressed picture at the end of the file.
    private static IEnumerable<byte[]> Traces(byte[] photo) =>
        [Encoding.ASCII.GetBytes(Photos.Comment), photo[^1000..^984], photo[^500..^484]];
}
