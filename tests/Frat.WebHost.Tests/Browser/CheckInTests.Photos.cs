using System.Text.RegularExpressions;
using Frat.TestKit;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

public sealed partial class CheckInTests
{
    [Theory]
    [InlineData(CameraAccess.Refused, "The camera is not allowed")]
    [InlineData(CameraAccess.Absent, "No camera found")]
    internal async Task CheckIn_NoCamera_GuidesAndTakesAPhotoInstead(CameraAccess camera, string guidance)
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, camera: camera);
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.Locator(".note-title")).ToHaveTextAsync(guidance);
        await Expect(visitor.Page.Locator("#check-in")).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator("#keys")).ToBeHiddenAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Use a photo" })).ToBeFocusedAsync();
        await visitor.PhotographAsync($"check-in-camera-{camera}".ToLowerInvariant());

        var chooser = await visitor.Page.RunAndWaitForFileChooserAsync(() =>
            visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Use a photo" }).ClickAsync());
        await chooser.SetFilesAsync(Simm[2]);

        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
        (await site.ReadTodayAsync()).Single().Person.Name.ShouldBe("Ada");
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckIn_CameraBusy_TriesAgainOnRequest()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.AddInitScriptAsync("""
            const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            let busy = true;
            navigator.mediaDevices.getUserMedia = (wishes) => {
              const answer = busy ? Promise.reject(new DOMException('', 'NotReadableError')) : ask(wishes);
              busy = false;
              return answer;
            };
            """);
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.Locator(".note-title")).ToHaveTextAsync("The camera is busy");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try the camera again" }).ClickAsync();

        await Expect(visitor.Page.Locator("#stage")).ToHaveAttributeAsync("data-camera", "live");
        await Expect(visitor.Page.Locator("#check-in")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task CheckIn_AddressWithoutHttps_SaysSoAndTakesAPhotoInstead()
    {
        await using var site = Site.Start(open: true);
        await site.RegisterAsync("1", "Ada", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, knownAs: "kiosk.test");
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.Locator(".note-title")).ToHaveTextAsync("The camera needs a secure address");

        await visitor.Page.Locator("#photo").SetInputFilesAsync(Simm[2]);

        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync("Checked in at 08:59");
    }

    [Fact]
    public async Task CheckIn_PhotosThatCannotBeUsed_AreExplained()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.GotoAsync("/");
        var (photo, answer) = (visitor.Page.Locator("#photo"), visitor.Page.Locator(".answer-text"));

        await photo.SetInputFilesAsync(new FilePayload { Name = "list.txt", MimeType = "text/plain", Buffer = "not a photo"u8.ToArray() });
        await Expect(answer).ToContainTextAsync("isn’t a photo that can be read");

        await photo.SetInputFilesAsync(visitor.MakeFile("large.jpg", 20 * 1024 * 1024 + 1));
        await Expect(answer).ToContainTextAsync("too large");

        await photo.SetInputFilesAsync(
            new FilePayload { Name = "broken.jpg", MimeType = "image/jpeg", Buffer = File.ReadAllBytes(Simm[0])[..2000] });
        await Expect(answer).ToContainTextAsync("damaged");

        await photo.SetInputFilesAsync(DebianPhotos.Faces.Single(path => path.EndsWith("2008_001009.jpg", StringComparison.Ordinal)));
        await Expect(answer).ToHaveTextAsync("Use a photo of only you.");
    }

    [Theory]
    [InlineData("noFace", "No face found")]
    [InlineData("unsure", "Not sure who you are")]
    public async Task CheckIn_PhotoWithoutAUsableFace_IsExplainedInWordsForPhotos(string outcome, string title)
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.RouteAsync(
            "**/api/v1/check-ins",
            route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"outcome":"{{outcome}}"}""" }));
        await visitor.Page.GotoAsync("/");

        await visitor.Page.Locator("#photo").SetInputFilesAsync(Simm[0]);

        await Expect(visitor.Page.Locator(".answer-title")).ToHaveTextAsync(title);
        await Expect(visitor.Page.Locator(".answer-text")).ToHaveTextAsync(
            "Use a sharp photo that shows your face from the front, in good light.");
    }
}
