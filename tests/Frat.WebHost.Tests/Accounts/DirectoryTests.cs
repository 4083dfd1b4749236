using System.Net;
using System.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>Signing in at a real directory (OpenIddict), by the framework's handler. Each test has people of its own there.</summary>
public sealed class DirectoryTests(DirectoryHost host) : IClassFixture<DirectoryHost>
{
    [Fact]
    public async Task SignIn_FirstTime_MakesAnAccountThatIsAsOthersAre()
    {
        await host.SetUpAsync();
        await host.EnrolAsync("D-1");
        using var browser = host.Visit();
        (await SignInHost.ReadAsync(browser, "/sign-in")).ShouldContain("Sign in with <bdi>Contoso</bdi>");
        var person = new DirectoryPerson("s-1", "grace@contoso.example", "other", "staff") { EmployeeId = "D-1" };

        (await host.ComeAsync(browser, person, "?from=%2Fme")).ShouldBe((true, "/me"));

        (await SignInHost.ReadAsync(browser, "/me")).ShouldContain("grace@contoso.example");
        (await SignInHost.StatusOfAsync(browser, "/people")).ShouldBe(302, "an employee's account");
        var account = await FindAsync("grace@contoso.example");
        (account.Role, account.PersonId is not null, account.PasswordHash).ShouldBe((AccountRole.Employee, true, null));
        using var again = await host.SignInAsync(person);
        (await FindAsync("grace@contoso.example")).Id.ShouldBe(account.Id, "it is the same account the next time");
        (await TrailAsync(account.Id)).ShouldBe([("account.created", DirectoryHost.Name, null, "Employee")]);

        using var administrator = await host.SignInAsync(SignInHost.Administrator); // The sign-in of the host itself goes on.
        (await SignInHost.ReadAsync(administrator, "/accounts")).ShouldContain("""<span class="badge info">Directory</span>""");
        using var link = await PostAsync(administrator, "/accounts", "Change", ("account", account.Id.ToString()), ("act", "link"));
        (await SignInHost.ReadAsync(link)).ShouldContain("has no password here");
        using var role = await PostAsync(
            administrator, "/accounts", "Change", ("account", account.Id.ToString()), ("act", "role"), ("role", "Manager"));
        (await SignInHost.ReadAsync(role)).ShouldContain("The directory gives this account its role");
        (await SignInHost.ReadAsync(browser, "/account")).ShouldNotContain("Passkeys");
        foreach (var handler in (string[])["Password", "BeginSecondStep", "PasskeyOptions", "Passkey"])
        {
            using var refused = await PostAsync(browser, "/account", handler);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, handler);
        }
    }

    [Theory]
    [InlineData("s-10", "it person", "Administrator", "staff", "CN=it,DC=contoso")]
    [InlineData("s-11", "lead", "Manager", "staff", "CN=leads,DC=contoso")]
    [InlineData("s-12", "short tokens", "Manager", "office")]
    public async Task SignIn_SeveralRoles_GetsTheHighestOne(string subject, string name, string role, params string[] roles)
    {
        using var browser = await host.SignInAsync(new DirectoryPerson(subject, name, roles) { KeepsTokensShort = roles.Length == 1 });

        (await FindAsync(name)).Role.ToString().ShouldBe(role);
        (await SignInHost.StatusOfAsync(browser, "/people")).ShouldBe(200);
        (await SignInHost.StatusOfAsync(browser, "/accounts")).ShouldBe(role == "Administrator" ? 200 : 302);
    }

    [Fact]
    public async Task SignIn_RoleIsTakenAwayInTheDirectory_EndsItHere()
    {
        var person = new DirectoryPerson("s-2", "changing", "office");
        using var before = await host.SignInAsync(person);
        var account = await FindAsync("changing");

        using (await host.SignInAsync(person with { Roles = ["staff"] }))
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1.1));
            (await SignInHost.StatusOfAsync(before, "/people")).ShouldBe(302, "the session of the role before has ended");
        }

        using var now = await host.SignInAsync(person);
        using var none = host.Visit();
        var (isIn, answer) = await host.ComeAsync(none, person with { Roles = ["somebody else's group"] });
        isIn.ShouldBeFalse();
        answer.ShouldStartWith("403");
        answer.ShouldContain("Contoso knows you, but gives you no role here.");
        (await SignInHost.StatusOfAsync(none, "/me")).ShouldBe(302);
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        (await SignInHost.StatusOfAsync(now, "/people")).ShouldBe(302);
        (await TrailAsync(account.Id)).Select(entry => entry.New).ShouldBe(["Manager", "Employee", "Manager", "Employee"]);
        (await host.SignInAsync(person)).Dispose(); // As soon as it is given again.
    }

    [Fact]
    public async Task SignIn_WithoutARole_MakesNoAccount()
    {
        await host.SetUpAsync();
        using var browser = host.Visit();

        (await host.ComeAsync(browser, new DirectoryPerson("s-3", "nobody here", "STAFF"))).IsIn.ShouldBeFalse();

        using var scope = host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync("nobody here")).ShouldBeNull();
    }

    [Fact]
    public async Task SignIn_NameOfAnotherAccount_IsAnAccountOfItsOwn()
    {
        using (var browser = await host.SignInAsync(new DirectoryPerson("s-4", SignInHost.Administrator, "staff")))
        {
            (await SignInHost.ReadAsync(browser, "/account")).ShouldContain("ada (Contoso)");
            (await SignInHost.StatusOfAsync(browser, "/accounts")).ShouldBe(302);
        }

        using var other = await host.SignInAsync(new DirectoryPerson("S-4", SignInHost.Administrator, "staff"));
        (await SignInHost.ReadAsync(other, "/account")).ShouldContain("ada (Contoso 2)", customMessage: "subjects differ by case, too");
    }

    [Fact]
    public async Task Answer_ThatIsForgedStolenOrUsed_SignsNobodyIn()
    {
        await host.SetUpAsync();
        var person = new DirectoryPerson("s-5", "careful", "office");
        using var victim = host.Visit();
        using var thief = host.Visit();
        var back = await host.AskAsync(victim, person);
        var query = HttpUtility.ParseQueryString(back.Query);

        // In another browser, with a state that is none, or of that browser: then the code belongs to another question.
        await ShouldFailAsync(thief, back.PathAndQuery);
        await ShouldFailAsync(thief, $"/signin-oidc?code={query["code"]}&state=forged");
        await ShouldFailAsync(thief, $"/signin-oidc?code={query["code"]}");
        var own = HttpUtility.ParseQueryString((await host.AskAsync(thief, person)).Query);
        await ShouldFailAsync(thief, $"/signin-oidc?code={query["code"]}&state={HttpUtility.UrlEncode(own["state"])}");

        // Once used, not a second time: neither as it is, nor with a new state.
        back = await host.AskAsync(victim, person);
        var code = HttpUtility.ParseQueryString(back.Query)["code"];
        (await DirectoryHost.ReturnAsync(victim, back)).IsIn.ShouldBeTrue();
        using var again = host.Visit();
        await ShouldFailAsync(victim, back.PathAndQuery);
        var next = HttpUtility.ParseQueryString((await host.AskAsync(again, person)).Query)["state"];
        await ShouldFailAsync(again, $"/signin-oidc?code={code}&state={HttpUtility.UrlEncode(next)}");
        (await SignInHost.StatusOfAsync(thief, "/me")).ShouldBe(302);
        (await SignInHost.StatusOfAsync(again, "/me")).ShouldBe(302);
    }

    [Fact]
    public async Task SignIn_RefusedThereOrWithoutAnAnswer_IsSaid()
    {
        await host.SetUpAsync();
        using var browser = host.Visit();

        var (isIn, answer) = await host.ComeAsync(browser, null);

        isIn.ShouldBeFalse();
        answer.ShouldContain("was refused there");
        (await SignInHost.StatusOfAsync(browser, "/sign-in/directory?handler=Answer")).ShouldBe(403);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    public async Task SignIn_FromAnAddressOfAnother_LeadsNowhereElse(string from)
    {
        await host.SetUpAsync();
        using var browser = host.Visit();

        (await host.ComeAsync(browser, new DirectoryPerson("s-6", "led", "staff"), $"?from={Uri.EscapeDataString(from)}"))
            .ShouldBe((true, "/sign-in"));
    }

    [Fact]
    public async Task Account_DeactivatedOrLockedHere_IsNotLetInByTheDirectory()
    {
        var person = new DirectoryPerson("s-7", "leaver", "CN=it,DC=contoso");
        using var browser = await host.SignInAsync(person);
        var account = await FindAsync("leaver");
        using var administrator = await host.SignInAsync(SignInHost.Administrator);

        (string, string)[] fields = [("account", account.Id.ToString()), ("act", "deactivate"), ("role", "Administrator")];
        (await PostAsync(administrator, "/accounts", "Change", fields)).Dispose();

        using var again = host.Visit();
        (await host.ComeAsync(again, person)).Answer.ShouldContain("deactivated");
        (await SignInHost.StatusOfAsync(again, "/me")).ShouldBe(302);
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        (await SignInHost.StatusOfAsync(browser, "/people")).ShouldBe(302);
    }

    [Fact]
    public async Task Change_TheLastAdministratorOfTheHost_IsRefusedThoughTheDirectoryHasOne()
    {
        using var other = await host.SignInAsync(new DirectoryPerson("s-8", "it chief", "CN=it,DC=contoso"));
        var ada = await FindAsync(SignInHost.Administrator);

        using var answer = await PostAsync(
            other, "/accounts", "Change", ("account", ada.Id.ToString()), ("act", "deactivate"), ("role", "Administrator"));

        (await SignInHost.ReadAsync(answer)).ShouldContain("the last administrator");
    }

    [Fact]
    public async Task SignOut_OffersToEndTheSessionThereToo_AndEverywhereEndsAllHere()
    {
        var person = new DirectoryPerson("s-9", "leaving", "office");
        using var browser = await host.SignInAsync(person);
        using var other = await host.SignInAsync(person);

        using (var answer = await SignInHost.PostAsync(browser, "/sign-out", "/sign-out"))
        {
            (await SignInHost.ReadAsync(answer)).ShouldContain("Contoso</bdi> may still know you");
        }

        (await SignInHost.StatusOfAsync(browser, "/people")).ShouldBe(302);
        using var there = await browser.GetAsync(new Uri("/sign-in/directory?handler=Out", UriKind.Relative));
        using var direct = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var ended = await direct.GetAsync(there.Headers.Location!);
        ended.Headers.Location!.AbsolutePath.ShouldBe("/signout-callback-oidc");
        using var back = await browser.GetAsync(ended.Headers.Location!);
        back.Headers.Location!.OriginalString.ShouldEndWith("/sign-in");

        (await PostAsync(other, "/account", "Everywhere")).Dispose();
        (await SignInHost.StatusOfAsync(other, "/people")).ShouldBe(302);
    }

    [Fact]
    public async Task Challenge_CarriesWhatKeepsItSafe()
    {
        await host.SetUpAsync();
        using var browser = host.Visit();

        using var there = await browser.GetAsync(new Uri("/sign-in/directory", UriKind.Relative));

        var query = HttpUtility.ParseQueryString(there.Headers.Location!.Query);
        query.AllKeys.ShouldBeSubsetOf(
            ["client_id", "redirect_uri", "response_type", "scope", "code_challenge", "code_challenge_method", "nonce", "state"]);
        (query["response_type"], query["code_challenge_method"], query["scope"]).ShouldBe(("code", "S256", "openid profile"));
        (query["nonce"]!.Length, query["state"]!.Length).ShouldSatisfyAllConditions(
            lengths => lengths.Item1.ShouldBeGreaterThan(40), lengths => lengths.Item2.ShouldBeGreaterThan(40));
        there.Headers.GetValues("Set-Cookie").ShouldAllBe(
            cookie => cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase)
                && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase));
    }

    private static Task<HttpResponseMessage> PostAsync(
        HttpClient client, string page, string handler, params (string Name, string Value)[] fields) =>
        SignInHost.PostAsync(client, page, $"{page}?handler={handler}", fields);

    private static async Task ShouldFailAsync(HttpClient browser, string address)
    {
        var (isIn, answer) = await DirectoryHost.ReturnAsync(browser, new Uri(address, UriKind.Relative));
        isIn.ShouldBeFalse(address);
        answer.ShouldContain("did not work");
    }

    private async Task<Account> FindAsync(string name)
    {
        using var scope = host.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(name)).ShouldNotBeNull(name);
    }

    private async Task<IReadOnlyList<(string Action, string? By, string? Old, string? New)>> TrailAsync(Guid id)
    {
        var entries = new List<(string, string?, string?, string?)>();
        await foreach (var entry in host.Services.GetRequiredService<IAuditTrail>().ReadAsync())
        {
            if (entry.New?.Contains(id.ToString(), StringComparison.Ordinal) == true)
            {
                entries.Add((entry.Action, entry.By.Name, entry.Old?.Split(": ")[^1], entry.New.Split(": ")[^1]));
            }
        }

        return entries;
    }
}
