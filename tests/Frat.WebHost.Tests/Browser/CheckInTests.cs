using System.Text.RegularExpressions;
using Frat.TestKit;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The check-in page in a real browser, on real faces.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class CheckInTests(BrowserDriver driver)
{
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];
    private static readonly IReadOnlyList<string> Salley = DebianPhotos.Johns["John_Salley"];

    [Fact]
    public async Task CheckIn_RegisteredByUploadThenOnCameraWithAnotherPhoto_ShowsAndRecordsIt()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        var page = visitor.Page;

        await page.GotoAsync("/register_ui");
        await page.GetByLabel("Name").FillAsync("Zoë Çelik");
        await page.GetByLabel("Employee ID").FillAsync("E-1042");
        await page.GetByLabel("I have read this, and I agree.").CheckAsync();
        await page.Locator("#photo").SetInputFilesAsync(Simm[0]);
        await Expect(page.Locator(".photo .verdict")).ToHaveTextAsync("Face found.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();
        await Expect(page.Locator("#done")).ToContainTextAsync("Zoë Çelik is registered");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to check-in" }).ClickAsync();

        await CheckInAsync(page);
        await Expect(page.Locator(".answer-title")).ToHaveTextAsync("Zoë Çelik");
        await Expect(page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");

        await page.GetByRole(AriaRole.Link, new() { Name = "Records" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Zoë Çelik" });
        await Expect(row.GetByRole(AriaRole.Cell)).ToHaveTextAsync(
            ["Zoë Çelik", "E-1042", "23 Nov 2026", "08:59", "", "No schedule", "Present"]);
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckIn_SecondTimeOnOneDay_TellsWhenTheFirstWas()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "محمد الخوارزمي", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        await visitor.Page.GotoAsync("/");

        await CheckInAsync(visitor.Page);
        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
        await CheckInAsync(visitor.Page);

        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Already checked in today at 08:59");
        await Expect(visitor.Page.Locator(".answer-title")).ToHaveAttributeAsync("dir", "auto");
        (await site.ReadTodayAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task CheckIn_Stranger_IsRefusedAndShownTheWayToRegistration()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Salley[0]));
        await visitor.Page.GotoAsync("/");

        await CheckInAsync(visitor.Page);

        await Expect(visitor.Page.Locator(".answer-title")).ToHaveTextAsync("Not recognised");
        (await site.ReadTodayAsync()).ShouldBeEmpty();
        await visitor.Page.Locator("#answer").GetByRole(AriaRole.Link, new() { Name = "Register" }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/register_ui$"));
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckIn_NobodyInFront_GuidesAndClearsItself()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.ShowingNobody());
        await visitor.Page.Clock.InstallAsync();
        await visitor.Page.GotoAsync("/");

        await CheckInAsync(visitor.Page);
        await Expect(visitor.Page.Locator(".answer-title")).ToHaveTextAsync("No face seen");
        await Expect(visitor.Page.Locator("#answer")).ToHaveAttributeAsync("aria-live", "assertive");
        await visitor.Page.Clock.FastForwardAsync(11_000);

        await Expect(visitor.Page.Locator("#answer")).ToBeEmptyAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Check in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task CheckIn_ByKeyboardOnly_Works()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.Locator("#check-in")).ToHaveAttributeAsync("aria-disabled", "false");

        await visitor.Page.Keyboard.PressAsync("Space");
        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
        await Expect(visitor.Page.Locator("#check-in")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Already checked in today at 08:59");
    }

    [Fact]
    public async Task CheckIn_OnCamera_SendsOneUnmirroredJpegOf640By480()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        byte[]? sent = null;
        await visitor.Page.RouteAsync("**/api/v1/check-ins", async route =>
        {
            sent = route.Request.PostDataBuffer;
            await route.ContinueAsync();
        });
        await visitor.Page.GotoAsync("/");
        await CheckInAsync(visitor.Page);
        await Expect(visitor.Page.Locator(".answer-title")).ToBeVisibleAsync();

        sent.ShouldNotBeNull();
        var start = sent.AsSpan().IndexOf<byte>([0xFF, 0xD8, 0xFF]);
        using var frame = SKBitmap.Decode(sent.AsSpan(start));
        using var shown = SKBitmap.Decode(FakeCamera.Showing(Simm[1]));
        (frame.Width, frame.Height).ShouldBe((640, 480));
        Difference(frame, shown, mirrored: false).ShouldBeLessThan(6);
        Difference(frame, shown, mirrored: true).ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task CheckIn_ConnectionBreaksAfterRecording_IsSentAgainWithTheSameKey()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        var keys = new List<string>();
        await visitor.Page.RouteAsync("**/api/v1/check-ins", async route =>
        {
            keys.Add(route.Request.Headers["idempotency-key"]);
            if (keys.Count == 1)
            {
                (await route.FetchAsync()).Ok.ShouldBeTrue(); // The server answers, but the answer never arrives.
                await route.AbortAsync("connectionreset");
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await visitor.Page.GotoAsync("/");

        await CheckInAsync(visitor.Page);

        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
        keys.Count.ShouldBe(2);
        keys[1].ShouldBe(keys[0]);
        (await site.ReadTodayAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task CheckIn_ServerOutOfReach_KeepsThePictureUntilTriedAgain()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        var sent = new List<(string Key, string Body)>();
        var down = true;
        await visitor.Page.RouteAsync("**/api/v1/check-ins", async route =>
        {
            sent.Add((route.Request.Headers["idempotency-key"], ImageOf(route.Request.PostDataBuffer!)));
            await (down ? route.AbortAsync("connectionrefused") : route.ContinueAsync());
        });
        await visitor.Page.GotoAsync("/");

        await CheckInAsync(visitor.Page);
        await Expect(visitor.Page.Locator(".answer-text")).ToContainTextAsync("The server can’t be reached");
        await visitor.PhotographAsync("check-in-unreachable");
        down = false;
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
        sent.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task CheckIn_FailedAndLeftAlone_DropsThePictureAndGoesOn()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        var page = visitor.Page;
        await page.RouteAsync("**/api/v1/check-ins", route => route.FulfillAsync(new() { Status = 503, Body = "{}" }));
        await page.Clock.InstallAsync();
        await page.GotoAsync("/");

        await CheckInAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).FocusAsync();
        (await page.Locator("video").EvaluateAsync<bool>("video => video.paused")).ShouldBeTrue();
        await page.Clock.FastForwardAsync(31_000);

        await Expect(page.Locator("#answer")).ToBeEmptyAsync();
        await Expect(page.Locator("#check-in")).ToBeFocusedAsync();
        (await page.Locator("video").EvaluateAsync<bool>("video => video.paused")).ShouldBeFalse();
    }

    [Fact]
    public async Task CheckIn_ServerDoesNotAnswer_IsGivenUpAfter15Seconds()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        await visitor.Page.AddInitScriptAsync(
            "AbortSignal.timeout = (after) => { (window.patience ??= []).push(after); return AbortSignal.abort(); };");
        await visitor.Page.GotoAsync("/");

        await CheckInAsync(visitor.Page);

        await Expect(visitor.Page.Locator(".answer-text")).ToContainTextAsync("The server can’t be reached");
        (await visitor.Page.EvaluateAsync<int[]>("patience")).ShouldBe([15_000, 15_000]);
    }

    [Fact]
    public async Task CheckIn_ClickedTwiceAtOnce_IsSentOnceAndForgetsTheLastTone()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.ShowingNobody());
        var page = visitor.Page;
        var sent = 0;
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/check-ins", async route =>
        {
            if (++sent > 1)
            {
                await answer.Task;
            }

            await route.ContinueAsync();
        });
        await page.GotoAsync("/");
        await CheckInAsync(page);
        await Expect(page.Locator("#stage")).ToHaveAttributeAsync("data-tone", "warn");

        await page.Locator("#check-in").EvaluateAsync("button => { button.click(); button.click(); }");

        await Expect(page.Locator("#check-in")).ToHaveTextAsync("Checking…");
        await Expect(page.Locator("#stage[data-tone]")).ToHaveCountAsync(0);
        await visitor.PhotographAsync("check-in-checking");
        answer.SetResult();
        await Expect(page.Locator(".answer-title")).ToHaveTextAsync("No face seen");
        sent.ShouldBe(2);
    }

    [Fact]
    public async Task CheckIn_OnDesktop_KeepsTheButtonInPlaceInEveryState()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        var page = visitor.Page;
        var places = new HashSet<float>();
        await page.GotoAsync("/");
        await Expect(page.Locator("#stage")).ToHaveAttributeAsync("data-camera", "live");
        places.Add((await page.Locator("#check-in").BoundingBoxAsync())!.Y);

        foreach (var (outcome, title) in new[] { (
            "noFace", "No face seen"), ("unsure", "Not sure who you are"), ("unknown", "Not recognised") })
        {
            await page.UnrouteAllAsync();
            await page.RouteAsync(
                "**/api/v1/check-ins",
                route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"outcome":"{{outcome}}"}""" }));
            await CheckInAsync(page);
            await Expect(page.Locator(".answer-title")).ToHaveTextAsync(title);
            places.Add((await page.Locator("#check-in").BoundingBoxAsync())!.Y);
        }

        places.Count.ShouldBe(1);
    }

    private static async Task CheckInAsync(IPage page)
    {
        await Expect(page.Locator("#stage")).ToHaveAttributeAsync("data-camera", "live");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check in", Exact = true }).ClickAsync();
    }

    private static string ImageOf(byte[] body)
    {
        var (start, end) = (body.AsSpan().IndexOf<byte>([0xFF, 0xD8, 0xFF]), body.AsSpan().LastIndexOf<byte>([0xFF, 0xD9]));
        return Convert.ToHexString(body.AsSpan(start..end));
    }

    // The mean difference of the green values over the middle of the picture, where the face is.
    private static double Difference(SKBitmap first, SKBitmap second, bool mirrored) =>
        (from x in Enumerable.Range(170, 300)
         from y in Enumerable.Range(90, 300)
         select Math.Abs(first.GetPixel(x, y).Green - second.GetPixel(mirrored ? 639 - x : x, y).Green)).Average();
}
