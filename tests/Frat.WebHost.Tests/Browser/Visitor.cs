using Microsoft.Playwright;

namespace Frat.WebHost.Tests.Browser;

/// <summary>What stands before the visitor's browser when a page asks for a camera.</summary>
internal enum CameraAccess
{
    /// <summary>There is one, and the visitor allows it.</summary>
    Allowed,

    /// <summary>There is one, and the visitor refuses it.</summary>
    Refused,

    /// <summary>There is none.</summary>
    Absent,
}

/// <summary>
/// Somebody at a browser: in a Chromium that others had before, with nothing left of them, one page, an ear for what it complains about.
/// </summary>
internal sealed class Visitor : IAsyncDisposable
{
    public static readonly ViewportSize Desktop = new() { Width = 1280, Height = 800 };
    public static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    private readonly string _folder = Directory.CreateTempSubdirectory("frat-visitor-").FullName;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private readonly bool _hasScripts;

    private Visitor(IBrowserContext context, IPage page, bool hasScripts)
    {
        (_context, _hasScripts) = (context, hasScripts);
        Page = page;
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>
    /// What the pages complained about since this was read last: script errors, console errors, violations of the content security policy.
    /// </summary>
    public IReadOnlyList<string> TakeComplaints()
    {
        var complaints = _complaints.ToList();
        _complaints.Clear();
        return complaints;
    }

    public static async Task<Visitor> ComeAsync(
        BrowserDriver driver,
        Site site,
        byte[]? video = null,
        CameraAccess camera = CameraAccess.Allowed,
        ViewportSize? screen = null,
        ColorScheme scheme = ColorScheme.Light,
        bool scripts = true,
        string? knownAs = null)
    {
        var browser = await driver.OpenAsync(camera, knownAs, video ?? FakeCamera.ShowingNobody());
        var address = knownAs is null ? site.Address : new UriBuilder(site.Address) { Host = knownAs }.Uri;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = screen ?? Desktop,
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync(), scripts);
    }

    /// <summary>A file of zeros on the visitor's disk.</summary>
    public string MakeFile(string name, long length)
    {
        var path = Path.Combine(_folder, name);
        using var file = File.Create(path);
        file.SetLength(length);
        return path;
    }

    /// <summary>
    /// Keeps a picture of the page for people to look at, in <c>artifacts/screenshots</c>, and has axe look at it: the picture ends what
    /// was moving.
    /// </summary>
    public async Task<byte[]> PhotographAsync(string name, bool wholePage = false)
    {
        var screen = Page.ViewportSize!.Width == Phone.Width ? "phone" : "desktop";
        var theme = await Page.EvaluateAsync<string?>("document.documentElement.dataset.theme") ?? "light";
        var picture = await Page.ScreenshotAsync(new()
        {
            Path = Artifacts.PathOf("screenshots", $"{name}-{screen}-{theme}.png"),
            Animations = ScreenshotAnimations.Disabled,
            FullPage = wholePage,
        });
        if (_hasScripts) // Where they are off, axe waits for ever.
        {
            (await Inspection.RunAxeAsync(Page)).ShouldBeEmpty(name);
        }

        return picture;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
