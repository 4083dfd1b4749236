using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>What holds for every page: structure, names, contrast, themes, small screens.</summary>
[Collection(BrowserTests.Name)]
public sealed class PagesTests(BrowserDriver driver)
{
    // Everything that can be seen or reached and has no name, no label, or a place that it must not have.
    internal const string FindFaults = """
        () => {
          const faults = [];
          const count = (selector, expected) => {
            const found = document.querySelectorAll(selector).length;
            if (found !== expected) faults.push(`${found} × ${selector}`);
          };
          for (const landmark of ['body > header', 'header nav[aria-label]', 'main', 'footer', 'h1']) count(landmark, 1);
          if (document.documentElement.lang !== 'en') faults.push('no language');
          for (const input of document.querySelectorAll('input:not([type=hidden]), select')) {
            if (!input.labels.length && !input.ariaLabel) faults.push(`no label: ${input.outerHTML}`);
          }
          for (const control of document.querySelectorAll('button, a')) {
            if (!control.textContent.trim() && !control.ariaLabel) faults.push(`no name: ${control.outerHTML}`);
            const box = control.getBoundingClientRect();
            if (control.checkVisibility() && !control.closest('p, .top nav, .skip') && box.height > 0 && box.height < 24) {
              faults.push(`too small: ${control.outerHTML}`);
            }
          }
          for (const image of document.querySelectorAll('img')) {
            if (image.alt === '' && !image.closest('template')) faults.push('no alt text');
          }
          const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
          faults.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`));
          for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby], [for]')) {
            for (const name of ['aria-describedby', 'aria-labelledby', 'for']) {
              for (const id of (element.getAttribute(name) ?? '').split(' ').filter(Boolean)) {
                if (!document.getElementById(id)) faults.push(`${name} points nowhere: ${id}`);
              }
            }
          }
          if (document.querySelector('[style], style, script:not([src]), [onclick]')) faults.push('inline script or style');
          const width = document.documentElement.scrollWidth;
          if (width > innerWidth) faults.push(`wider than the screen: ${width}`);
          return faults;
        }
        """;

    // Text against the nearest ground below it, by WCAG's formula: 4.5, or 3 for large text.
    internal const string FindFaintText = """
        () => {
          const parse = (color) => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4))
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const ground = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const color = parse(getComputedStyle(e).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
            return parse(getComputedStyle(document.documentElement).backgroundColor);
          };
          const faint = [];
          for (const element of document.querySelectorAll('body *')) {
            const text = [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join(' ').trim();
            if (!text || !element.checkVisibility()) continue;
            if (element.closest('script, noscript, template, .visually-hidden, .skip, [aria-hidden]')) continue;
            const style = getComputedStyle(element);
            const [a, b] = [luminance(parse(style.color)), luminance(ground(element))];
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            const size = parseFloat(style.fontSize);
            const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            if (ratio < least) faint.push(`${ratio.toFixed(2)}: ${text} (${style.color})`);
          }
          return faint;
        }
        """;

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
            faults.AddRange(await page.EvaluateAsync<string[]>(FindFaults));
            faults.AddRange(await page.EvaluateAsync<string[]>(FindFaintText));
            await page.SetViewportSizeAsync(640, 400); // 1280 wide at 200 %
            faults.AddRange(await page.EvaluateAsync<string[]>(FindFaults));
            await page.SetViewportSizeAsync(320, 640);
            faults.AddRange(await page.EvaluateAsync<string[]>(FindFaults));
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
