using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>From the first link over the set-up to somebody without a face who has a PIN, and changes it.</summary>
[Collection(BrowserTests.Name)]
public sealed class OfficePinTests(BrowserDriver driver)
{
    private const string Password = "correct horse staple";

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Office_SetsUpAndGivesAPin_WhichThePersonChanges(bool phone, ColorScheme scheme)
    {
        await using var site = Site.Start(signIn: true);
        await using var visitor = await Visitor.ComeAsync(
            driver, site, screen: phone ? Visitor.Phone : Visitor.Desktop, scheme: scheme);
        var page = visitor.Page;
        await page.GotoAsync("/welcome?key=" + Uri.EscapeDataString(
            site.Services.GetRequiredService<FirstLink>().CreateKey(TimeSpan.FromHours(1), forAnother: false)));
        await page.GetByLabel("Name to sign in with").FillAsync("ada");
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByLabel("The same once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Set-up" })).ToBeVisibleAsync();
        await Expect(page.Locator("#clock")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^08:59:0[4-9]$"));
        await Expect(page.GetByLabel("From", new() { Exact = true })).ToBeHiddenAsync();
        await LookAsync(visitor, "set-up");
        await page.ReloadAsync(); // Taking a picture leaves a style in the page.
        await page.GetByLabel("In and out").CheckAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("08:30");
        await page.GetByLabel("Saturday").CheckAsync();
        await LookAsync(visitor, "set-up-in-and-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("The second look of a day is a going now.")).ToBeVisibleAsync();
        await LookAsync(visitor, "set-up-saved");
        (await site.Services.GetRequiredService<IScheduleStore>().ListSchedulesAsync()).ShouldHaveSingleItem()
            .Start.ShouldBe(new TimeOnly(8, 30));

        await page.GetByRole(AriaRole.Link, new() { Name = "Register people" }).ClickAsync();
        await page.WaitForURLAsync("**/register_ui");
        await LookAsync(visitor, "register-with-or-without");
        await page.GetByRole(AriaRole.Link, new() { Name = "Register without a face" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Grace Hopper");
        await page.GetByLabel("Employee ID").FillAsync("E-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        var first = await page.Locator("#made-pin").InnerTextAsync();
        first.Length.ShouldBe(PinRules.MaxLength);
        await LookAsync(visitor, "register-without-face");

        var pins = site.Services.GetRequiredService<WebHost.Pins>();
        for (var i = 0; i < PinTries.Free; i++)
        {
            await pins.VerifyAsync("E-1", "0000", $"door {i}");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Show the person" }).ClickAsync();
        await Expect(page.GetByText("Locked until")).ToBeVisibleAsync();
        await LookAsync(visitor, "person-pin-locked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock now" }).ClickAsync();
        await Expect(page.GetByText("can use the PIN again")).ToBeVisibleAsync();
        await page.GetByText("Set another PIN").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a PIN" }).ClickAsync();
        var second = await page.Locator("#made-pin").InnerTextAsync();
        second.ShouldNotBe(first);
        await LookAsync(visitor, "person-pin-made");

        await AddAccountAsync(site);
        await page.GotoAsync("/sign-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("grace");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your PIN" }).ClickAsync();
        await page.GetByLabel("PIN so far").FillAsync(second);
        await page.GetByLabel("New PIN").FillAsync("258036");
        await page.GetByLabel("The same once more").FillAsync("258036");
        await LookAsync(visitor, "own-pin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the PIN" }).ClickAsync();
        await Expect(page.GetByText("The PIN is changed.")).ToBeVisibleAsync();
        (await pins.VerifyAsync("E-1", "258036", "door")).Outcome.ShouldBe(PinOutcome.Right);
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    private static async Task AddAccountAsync(Site site)
    {
        using var scope = site.Services.CreateScope();
        var (result, account) = await scope.ServiceProvider.GetRequiredService<AccountAdministration>()
            .CreateAsync(Actor.User("test"), "grace", AccountRole.Employee, "E-1", default);
        result.Succeeded.ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().AddPasswordAsync(account!, Password))
            .Succeeded.ShouldBeTrue();
    }

    private static async Task LookAsync(Visitor visitor, string name)
    {
        (await visitor.Page.EvaluateAsync<string[]>(Inspection.FindFaults)).ShouldBeEmpty(name);
        (await visitor.Page.EvaluateAsync<string[]>(Inspection.FindFaintText)).ShouldBeEmpty(name);
        await visitor.PhotographAsync(name, wholePage: true);
    }
}
