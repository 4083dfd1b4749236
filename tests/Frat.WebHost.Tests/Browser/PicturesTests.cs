using Frat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>
/// Takes pictures of pages and states, for people to look at: <c>artifacts/screenshots</c> shows real faces and is never committed.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class PicturesTests(BrowserDriver driver)
{
    private const int MaxReadmePictureBytes = 150_000;
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(false, ColorScheme.Dark)]
    [InlineData(true, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Pages_InEachState_ArePhotographed(bool phone, ColorScheme scheme)
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(
            driver, site, FakeCamera.Showing(Simm[1]), screen: phone ? Visitor.Phone : Visitor.Desktop, scheme: scheme);
        var page = visitor.Page;

        await page.GotoAsync("/");
        await Expect(page.Locator("#stage")).ToHaveAttributeAsync("data-camera", "live");
        await visitor.PhotographAsync("check-in");
        await page.Locator("#check-in").ClickAsync();
        await Expect(page.Locator(".answer-title")).ToHaveTextAsync("Not recognised");
        await visitor.PhotographAsync("check-in-unknown");

        await page.GotoAsync("/register_ui");
        await visitor.PhotographAsync("register", wholePage: true);
        await page.GetByLabel("Name").FillAsync("Zoë Çelik");
        await page.GetByLabel("Employee ID").FillAsync("E-1042");
        await page.GetByLabel("I have read this, and I agree.").CheckAsync();
        await page.Locator("#photo").SetInputFilesAsync([Simm[0]]);
        await page.Locator("#open-camera").ClickAsync();
        await Expect(page.Locator("#take")).ToHaveAttributeAsync("aria-disabled", "false");
        await page.Locator("#take").ClickAsync();
        await Expect(page.Locator(".photo[data-tone=good]")).ToHaveCountAsync(2);
        await visitor.PhotographAsync("register-photos", wholePage: true);
        await page.Locator("#submit").ClickAsync();
        await Expect(page.Locator("#done")).ToContainTextAsync("is registered");
        await visitor.PhotographAsync("register-done");

        await page.GotoAsync("/");
        await Expect(page.Locator("#stage")).ToHaveAttributeAsync("data-camera", "live");
        await page.Locator("#check-in").ClickAsync();
        await Expect(page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
        await visitor.PhotographAsync("check-in-done");
        await page.Locator("#check-in").ClickAsync();
        await Expect(page.Locator(".answer-text")).ToHaveTextAsync("Already checked in today at 08:59");
        await visitor.PhotographAsync("check-in-already");

        await page.GotoAsync("/records");
        await visitor.PhotographAsync("records");
        await page.GotoAsync("/records?date=2026-11-20");
        await visitor.PhotographAsync("records-empty");
        await page.GotoAsync("/nowhere");
        await visitor.PhotographAsync("error");
    }

    /// <summary>
    /// The README's pictures, with a drawn face and made-up people: copy them from <c>artifacts/readme</c> to <c>docs/images</c>.
    /// </summary>
    [Fact]
    public async Task ReadmePictures_ShowNobody()
    {
        await using var site = Site.Start();
        var time = new DateTime(2026, 11, 23, 8, 41, 12);
        foreach (var name in new[]
        {
            "Nadia Haddad", "Tomás Rivera", "山田 太郎", "Zoë Çelik", "محمد الخوارزمي", "Ingrid Solberg", "Priya Raman", "Jonas Weber"
        })
        {
            time = time.AddMinutes(2).AddSeconds(name.Length);
            await site.RecordAsync($"E-{1000 + time.Minute}", name, time);
        }

        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.ShowingDrawnFace());
        await visitor.Page.RouteAsync("**/api/v1/check-ins", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body =
                """
                {"outcome":"recognized","person":{"employeeId":"E-1042","name":"Alex Morgan"},
                "punch":{"id":"01a226c8-b216-794b-8789-5ef00070f582","direction":"in"},
                "attendance":{"date":"2026-11-23","time":"08:59:03","status":"Present","marked":true}}
                """,
        }));
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.Locator("#stage")).ToHaveAttributeAsync("data-camera", "live");
        await visitor.Page.Locator("#check-in").ClickAsync();
        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
        await TakeAsync(visitor.Page, "check-in.png");
        await visitor.Page.GotoAsync("/records");
        await TakeAsync(visitor.Page, "records.png");
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await page.Mouse.MoveAsync(0, 0);
        var picture =
            await page.ScreenshotAsync(new() { Path = Artifacts.PathOf("readme", name), Animations = ScreenshotAnimations.Disabled });
        picture.Length.ShouldBeLessThan(MaxReadmePictureBytes);
    }
}
