using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

public sealed partial class RegistrationTests
{
    [Fact]
    public async Task Photo_OneFace_HasItsBoxDrawnWhereTheFaceIs()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.GotoAsync("/register_ui");

        await visitor.Page.Locator("#photo").SetInputFilesAsync(Simm[0]);

        await Expect(visitor.Page.Locator(".photo .verdict")).ToHaveTextAsync("Face found.");
        var frame = (await visitor.Page.Locator(".photo .frame").BoundingBoxAsync())!;
        var box = (await visitor.Page.Locator(".photo .boxes rect").BoundingBoxAsync())!;
        var middle = (X: (box.X + box.Width / 2 - frame.X) / frame.Width, Y: (box.Y + box.Height / 2 - frame.Y) / frame.Height);
        middle.X.ShouldBe(0.5f, 0.12f); // The examples have the face in the middle.
        middle.Y.ShouldBe(0.5f, 0.15f);
        (box.Width / frame.Width).ShouldBeInRange(0.35f, 0.95f);
    }

    [Fact]
    public async Task Photos_WithoutOneFace_AreExplainedAndStopTheRegistration()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.ShowingNobody());
        var page = visitor.Page;
        await page.GotoAsync("/register_ui");
        await page.GetByLabel("Name").FillAsync("Ada");
        await page.GetByLabel("Employee ID").FillAsync("1");

        await page.Locator("#photo").SetInputFilesAsync(Crowd);
        await Expect(page.Locator(".verdict").First).ToContainTextAsync("Only one person may be in the photo.");
        (await page.Locator(".boxes rect").CountAsync()).ShouldBeGreaterThan(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the camera" }).ClickAsync();
        await Expect(page.Locator("#take")).ToHaveAttributeAsync("aria-disabled", "false");
        await page.Locator("#take").ClickAsync();
        await Expect(page.Locator(".verdict").Nth(1)).ToContainTextAsync("No face found.");
        await Expect(page.Locator("#photo-status")).ToContainTextAsync("Photo 2: No face found.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();

        await Expect(page.Locator("#photo-error")).ToHaveTextAsync("Remove or retake the photos that are marked.");
        await visitor.PhotographAsync("register-refused-photos", wholePage: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Retake photo 2" }).ClickAsync();
        await Expect(page.Locator(".photo")).ToHaveCountAsync(1);
        await Expect(page.Locator("#take")).ToBeFocusedAsync();
        (await site.Services.GetRequiredService<IPersonStore>().FindAsync("1")).ShouldBeNull();
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("paste")]
    public async Task Photo_DroppedOrPasted_IsTaken(string way)
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.GotoAsync("/register_ui");

        await visitor.Page.EvaluateAsync(
            """
            ({ way, base64 }) => {
              const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
              const transfer = new DataTransfer();
              transfer.items.add(new File([bytes], 'me.jpg', { type: 'image/jpeg' }));
              const facts = { bubbles: true, cancelable: true, dataTransfer: transfer, clipboardData: transfer };
              const event = way === 'drop' ? new DragEvent('drop', facts) : new ClipboardEvent('paste', facts);
              document.getElementById('drop').dispatchEvent(event);
            }
            """,
            new { way, base64 = Convert.ToBase64String(File.ReadAllBytes(Simm[0])) });

        await Expect(visitor.Page.Locator(".verdict")).ToHaveTextAsync("Face found.");
    }

    [Fact]
    public async Task Photo_TooLargeOrNoImage_IsRefusedBeforeItIsSent()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.RouteAsync("**/api/**", _ => throw new InvalidOperationException("Nothing is to be sent."));
        await visitor.Page.GotoAsync("/register_ui");
        var (photo, error) = (visitor.Page.Locator("#photo"), visitor.Page.Locator("#photo-error"));

        await photo.SetInputFilesAsync(new FilePayload { Name = "list.txt", MimeType = "text/plain", Buffer = "not a photo"u8.ToArray() });
        await Expect(error).ToContainTextAsync("list.txt: This file isn’t a photo");
        await Expect(visitor.Page.Locator(".photo")).ToHaveCountAsync(0);
        await photo.SetInputFilesAsync(visitor.MakeFile("large.jpg", 20 * 1024 * 1024 + 1));
        await Expect(visitor.Page.Locator(".verdict")).ToContainTextAsync("This photo is too large");
    }

    [Fact]
    public async Task Register_ThreePhotosLargerThanOneRequest_AreBroughtDownUprightAndSent()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        var page = visitor.Page;
        byte[]? sent = null;
        await page.RouteAsync("**/api/v1/people", async route =>
        {
            sent = route.Request.PostDataBuffer;
            await route.ContinueAsync();
        });
        var photos = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            var path = visitor.MakeFile($"{number}.jpg", 0);
            await File.WriteAllBytesAsync(path, LargePhotos.OnItsSide(Simm[number], 12 * 1024 * 1024));
            photos.Add(path);
        }

        await FillAsync(page, "Grace", "E-1", [.. photos]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();

        await Expect(page.Locator("#done")).ToContainTextAsync("Grace is registered");
        sent.ShouldNotBeNull().Length.ShouldBeLessThan(9 * 1024 * 1024);
        using var first = SKCodec.Create(new SKMemoryStream(sent[sent.AsSpan().IndexOf<byte>([0xFF, 0xD8, 0xFF])..]));
        (first.Info.Width, first.Info.Height, first.EncodedOrigin).ShouldBe((1536, 2048, SKEncodedOrigin.TopLeft));
    }

    [Fact]
    public async Task Photo_LargeAndTransparent_IsPutOnWhite()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.GotoAsync("/register_ui");
        using var empty = new SKBitmap(4000, 100);
        empty.Erase(SKColors.Transparent);
        using var png = empty.Encode(SKEncodedImageFormat.Png, 100);
        var sent = new TaskCompletionSource<byte[]>();
        await visitor.Page.RouteAsync("**/api/v1/photos/assess", async route =>
        {
            sent.SetResult(route.Request.PostDataBuffer!);
            await route.ContinueAsync();
        });

        await visitor.Page.Locator("#photo")
            .SetInputFilesAsync(new FilePayload { Name = "empty.png", MimeType = "image/png", Buffer = png.ToArray() });

        var body = await sent.Task;
        using var photo = SKBitmap.Decode(body.AsSpan(body.AsSpan().IndexOf<byte>([0xFF, 0xD8, 0xFF])));
        (photo.Width, photo.Height).ShouldBe((2048, 51));
        photo.GetPixel(1000, 25).ShouldBe(SKColors.White);
    }
}
