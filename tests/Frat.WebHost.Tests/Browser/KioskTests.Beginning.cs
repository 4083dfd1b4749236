using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>How a check-in begins, and how long it takes.</summary>
public sealed partial class KioskTests
{
    // By the page itself: from the moment at which the middle of the picture is no wall any more, to the one at which the answer stands
    // there.
    private const string MeasureAnswers = """
        globalThis.answerTimes = [];
        addEventListener('DOMContentLoaded', () => {
          const video = document.getElementById('preview');
          const drawing = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          let since = 0;
          const watch = () => {
            drawing.drawImage(video, 320, 240, 1, 1, 0, 0, 1, 1);
            const [red, green, blue] = drawing.getImageData(0, 0, 1, 1).data;
            const isWall = Math.abs(red - 0x6b) + Math.abs(green - 0x7a) + Math.abs(blue - 0x73) < 12;
            since = isWall ? 0 : since || performance.now();
            video.requestVideoFrameCallback(watch);
          };
          video.requestVideoFrameCallback(watch);
          new MutationObserver(() => {
            if (since > 0) {
              answerTimes.push(Math.round(performance.now() - since));
              since = Infinity;
            }
          }).observe(document.getElementById('line'), { childList: true, characterData: true, subtree: true });
        });
        """;

    [Fact]
    public async Task Kiosk_SetToATouchOrAButton_LooksAtNobodyBefore()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("1", "Ada Lovelace", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        var page = visitor.Page;
        var settings = new DeviceSettings("Front door", null, PunchDirection.Undetermined, KioskTrigger.Touch, KeepsPictures: false);
        using var scope = site.Services.CreateScope();
        var devices = scope.ServiceProvider.GetRequiredService<DeviceAdministration>();
        var (device, code) = await devices.AddAsync(Actor.User("test"), settings, default);
        await page.GotoAsync($"/kiosk/pair?code={code}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pair" }).ClickAsync();
        var looks = 0;
        page.Request += (_, request) => looks += request.Url.EndsWith("/look", StringComparison.Ordinal) ? 1 : 0;

        await Expect(page.GetByText("Touch here, then look.")).ToBeVisibleAsync();
        await WaitAsync();
        await visitor.PhotographAsync("kiosk-touch");
        await page.Locator("#eye").ClickAsync();
        await Expect(page.Locator("#line")).ToHaveTextAsync("In 08:59");

        (await devices.ChangeAsync(Actor.User("test"), device.Id, settings with { Trigger = KioskTrigger.Button }, default)).ShouldBeTrue();
        await page.ReloadAsync(); // It would follow by itself, within a minute.
        looks = 0;
        await Expect(page.GetByText("Look here, and press the button.")).ToBeVisibleAsync();
        await WaitAsync();
        await page.Locator("#eye").ClickAsync();
        await WaitAsync();
        await visitor.PhotographAsync("kiosk-button");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check in" }).ClickAsync();
        await Expect(page.Locator("#line")).ToHaveTextAsync("You are in since 08:59");
        visitor.TakeComplaints().ShouldBeEmpty();

        async Task WaitAsync()
        {
            await page.WaitForFunctionAsync("() => document.querySelector('video').srcObject?.active");
            await page.WaitForTimeoutAsync(2_000);
            looks.ShouldBe(0);
        }
    }
}
