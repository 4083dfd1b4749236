using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The registration page in a real browser, on real faces.</summary>
[Collection(BrowserTests.Name)]
public sealed class RegistrationTests(BrowserDriver driver)
{
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];
    private static readonly IReadOnlyList<string> Salley = DebianPhotos.Johns["John_Salley"];
    private static readonly string Crowd = DebianPhotos.Faces.Single(path => path.EndsWith("bald_guys.jpg", StringComparison.Ordinal));

    [Fact]
    public async Task Register_ThreePhotosOfTheWebcamByKeyboardOnly_EnrolsAndIsReadyForTheNext()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, FakeCamera.Showing(Simm[1]));
        var page = visitor.Page;
        await page.GotoAsync("/register_ui");

        await page.GetByLabel("Name").FocusAsync();
        await page.Keyboard.TypeAsync("山田 太郎");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("E-7");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Use the camera" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        var take = page.Locator("#take");
        await Expect(take).ToBeFocusedAsync();
        for (var count = 1; count <= 3; count++)
        {
            await Expect(take).ToHaveAttributeAsync("aria-disabled", "false");
            await page.Keyboard.PressAsync("Space");
            await Expect(page.Locator(".photo[data-tone=good]")).ToHaveCountAsync(count);
        }

        await Expect(take).ToHaveTextAsync("Three photos taken");
        await page.GetByLabel("I have read this, and I agree.").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByLabel("Employee ID").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#done")).ToContainTextAsync("山田 太郎 is registered");
        await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("");
        await Expect(page.Locator(".photo")).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("I have read this, and I agree.")).Not.ToBeCheckedAsync();
        var people = site.Services.GetRequiredService<IPersonStore>();
        var consents = site.Services.GetRequiredService<IConsentStore>();
        var person = (await people.FindAsync("E-7")).ShouldNotBeNull();
        person.Name.ShouldBe("山田 太郎");
        var consent = (await consents.ListAsync(person.Id)).ShouldHaveSingleItem();
        (consent.TextVersion, consent.Basis).ShouldBe(("1", ConsentBasis.Given));
        visitor.TakeComplaints().ShouldBeEmpty();
    }

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

    [Fact]
    public async Task Register_EmployeeIdTaken_KeepsEverythingAndPointsAtTheField()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("E-1", "Ada", Salley[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site);
        var page = visitor.Page;
        await FillAsync(page, "Grace", "E-1", Simm[0]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();
        await Expect(page.Locator("#employeeId-error")).ToHaveTextAsync("Somebody is registered with this employee ID already.");
        await Expect(page.GetByLabel("Employee ID")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Employee ID")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Grace");
        await Expect(page.Locator(".photo[data-tone=good]")).ToHaveCountAsync(1);

        await page.GetByLabel("Employee ID").FillAsync("E-2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#done")).ToContainTextAsync("Grace is registered");
    }

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Register_LikeFace_AsksForWhoAndWhy(bool phone, ColorScheme scheme)
    {
        await using var site = Site.Start();
        await site.RegisterAsync("E-1", "محمد الخوارزمي", Simm[1]);
        await using var visitor = await Visitor.ComeAsync(driver, site, screen: phone ? Visitor.Phone : Visitor.Desktop, scheme: scheme);
        var page = visitor.Page;
        await FillAsync(page, "Grace", "E-2", Simm[0]);
        var register = page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true });
        var question = page.GetByRole(AriaRole.Dialog);
        var before = await PlaceAsync();

        await register.ClickAsync();
        await Expect(question).ToHaveAccessibleNameAsync("This face is registered already");
        await Expect(question.GetByLabel("Who answers for it")).ToBeFocusedAsync();
        (await PlaceAsync()).ShouldBe(before, 0.5);
        await visitor.PhotographAsync("register-like-face");
        await page.Keyboard.PressAsync("Escape");
        await Expect(question).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(
            "Not registered: this face is registered already, under another employee ID.");
        await Expect(register).ToBeFocusedAsync();
        (await site.Services.GetRequiredService<IPersonStore>().FindAsync("E-2")).ShouldBeNull();

        await page.Keyboard.PressAsync("Enter");
        await Expect(question).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("hr.miller");
        await page.Keyboard.PressAsync("Enter");
        await Expect(question.GetByLabel("Why these are two people")).ToBeFocusedAsync();
        await Expect(question.GetByLabel("Why these are two people")).ToHaveAccessibleDescriptionAsync("Say why these are two people.");
        await visitor.PhotographAsync("register-like-face-error");
        await page.Keyboard.TypeAsync("Twins; both were here");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#done")).ToContainTextAsync("Grace is registered");
        await Expect(question).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        var trail = await site.Services.GetRequiredService<IAuditTrail>().ReadAsync().ToListAsync();
        trail.Where(entry => entry.Action == AuditActions.DuplicateAccepted).Select(entry => (entry.By, entry.Reason))
            .ShouldBe([(Actor.Claimed("hr.miller"), "Twins; both were here")]);
        visitor.TakeComplaints().Where(text => !text.Contains("409", StringComparison.Ordinal)).ShouldBeEmpty();

        Task<double> PlaceAsync() =>
            page.Locator("#submit").EvaluateAsync<double>("button => button.getBoundingClientRect().top + scrollY");
    }

    [Fact]
    public async Task Register_PhotosOfTwoPeople_IsRefusedAtThePhotos()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await FillAsync(visitor.Page, "Grace", "E-1", Simm[0], Salley[0]);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();

        await Expect(visitor.Page.Locator("#photo-error")).ToHaveTextAsync("The photos show more than one person. Keep only those of one.");
    }

    [Fact]
    public async Task Register_NothingFilledIn_MarksEachFieldAndFocusesTheFirst()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        var page = visitor.Page;
        await page.GotoAsync("/register_ui");

        await page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();

        await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Name")).ToHaveAccessibleDescriptionAsync("Enter the name.");
        await Expect(page.GetByLabel("Employee ID")).ToHaveAccessibleDescriptionAsync("Enter the employee ID.");
        await Expect(page.Locator("#photo-error")).ToHaveTextAsync("Add at least one photo.");
        await Expect(page.Locator("#consent-error")).ToHaveTextAsync("Nobody is registered without having agreed.");
        await visitor.PhotographAsync("register-empty", wholePage: true);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("4 entries need a look");
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Register_ServerOutOfReach_LosesNothing()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        var page = visitor.Page;
        var down = true;
        await page.RouteAsync("**/api/v1/**", route => down ? route.AbortAsync("connectionrefused") : route.ContinueAsync());
        await page.GotoAsync("/register_ui");
        await page.GetByLabel("Name").FillAsync("Grace");
        await page.GetByLabel("Employee ID").FillAsync("E-1");
        await page.GetByLabel("I have read this, and I agree.").CheckAsync();
        await page.Locator("#photo").SetInputFilesAsync(Simm[0]);
        await Expect(page.Locator(".verdict")).ToContainTextAsync("The server can’t be reached");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server can’t be reached");

        down = false;
        await page.GetByRole(AriaRole.Button, new() { Name = "Check photo 1 again" }).ClickAsync();
        await Expect(page.Locator(".verdict")).ToHaveTextAsync("Face found.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();

        await Expect(page.Locator("#done")).ToContainTextAsync("Grace is registered");
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
              document.getElementById('drop').dispatchEvent(way === 'drop' ? new DragEvent('drop', facts) : new ClipboardEvent('paste', facts));
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

    [Fact]
    public async Task Register_WhileSending_HoldsTheForm()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        var page = visitor.Page;
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/people", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await FillAsync(page, "Grace", "E-1", Simm[0]);
        await page.GetByLabel("Name").FocusAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#submit")).ToHaveTextAsync("Registering…");
        await page.Keyboard.TypeAsync("Hopper");
        await page.Locator("#photo").EvaluateAsync(
            """
            () => {
              const transfer = new DataTransfer();
              transfer.items.add(new File(['x'], 'me.jpg', { type: 'image/jpeg' }));
              document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer }));
            }
            """);

        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Grace");
        await Expect(page.Locator("#choose")).ToBeDisabledAsync();
        await Expect(page.Locator(".photo .remove")).ToBeDisabledAsync();
        await Expect(page.Locator(".photo")).ToHaveCountAsync(1);
        await visitor.PhotographAsync("register-sending", wholePage: true);
        answer.SetResult();
        await Expect(page.Locator("#done")).ToContainTextAsync("Grace is registered");
        await Expect(page.Locator("#choose")).ToBeEnabledAsync();
        await Expect(page.GetByLabel("Name")).ToBeEditableAsync();
    }

    [Fact]
    public async Task Register_RequestTooLarge_IsToldOfAllPhotosTogether()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site);
        await visitor.Page.RouteAsync("**/api/v1/people", route => route.FulfillAsync(
            new() { Status = 413, ContentType = "application/problem+json", Body = """{"status":413,"code":"requestTooLarge"}""" }));
        await FillAsync(visitor.Page, "Grace", "E-1", Simm[0]);

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Register", Exact = true }).ClickAsync();

        await Expect(visitor.Page.Locator("#photo-error")).ToContainTextAsync("The photos together are too large.");
        await Expect(visitor.Page.Locator("#choose")).ToBeFocusedAsync();
    }

    private static async Task FillAsync(IPage page, string name, string employeeId, params string[] photos)
    {
        await page.GotoAsync("/register_ui");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Employee ID").FillAsync(employeeId);
        await page.GetByLabel("I have read this, and I agree.").CheckAsync();
        await page.Locator("#photo").SetInputFilesAsync(photos);
        await Expect(page.Locator(".photo[data-tone=good]")).ToHaveCountAsync(photos.Length);
    }
}
