using Frat.TestKit;
using Microsoft.Playwright;

namespace Frat.WebHost.Tests.Browser;

/// <summary>
/// Playwright's driver, started once, and the browsers that it drives, each started when it is needed. The driver comes with the NuGet
/// package; its own browsers are never downloaded.
/// </summary>
public sealed class BrowserDriver : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("frat-browser-").FullName;
    private readonly Dictionary<(CameraAccess Camera, string? KnownAs), IBrowser> _browsers = [];
    private IPlaywright? _playwright;

    // Chromium opens the file when a page asks for the camera, so that each visitor can bring another one.
    private string CameraFile => Path.Combine(_folder, "camera.mjpeg");

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000); // An expectation is met at once on a free machine; a busy one only takes longer.
        _playwright = await Microsoft.Playwright.Playwright.CreateAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The browser with such a camera, which shows a video from now on.</summary>
    /// <param name="camera">What stands before the browser.</param>
    /// <param name="knownAs">The name by which it knows this machine; null for the address.</param>
    /// <param name="video">What the camera sees.</param>
    internal async Task<IBrowser> OpenAsync(CameraAccess camera, string? knownAs, byte[] video)
    {
        // Moved into place: a page that still has the camera keeps the file that it has.
        var file = Path.Combine(_folder, "next.mjpeg");
        await File.WriteAllBytesAsync(file, video);
        File.Move(file, CameraFile, overwrite: true);

        if (!_browsers.TryGetValue((camera, knownAs), out var browser))
        {
            _browsers[(camera, knownAs)] = browser = await LaunchAsync(camera, knownAs);
        }

        return browser;
    }

    private Task<IBrowser> LaunchAsync(CameraAccess camera, string? knownAs)
    {
        var driver = _playwright ?? throw new InvalidOperationException("The driver is not started.");
        return driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Path,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                .. camera is CameraAccess.Absent
                    ? (string[])[]
                    : ["--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={CameraFile}"],
                .. camera is CameraAccess.Allowed ? (string[])["--use-fake-ui-for-media-stream"] : [],
                .. knownAs is null ? (string[])[] : [$"--host-resolver-rules=MAP {knownAs} 127.0.0.1"],
            ],
        });
    }
}

/// <summary>Browser tests run one after another: each has a host of its own, and the camera to itself.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserDriver>
{
    public const string Name = "Browser";
}
