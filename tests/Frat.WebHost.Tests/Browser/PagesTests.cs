using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>What holds for every page: structure, names, contrast, themes, small screens.</summary>
[Collection(BrowserTests.Name)]
public sealed class PagesTests(BrowserDriver driver)
{
    public static TheoryData<string> Paths => [
        "/",
        "/register_ui",
        "/records",
        "/records?date=2026-11-20",
        "/records?date=x",
        "/people",
        "/people?q=nobody",
        "/people/person?id=E-1",
        "/people/person?id=E-2",
        "/register_ui/without-face",
        "/set-up",
        "/nowhere"
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Page_InBothThemesAndOnSmallScreens_HasNoFaults(string path)
    {
        await using var site = Site.Start();
        await site.RecordAsync("E-1", "Ada Lovelace", new DateTime(2026, 11, 23, 8, 0, 0));
        await using var visitor = await Visitor.ComeAsync(driver, site);
        var page = visitor.Page;
        var faults = new List<string>();

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(1280, 800);
            await page.GotoAsync(path);
            (await page.TitleAsync()).ShouldEndWith(" – FRAT");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            faults.AddRange(await page.EvaluateAsync<string[]>(Inspection.FindFaults));
            faults.AddRange(await page.EvaluateAsync<string[]>(Inspection.FindFaintText));
            faults.AddRange(await Inspection.RunAxeAsync(page));
            await page.SetViewportSizeAsync(640, 400); // 1280 wide at 200 %
            faults.AddRange(await page.EvaluateAsync<string[]>(Inspection.FindFaults));
            await page.SetViewportSizeAsync(320, 640);
            faults.AddRange(await page.EvaluateAsync<string[]>(Inspection.FindFaults));
        }

        faults.ShouldBeEmpty();
        visitor.TakeComplaints()
            .Where(text => !text.StartsWith("Failed to load resource: the server responded with a status of 40", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Theme_FollowsTheSystemUntilChosen_ThenIsRemembered()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, scheme: ColorScheme.Dark);
        var page = visitor.Page;
        await page.GotoAsync("/");
        var ground = page.Locator("html");
        var dark = await ground.EvaluateAsync<string>("html => getComputedStyle(html).backgroundColor");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(ground).Not.ToHaveCSSAsync("background-color", dark);

        var toggle = page.GetByRole(AriaRole.Button, new() { Name = "Dark theme" });
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "false");
        await toggle.ClickAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(ground).ToHaveCSSAsync("background-color", dark);

        await page.ReloadAsync();
        await Expect(ground).ToHaveCSSAsync("background-color", dark);
        await page.GotoAsync("/records");
        await Expect(ground).ToHaveCSSAsync("background-color", dark);
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Theory]
    [InlineData("/", "Checking in needs JavaScript")]
    [InlineData("/register_ui", "Registering needs JavaScript")]
    public async Task Page_WithoutScript_SaysWhatIsNeeded(string path, string note)
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);

        await visitor.Page.GotoAsync(path);

        await Expect(visitor.Page.GetByText(note)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SkipLink_OnFirstTab_LeadsToTheContent()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.GotoAsync("/records");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Page.Locator("main")).ToBeFocusedAsync();
    }
}
