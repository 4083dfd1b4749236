using System.Collections.Concurrent;
using System.Text.Json;
using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The page at the door in a real browser, with people who come and go before its camera.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class KioskTests(BrowserDriver driver, ITestOutputHelper output)
{
    private const string Pin = "7493";
    private const int Second = 30; // Frames.

    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];
    private static readonly IReadOnlyList<string> Salley = DebianPhotos.Johns["John_Salley"];

    private static readonly (int Width, int Height)[] Screens =
    [
        (320, 568), (390, 844), (600, 960), (768, 1024), (800, 1280), (568, 320), (844, 390), (1024, 600), (1280, 800), (1920, 1080),
    ];

    [Fact]
    public async Task Kiosk_WithAQueue_BooksEachWithoutATouch_AndAsksNothingWhileNobodyIsThere()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada Lovelace", Simm[0]);
        await site.RegisterAsync("2", "Grace Hopper", Salley[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Playing(
            (Simm[1], 3 * Second), (null, 5 * Second / 2), (Salley[1], 3 * Second), (null, 5 * Second / 2)));
        var (page, states) = (visitor.Page, new ConcurrentQueue<string>());
        await page.AddInitScriptAsync(MeasureAnswers);
        page.Response += async (_, response) =>
        {
            if (response.Url.EndsWith("/look", StringComparison.Ordinal) && response.Ok)
            {
                try
                {
                    states.Enqueue((await response.JsonAsync())!.Value.GetProperty("state").GetString()!);
                }
                catch (PlaywrightException)
                {
                    // The test is over, and the page closed.
                }
            }
        };

        await page.GotoAsync("/kiosk");
        await Expect(page.Locator("#name")).ToHaveTextAsync("Ada Lovelace");
        await Expect(page.Locator("#line")).ToHaveTextAsync("In 08:59");
        await visitor.PhotographAsync("kiosk-in");
        await Expect(page.Locator("#name")).ToHaveTextAsync("Grace Hopper");
        await Expect(page.Locator("#line")).ToHaveTextAsync("In 08:59");

        (await site.ReadTodayAsync()).Select(day => day.Person.Name).Order().ShouldBe(["Ada Lovelace", "Grace Hopper"]);
        // One frame of whoever is leaving, and two of the scene without them: then nothing is sent until somebody comes.
        await page.WaitForTimeoutAsync(3_000);
        LongestRun(states, "nobody").ShouldBeLessThanOrEqualTo(3, string.Join(" ", states));
        output.WriteLine($"from a full face to its answer: {string.Join(", ", await page.EvaluateAsync<int[]>("answerTimes"))} ms");
        output.WriteLine($"answers to frames: {string.Join(" ", states)}");
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Kiosk_WhoeverOnlyPasses_IsNotBooked_AndOfTwoTheNearOneIs()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada Lovelace", Simm[0]);
        await site.RegisterAsync("2", "Grace Hopper", Salley[0]);
        await using (var passing = await Visitor.ComeAsync(driver, site, FakeCamera.Playing((Simm[1], Second / 2), (null, 4 * Second))))
        {
            var seen = passing.Page.WaitForResponseAsync(
                response => response.Url.EndsWith("/look", StringComparison.Ordinal), new() { Timeout = 60_000 });
            await passing.Page.GotoAsync("/kiosk");
            await seen;
            await passing.Page.WaitForTimeoutAsync(9_000); // Twice by.
            (await site.ReadTodayAsync()).ShouldBeEmpty();
        }

        await using var near = await Visitor.ComeAsync(driver, site, FakeCamera.ShowingNearAndBehind(Simm[1], Salley[1]));
        await near.Page.GotoAsync("/kiosk");
        await Expect(near.Page.Locator("#name")).ToHaveTextAsync("Ada Lovelace");
        (await site.ReadTodayAsync()).Select(day => day.Person.Name).ShouldBe(["Ada Lovelace"]);
    }

    [Fact]
    public async Task Kiosk_ByPin_TakesBack_AndKeepsWhatCantBeSentYet()
    {
        await using var site = Site.Start();
        await SetPinAsync(site, "17", "Ada Lovelace");
        await SetPinAsync(site, "A-18", "Grace Hopper");
        await using var visitor = await Visitor.ComeAsync(driver, site, screen: Visitor.Phone);
        var page = visitor.Page;
        await page.GotoAsync("/kiosk/pair");
        (await page.EvaluateAsync<string[]>(Inspection.FindFaults))
            .ShouldBe(["0 × body > header", "0 × header nav[aria-label]", "0 × footer"], "a page without a frame of navigation");
        (await page.EvaluateAsync<string[]>(Inspection.FindFaintText)).ShouldBeEmpty();
        await visitor.PhotographAsync("kiosk-pair");
        await page.GotoAsync("/kiosk");
        await page.EvaluateAsync("navigator.serviceWorker.ready");

        await TypeAsync(page, "17", "1111");
        await Expect(page.Locator("#pad-wrong")).ToHaveTextAsync("The ID or the PIN is wrong.");
        await visitor.PhotographAsync("kiosk-pad");
        await page.Locator("#pad [data-key=close]").ClickAsync();
        await TypeAsync(page, "17", Pin);
        await Expect(page.Locator("#name")).ToHaveTextAsync("Ada Lovelace");
        await page.Locator("#undo").ClickAsync();
        await Expect(page.Locator("#line")).ToHaveTextAsync("Taken back.");
        await Expect(page.Locator("#pad")).ToBeVisibleAsync();
        (await site.ReadTodayAsync()).ShouldBeEmpty();
        await page.Locator("#pad [data-key=close]").ClickAsync();

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Expect(page.Locator("#clock")).Not.ToHaveTextAsync("--:--");
        await TypeAsync(page, "17", Pin);
        await Expect(page.Locator("#line")).ToContainTextAsync("Saved 08:59.");
        await visitor.PhotographAsync("kiosk-saved");
        await TypeAsync(page, "A-18", Pin);
        await Expect(page.Locator("#waiting")).ToContainTextAsync("2 saved");
        (await site.ReadTodayAsync()).ShouldBeEmpty();

        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator("#waiting")).ToHaveTextAsync("");
        var days = await site.ReadTodayAsync();
        days.Select(day => (day.Person.Name, day.PunchCount)).Order()
            .ShouldBe([("Ada Lovelace", 1), ("Grace Hopper", 1)]);
        await Expect(page.Locator("#dot")).ToHaveAttributeAsync("data-online", "true");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Kiosk_AtEveryScreen_ShowsTheAnswerWhole_AndItsCameraComesBack(ColorScheme scheme)
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, scheme: scheme);
        var page = visitor.Page;
        await page.GotoAsync("/kiosk");
        (await page.EvaluateAsync<string[]>(Inspection.FindFaults))
            .ShouldBe(["0 × body > header", "0 × header nav[aria-label]"], "a page without a frame of navigation");
        (await page.EvaluateAsync<string[]>(Inspection.FindFaintText)).ShouldBeEmpty();
        await visitor.PhotographAsync("kiosk-nobody");
        var name = "";
        await page.RouteAsync("**/kiosk/calls/look", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(new
            {
                state = "out",
                punch = Guid.NewGuid(),
                name,
                line = "Out 17:03",
                more = "8 h 04 today",
                undo = "x",
                box = new[] { .3, .2, .6, .7 },
            }),
        }));
        await page.ReloadAsync();
        foreach (var next in Names())
        {
            name = next;
            await Expect(page.Locator("#name")).ToHaveTextAsync(next);
            foreach (var (width, height) in Screens)
            {
                await page.SetViewportSizeAsync(width, height);
                (await page.EvaluateAsync<string[]>(FindOutside)).ShouldBeEmpty($"{next} at {width}×{height}");
                if (next == Names()[^1] || next == Names()[0])
                {
                    await page.ScreenshotAsync(new()
                    {
                        Path = Artifacts.PathOf("screenshots", $"kiosk-out-{next.Length}-{width}x{height}-{scheme}.png"),
                        Animations = ScreenshotAnimations.Disabled,
                    });
                }
            }
        }

        var address = page.Url;
        foreach (var (width, height) in Screens)
        {
            await page.SetViewportSizeAsync(width, height);
            var place = await page.WaitForFunctionAsync("""
                () => {
                  const box = document.getElementById('undo').getBoundingClientRect();
                  return box.width && [box.x + box.width / 2, box.y + box.height / 2];
                }
                """);
            var middle = await place.JsonValueAsync<float[]>();
            await page.Mouse.DblClickAsync(middle[0], middle[1]);
            page.Url.ShouldBe(address);
        }

        await page.EvaluateAsync("""
            () => {
              const track = document.querySelector('video').srcObject.getVideoTracks()[0];
              track.stop();
              track.dispatchEvent(new Event('ended'));
            }
            """);
        await Expect(page.Locator("#trouble")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await page.WaitForFunctionAsync("document.querySelector('video').srcObject?.active");
    }

    private const string FindOutside = """
        () => {
          const faults = [];
          const { scrollHeight, scrollWidth } = document.documentElement;
          if (scrollHeight > innerHeight || scrollWidth > innerWidth) faults.push('scrolls');
          for (const id of ['line', 'pin', 'undo', 'device']) {
            const box = document.getElementById(id).getBoundingClientRect();
            if (box.height === 0 || box.top < 0 || box.left < 0 || box.bottom > innerHeight + .5 || box.right > innerWidth + .5) {
              faults.push(`${id} ${JSON.stringify(box)}`);
            }
          }
          const told = document.getElementById('answer').getBoundingClientRect();
          const line = document.getElementById('line').getBoundingClientRect();
          if (line.top < told.top - .5 || line.bottom > told.bottom + .5) faults.push('the result line is clipped');
          return faults;
        }
        """;

    private static string[] Names() =>
    [
        "Ada Lovelace",
        "Pablo Diego José Francisco de Paula Juan",
        "عبد الرحمن محمد أبو بكر الخوارزمي",
        "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末",
        "Wolfeschlegelsteinhausenbergerdorff Welche Vor Altern Waren Gewissenhaft Schafers Wessen Schafe Waren",
    ];

    private static int LongestRun(IEnumerable<string> states, string state)
    {
        var (longest, run) = (0, 0);
        foreach (var one in states)
        {
            run = one == state ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static async Task SetPinAsync(Site site, string employeeId, string name)
    {
        var note = new AuditNote { By = Actor.User("test") };
        var person = (await site.Services.GetRequiredService<IPersonStore>().EnrollAsync(new Enrollment
        {
            EmployeeId = employeeId, Name = name, Templates = [], Consent = null, Note = note,
        })).Person;
        (await site.Services.GetRequiredService<WebHost.Pins>().SetAsync(person, Pin, note)).ShouldBeNull();
    }

    private static async Task TypeAsync(IPage page, string id, string pin)
    {
        await page.Locator("#pin").ClickAsync();
        await Expect(page.Locator("#pad-title")).ToHaveTextAsync("Your ID");
        if (id.All(char.IsAsciiDigit))
        {
            foreach (var digit in id)
            {
                await page.Locator($"#pad [data-key='{digit}']").ClickAsync();
            }
        }
        else
        {
            await page.Locator("#pad [data-key=letters]").ClickAsync();
            await page.Locator("#typed").FillAsync(id);
        }

        await page.Locator("#pad [data-key=next]").ClickAsync();
        await Expect(page.Locator("#pad-title")).ToHaveTextAsync("Your PIN");
        foreach (var digit in pin)
        {
            await page.Locator($"#pad [data-key='{digit}']").ClickAsync();
        }

        await page.Locator("#pad [data-key=next]").ClickAsync();
    }
}
