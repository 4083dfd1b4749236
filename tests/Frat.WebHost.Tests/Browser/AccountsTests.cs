using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Frat.WebHost.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The first hour of an administrator: the link, a passkey, a second step, other accounts and keys.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccountsTests(BrowserDriver driver)
{
    private const string Name = "ada@example.org";
    private const string Password = "correct horse staple";

    [Fact]
    public async Task Administrator_FromTheFirstLinkOn_SignsInByEachWay()
    {
        await using var site = Site.Start(signIn: true);
        await using var visitor = await Visitor.ComeAsync(driver, site, knownAs: "localhost"); // A passkey belongs to a name.
        var page = visitor.Page;
        await AddAuthenticatorAsync(page);

        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not set up yet" })).ToBeVisibleAsync();
        await page.GotoAsync("/welcome?key=" + Uri.EscapeDataString(
            site.Services.GetRequiredService<FirstLink>().CreateKey(TimeSpan.FromHours(1), forAnother: false)));
        await LookAsync(visitor, "welcome");
        await page.GetByLabel("Name to sign in with").FillAsync(Name);
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByLabel("The same once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Name })).ToBeVisibleAsync();

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();
        await SignOutAsync(page);
        await LookAsync(visitor, "sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Name })).ToBeVisibleAsync();

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await LookAsync(visitor, "account-second-step");
        var key = await page.Locator("code.secret").InnerTextAsync();
        await page.GetByLabel("Code").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch it on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("isn’t the code");
        await page.GetByLabel("Code").FillAsync(CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch it on" }).ClickAsync();
        await Expect(page.Locator(".codes code")).ToHaveCountAsync(10);
        var recovery = await page.Locator(".codes code").First.InnerTextAsync();
        await LookAsync(visitor, "account-codes");

        await SignOutAsync(page);
        await PasswordAsync(page);
        await LookAsync(visitor, "sign-in-second");
        await page.GetByLabel("Code").FillAsync(CodeOf(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Name })).ToBeVisibleAsync();

        for (var use = 0; use < 2; use++)
        {
            await SignOutAsync(page);
            await PasswordAsync(page);
            await page.GetByLabel("Code").FillAsync(recovery);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Expect(use == 0
                ? page.GetByRole(AriaRole.Link, new() { Name = Name })
                : page.GetByText("This code isn’t the one")).ToBeVisibleAsync();
        }

        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Pages_OfAccounts_AreAsTheOthers(bool phone, ColorScheme scheme)
    {
        await using var directory = await DirectoryServer.StartAsync();
        await using var site = Site.Start(signIn: true, settings: DirectoryHost.SettingsOf(directory.Address));
        await directory.AddAsync(site.Address);
        await site.RecordAsync("E-1", "Grace Hopper", Site.Today.ToDateTime(new TimeOnly(8, 30)));
        using (var scope = site.Services.CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountAdministration>();
            (await accounts.CreateAdministratorAsync(Guid.NewGuid(), forAnother: false, Name, Password, default)).Succeeded.ShouldBeTrue();
        }

        await using var visitor = await Visitor.ComeAsync(
            driver, site, screen: phone ? Visitor.Phone : Visitor.Desktop, scheme: scheme);
        var page = visitor.Page;
        await VisitByTheDirectoryAsync(visitor, directory);
        await page.GotoAsync("/accounts");
        await PasswordAsync(page);
        await page.GetByLabel("Name to sign in with").FillAsync("grace");
        await page.GetByLabel("Employee ID, if any").FillAsync("E-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await LookAsync(visitor, "accounts");
        var link = await page.Locator("#link").InnerTextAsync();
        await page.GotoAsync("/accounts/keys");
        await page.GetByLabel("Program").FillAsync("Payroll");
        await page.GetByLabel("read attendance").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(page.Locator("#key")).ToContainTextAsync(ApiKey.Prefix);
        await LookAsync(visitor, "keys");
        await page.GotoAsync("/devices");
        await page.GetByLabel("Name").FillAsync("Front door");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Expect(page.Locator("#code")).ToHaveTextAsync(new Regex("^[0-9]{3} [0-9]{3}$"));
        await LookAsync(visitor, "devices");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change Front door" }).ClickAsync();
        await LookAsync(visitor, "device");
        await page.GetByLabel("Punches there are").SelectOptionAsync("In");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("entrance, hands-free")).ToBeVisibleAsync();
        await page.GotoAsync("/account");
        await LookAsync(visitor, "account");
        await SignOutAsync(page, () => LookAsync(visitor, "sign-out"));

        await page.GotoAsync(link);
        await LookAsync(visitor, "password");
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByLabel("The same once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My times" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await LookAsync(visitor, "me");
        await page.GotoAsync("/people");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not for this account" })).ToBeVisibleAsync();
        await LookAsync(visitor, "denied");
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    private static async Task VisitByTheDirectoryAsync(Visitor visitor, DirectoryServer directory)
    {
        var page = visitor.Page;
        var way = page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Contoso" });
        directory.Present = new DirectoryPerson("s-1", "grace@contoso.example");
        await page.GotoAsync("/sign-in");
        await LookAsync(visitor, "sign-in-directory");
        await way.ClickAsync();
        await Expect(page.GetByText("Contoso knows you, but gives you no role here.")).ToBeVisibleAsync();
        await LookAsync(visitor, "sign-in-refused");
        visitor.TakeComplaints().ShouldHaveSingleItem().ShouldContain("403");
        directory.Present = directory.Present with { Roles = ["staff"] };
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the sign-in" }).ClickAsync();
        await way.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "grace@contoso.example" })).ToBeVisibleAsync();
        await page.GotoAsync("/account");
        await LookAsync(visitor, "account-directory");
        await page.GotoAsync("/sign-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Signed out" })).ToBeVisibleAsync();
        await LookAsync(visitor, "signed-out");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out there, too" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private static async Task LookAsync(Visitor visitor, string name)
    {
        // Who hasn't signed in has nowhere to go.
        var isSignedIn = await visitor.Page.Locator(".own").CountAsync() > 0;
        (await visitor.Page.EvaluateAsync<string[]>(Inspection.FindFaults))
            .ShouldBe(isSignedIn ? [] : ["0 × header nav[aria-label]"], name);
        (await visitor.Page.EvaluateAsync<string[]>(Inspection.FindFaintText)).ShouldBeEmpty(name);
        await visitor.PhotographAsync(name, wholePage: true);
    }

    private static async Task SignOutAsync(IPage page, Func<Task>? look = null)
    {
        await page.GotoAsync("/sign-out");
        await (look?.Invoke() ?? Task.CompletedTask);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private static async Task PasswordAsync(IPage page)
    {
        await page.GetByLabel("Name").FillAsync(Name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    // What an app shows: RFC 6238, with the defaults.
    private static string CodeOf(string key)
    {
        const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Select(letter => Base32.IndexOf(letter, StringComparison.Ordinal)).Where(value => value >= 0)
            .Select(value => Convert.ToString(value, 2).PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The standard's.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
