using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The registration page in a real browser, on real faces.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class RegistrationTests(BrowserDriver driver)
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
