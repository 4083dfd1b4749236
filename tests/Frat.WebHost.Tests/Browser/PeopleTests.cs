using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The pages about people in a real browser, which has scripts turned off here.</summary>
[Collection(BrowserTests.Name)]
public sealed class PeopleTests(BrowserDriver driver)
{
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Fact]
    public async Task People_SearchAndState_FindWhomTheySay()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("E/1 ü", "José <b>Müller</b>", Simm[0]);
        await site.RecordAsync("E-2", "Ada Lovelace", new DateTime(2026, 11, 23, 8, 0, 0));
        var people = site.Services.GetRequiredService<IPersonStore>();
        await site.RecordAsync("E-3", "Grace Hopper", new DateTime(2026, 11, 23, 8, 0, 0));
        await people.SetActiveAsync((await people.FindAsync("E-3"))!.Id, active: false, new AuditNote { By = Actor.User("test") });
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);
        var page = visitor.Page;
        var rows = page.Locator("tbody tr");

        await page.GotoAsync("/people");
        await Expect(rows).ToContainTextAsync(["Ada Lovelace", "Grace Hopper", "José <b>Müller</b>"]);
        await Expect(rows.Locator(".badge")).ToHaveTextAsync(["No face", "Inactive", "Recognised"]);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("muller");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("e-");
        await page.GetByLabel("State").SelectOptionAsync("inactive");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(rows).ToContainTextAsync(["Grace Hopper"]);
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("e-");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("nobody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show everybody" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "José <b>Müller</b>" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("José <b>Müller</b>");
        await Expect(page.Locator(".lead")).ToContainTextAsync("E/1 ü");
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Person_DeactivateDeleteRevokeForget_AskForWhoAndWhyAndAreWrittenDown()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("E/1 ü", "Grace Hopper", Simm[0], Simm[1]);
        var people = site.Services.GetRequiredService<IPersonStore>();
        var encodings = site.Services.GetRequiredService<IEncodingStore>();
        var person = (await people.FindAsync("E/1 ü"))!;
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);
        var page = visitor.Page;
        await page.GotoAsync("/people/person?id=E%2F1%20%C3%BC");

        await ChangeAsync("Deactivate", "On leave");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Grace Hopper is not recognised any more.");
        await Expect(page.Locator(".lead .badge")).ToHaveTextAsync("Inactive");
        (await RecogniseAsync()).ShouldBe(IdentificationOutcome.Unknown);
        await ChangeAsync("Activate", "Back again");
        (await RecogniseAsync()).ShouldBe(IdentificationOutcome.Recognized);

        await ChangeAsync("Delete a template", "Blurred", "Delete the template");
        (await encodings.ListAsync(person.Id)).Count.ShouldBe(1);
        await ChangeAsync("Withdraw the consent", "Asked for it", "Withdraw, and delete the templates");
        await Expect(page.Locator(".lead .badge")).ToHaveTextAsync("No face");
        await Expect(page.GetByText("Withdrawn", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("summary")).ToHaveTextAsync(["Set a PIN", "Deactivate", "Export", "Forget"]);
        (await RecogniseAsync()).ShouldBe(IdentificationOutcome.Unknown);

        await page.GetByLabel("to confirm").Locator("xpath=ancestor::details/summary").ClickAsync();
        await page.GetByLabel("to confirm").FillAsync("E-1");
        await FillAsync("Forget", "Left");
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget for good" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was deleted");
        await Expect(page.Locator("details[open]").GetByLabel("Reason")).ToHaveValueAsync("Left");
        await page.GetByLabel("to confirm").FillAsync(" E/1 ü ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget for good" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The person is forgotten");
        (await people.FindAsync("E/1 ü")).ShouldBeNull();
        page.Url.ShouldNotContain("E%2F1");

        var trail = await site.Services.GetRequiredService<IAuditTrail>().ReadAsync(personId: person.Id).ToListAsync();
        trail.Where(entry => entry.By == Actor.Claimed("hr.miller")).Select(entry => (entry.Action, entry.Reason)).ShouldBe(
        [
            (AuditActions.PersonDeactivated, "On leave"), (
                AuditActions.PersonActivated, "Back again"), (AuditActions.TemplateDeleted, "Blurred"),
            (AuditActions.ConsentWithdrawn, "Asked for it"), (
                AuditActions.TemplateDeleted, "Asked for it"), (AuditActions.PersonForgotten, "Left"),
        ]);
        visitor.TakeComplaints().Where(text => !text.Contains("400", StringComparison.Ordinal)).ShouldBeEmpty();

        async Task ChangeAsync(string what, string reason, string? button = null)
        {
            await page.Locator("summary", new() { HasTextString = what }).ClickAsync();
            await FillAsync(what, reason);
            await page.GetByRole(AriaRole.Button, new() { Name = button ?? what, Exact = true }).ClickAsync();
        }

        async Task FillAsync(string what, string reason)
        {
            var form = page.Locator("details", new() { Has = page.Locator("summary", new() { HasTextString = what }) });
            await form.GetByLabel("Your name").FillAsync("hr.miller");
            await form.GetByLabel("Reason").FillAsync(reason);
        }

        async Task<IdentificationOutcome> RecogniseAsync() => (await site.Services.GetRequiredService<ICheckInService>().CheckInAsync(
            new CheckInRequest { Frames = [await File.ReadAllBytesAsync(Simm[2])], Source = "test" })).Outcome;
    }

    [Fact]
    public async Task Person_Export_IsDownloadedWithWhoAndWhyInTheTrail()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("E-1", "Grace Hopper", Simm[0]);
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);
        var page = visitor.Page;
        await page.GotoAsync("/people/person?id=E-1");

        await page.Locator("summary", new() { HasTextString = "Export" }).ClickAsync();
        await page.Locator("#export-by").FillAsync("hr.miller");
        await page.Locator("#export-reason").FillAsync("Asked for it");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());

        download.SuggestedFilename.ShouldBe("person.json");
        var document = await File.ReadAllTextAsync(await download.PathAsync());
        document.ShouldContain("\"Grace Hopper\"");
        document.ShouldNotContain("\"encoding\":");
        var trail = await site.Services.GetRequiredService<IAuditTrail>().ReadAsync().ToListAsync();
        trail.Where(entry => entry.Action == AuditActions.PersonExported).Select(entry => (entry.By, entry.Reason))
            .ShouldBe([(Actor.Claimed("hr.miller"), "Asked for it")]);
    }

    [Fact]
    public async Task Person_FormWithoutTheToken_ChangesNothing()
    {
        await using var site = Site.Start();
        await site.RegisterAsync("E-1", "Grace Hopper", Simm[0]);
        using var client = new HttpClient { BaseAddress = site.Address };
        using var form = new FormUrlEncodedContent([new("by", "x"), new("reason", "x"), new("confirm", "E-1")]);

        using var response = await client.PostAsync(new Uri("/people/person?id=E-1&handler=Forget", UriKind.Relative), form);

        ((int)response.StatusCode).ShouldBe(400);
        (await site.Services.GetRequiredService<IPersonStore>().FindAsync("E-1")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(false, ColorScheme.Dark)]
    [InlineData(true, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Pages_OfPeople_ArePhotographed(bool phone, ColorScheme scheme)
    {
        await using var site = Site.Start();
        await site.RegisterAsync("E-1042", "Zoë Çelik", Simm[0], Simm[1], Simm[2]);
        var people = site.Services.GetRequiredService<IPersonStore>();
        foreach (var (id, name) in new[] { (
            "E-1001", "محمد الخوارزمي"), ("E-1002", "山田 太郎"), ("E-1003", "Wolfeschlegelsteinhausenbergerdorff-Montgomery, Bartholomew") })
        {
            await site.RecordAsync(id, name, new DateTime(2026, 11, 23, 8, 0, 0));
        }

        await people.SetActiveAsync(
            (await people.FindAsync("E-1002"))!.Id,
            active: false,
            new AuditNote { By = Actor.User("hr.miller"), Reason = "Moved to another site" });
        await using var visitor = await Visitor.ComeAsync(driver, site, screen: phone ? Visitor.Phone : Visitor.Desktop, scheme: scheme);
        var page = visitor.Page;

        await page.GotoAsync("/people");
        await visitor.PhotographAsync("people");
        await page.GotoAsync("/people?q=nobody");
        await visitor.PhotographAsync("people-none");
        await page.GotoAsync("/people/person?id=E-1042");
        await visitor.PhotographAsync("person", wholePage: true);
        await page.Locator("summary", new() { HasTextString = "Forget" }).ClickAsync();
        await page.Locator("summary", new() { HasTextString = "Export" }).ClickAsync();
        await page.Locator("summary", new() { HasTextString = "Delete a template" }).ClickAsync();
        await visitor.PhotographAsync("person-forms", wholePage: true);
        await page.GotoAsync("/people/person?id=E-1002");
        await page.Locator("summary", new() { HasTextString = "Activate" }).ClickAsync();
        await page.Locator("#activate-by").FillAsync("hr.miller");
        await page.Locator("#activate-reason").FillAsync("Is back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Activate", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("is recognised again");
        await visitor.PhotographAsync("person-done");
        await page.GotoAsync("/people/person?id=none");
        await visitor.PhotographAsync("person-none");
    }
}
