using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>Signing in, staying so, and being kept out. Each test has accounts of its own on one host.</summary>
public sealed class SignInTests(SignInHost host) : IClassFixture<SignInHost>
{
    [Fact]
    public async Task SignIn_RightPassword_OpensWhatTheRoleMaySeeAndNoMore()
    {
        await host.AddAsync("employee one", AccountRole.Employee);
        using var employee = await host.SignInAsync("Employee One"); // Names are compared without case.

        (await SignInHost.StatusOfAsync(employee, "/me")).ShouldBe(200);
        (await SignInHost.StatusOfAsync(employee, "/people")).ShouldBe(302);
        (await SignInHost.StatusOfAsync(employee, "/api/v1/people")).ShouldBe(403);
        using var denied = await employee.GetAsync(new Uri("/people", UriKind.Relative));
        denied.Headers.Location!.OriginalString.ShouldContain("/denied");
    }

    [Theory]
    [InlineData("nobody of this name", SignInHost.Password)]
    [InlineData("employee two", "a wrong password")]
    [InlineData("employee two", "")]
    [InlineData("", "")]
    public async Task SignIn_NameOrPasswordIsWrong_SaysTheSame(string name, string password)
    {
        await host.AddAsync("employee two", AccountRole.Employee);
        using var client = host.Visit();

        using var answer = await SignInHost.TrySignInAsync(client, name, password);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SignInHost.ReadAsync(answer)).ShouldContain("don’t go together");
        (await SignInHost.StatusOfAsync(client, "/me")).ShouldBe(302);
        ForgetFailures();
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_LockTheAccountForTheRightOneToo()
    {
        await host.AddAsync("employee three", AccountRole.Employee);
        for (var i = 0; i < 5; i++)
        {
            using var client = host.Visit();
            (await SignInHost.TrySignInAsync(client, "employee three", $"wrong {i}")).Dispose();
            ForgetFailures(); // Each from another address.
        }

        using var last = host.Visit();
        using var answer = await SignInHost.TrySignInAsync(last, "employee three", SignInHost.Password);

        (await SignInHost.ReadAsync(answer)).ShouldContain("locked for now");
        ForgetFailures();
    }

    [Fact]
    public async Task SignIn_ManyFailuresFromOneAddress_HaveToWaitLongerEachTime()
    {
        await host.AddAsync("employee four", AccountRole.Employee);
        for (var i = 0; i < SignInAttempts.FreeFailures; i++)
        {
            await FailAsync($"somebody {i}");
        }

        (await FailAsync("somebody else")).ShouldBe((429, 1));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await FailAsync("somebody else")).ShouldBe((200, null));
        (await FailAsync("somebody else")).ShouldBe((429, 2));
        using (var client = host.Visit())
        {
            using var refused = await SignInHost.TrySignInAsync(client, "employee four", SignInHost.Password);
            ((int)refused.StatusCode).ShouldBe(429, "who comes from there with the right password has to wait as well");
        }

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        using (await host.SignInAsync("employee four"))
        {
            (await FailAsync("somebody else")).ShouldBe((200, null), "a sign-in clears the address");
        }

        ForgetFailures();
    }

    [Theory]
    [InlineData("https://evil.example/", "/sign-in")]
    [InlineData("//evil.example/", "/sign-in")]
    [InlineData("/\\evil.example", "/sign-in")]
    [InlineData("/records?date=2026-11-23", "/records?date=2026-11-23")]
    public async Task SignIn_FromAPage_LeadsBackThereAndNowhereElse(string from, string to)
    {
        await host.AddAsync("manager one", AccountRole.Manager);
        using var client = host.Visit();

        using var answer = await SignInHost.PostAsync(
            client, "/sign-in", "/sign-in", ("name", "manager one"), ("password", SignInHost.Password), ("from", from));

        answer.Headers.Location!.OriginalString.ShouldBe(to);
    }

    [Fact]
    public async Task Session_NotUsedForAnHour_Ends()
    {
        await host.AddAsync("manager two", AccountRole.Manager);
        using var client = await host.SignInAsync("manager two");
        for (var i = 0; i < 3; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(50));
            (await SignInHost.StatusOfAsync(client, "/people")).ShouldBe(200, "it is used");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(61));

        (await SignInHost.StatusOfAsync(client, "/people")).ShouldBe(302);
    }

    [Fact]
    public async Task Session_InUseForTwelveHours_Ends()
    {
        await host.AddAsync("manager three", AccountRole.Manager);
        using var client = await host.SignInAsync("manager three");
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(11.5); passed += TimeSpan.FromMinutes(30))
        {
            (await SignInHost.StatusOfAsync(client, "/people")).ShouldBe(200, passed.ToString());
            host.Clock.Advance(TimeSpan.FromMinutes(30));
        }

        (await SignInHost.StatusOfAsync(client, "/people")).ShouldBe(200);
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        (await SignInHost.StatusOfAsync(client, "/people")).ShouldBe(302);
    }

    [Fact]
    public async Task Session_AccountIsDeactivatedOrHasAnotherRole_EndsWithinAMinute()
    {
        var id = await host.AddAsync("manager four", AccountRole.Manager);
        using var client = await host.SignInAsync("manager four");

        await ChangeAsync(id, AccountRole.Employee, isActive: true);
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        (await SignInHost.StatusOfAsync(client, "/people")).ShouldBe(302, "the session is of the role before");

        using var employee = await host.SignInAsync("manager four");
        (await SignInHost.StatusOfAsync(employee, "/api/v1/people")).ShouldBe(403);
        await ChangeAsync(id, AccountRole.Employee, isActive: false);
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        (await SignInHost.StatusOfAsync(employee, "/me")).ShouldBe(302);
        using var visitor = host.Visit();
        using var answer = await SignInHost.TrySignInAsync(visitor, "manager four", SignInHost.Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ForgetFailures();
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await host.AddAsync("manager five", AccountRole.Manager);
        using var client = await host.SignInAsync("manager five");

        (await SignInHost.PostAsync(client, "/sign-out", "/sign-out")).Dispose();

        (await SignInHost.StatusOfAsync(client, "/people")).ShouldBe(302);
    }

    [Fact]
    public async Task Link_OfTheAdministrator_SetsThePasswordOnceAndEndsSessions()
    {
        await host.AddAsync("manager six", AccountRole.Manager);
        using var before = await host.SignInAsync("manager six");
        var path = await MakeLinkAsync("manager six");
        using var visitor = host.Visit();

        (await SetPasswordAsync(visitor, path, "another pass phrase", "not the same")).ShouldContain("differ");
        (await SetPasswordAsync(visitor, path, "short", "short")).ShouldContain("at least 10");
        (await SetPasswordAsync(visitor, path, "password1234", "password1234")).ShouldContain("tried first");
        (await SetPasswordAsync(visitor, path, "another pass phrase", "another pass phrase")).ShouldBe("");

        (await SignInHost.StatusOfAsync(visitor, "/people")).ShouldBe(200, "who set it is signed in");
        host.Clock.Advance(TimeSpan.FromMinutes(1.1));
        (await SignInHost.StatusOfAsync(before, "/people")).ShouldBe(302);
        using var again = host.Visit();
        (await SignInHost.ReadAsync(again, path)).ShouldContain("can’t be used");
        (await host.SignInAsync("manager six", "another pass phrase")).Dispose();
    }

    [Theory]
    [InlineData("/password")]
    [InlineData("/password?account=1&token=2")]
    [InlineData("/password?account=00000000-0000-0000-0000-000000000000&token=2")]
    public async Task Link_MadeUp_CannotBeUsed(string path)
    {
        await host.SetUpAsync();
        using var visitor = host.Visit();

        (await SignInHost.ReadAsync(visitor, path)).ShouldContain("can’t be used");
    }

    [Fact]
    public async Task Change_TheLastAdministrator_IsRefused()
    {
        await host.SetUpAsync();
        using var scope = host.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var administrator = (await users.FindByNameAsync(SignInHost.Administrator))!;
        var accounts = scope.ServiceProvider.GetRequiredService<AccountAdministration>();

        (await accounts.ChangeAsync(Actor.User("test"), administrator, AccountRole.Manager, isActive: true, CancellationToken.None))
            .Succeeded.ShouldBeFalse();
        (await accounts.ChangeAsync(Actor.User("test"), administrator, AccountRole.Administrator, isActive: false, CancellationToken.None))
            .Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task EveryChangeOfAccountsAndKeys_IsInTheTrailWithWhoDidIt()
    {
        var id = await host.AddAsync("employee five", AccountRole.Employee);
        await ChangeAsync(id, AccountRole.Manager, isActive: true);
        await MakeLinkAsync("employee five");
        var key = ApiKey.Parse(await host.CreateKeyAsync(1, FratPolicies.ReadAudit))!.Value.Id;

        var entries = new List<AuditEntry>();
        await foreach (var entry in host.Services.GetRequiredService<IAuditTrail>().ReadAsync())
        {
            entries.Add(entry);
        }

        var about = entries.Where(entry => entry.New?.Contains(id.ToString(), StringComparison.Ordinal) == true)
            .Select(entry => (entry.Action, entry.Old?.Split(": ")[^1], entry.New!.Split(": ")[^1])).ToList();
        about.ShouldBe([
            ("account.created", null, "Employee"), ("account.changed", "Employee", "Manager"), ("account.link-made", null, id.ToString())]);
        entries.ShouldContain(entry => entry.Action == "api-key.created" && entry.New == $"{key}: {FratPolicies.ReadAudit}");
        entries.ShouldAllBe(entry => entry.By.Kind == ActorKind.User || !entry.Action.StartsWith("account", StringComparison.Ordinal));
    }

    private static async Task<string> SetPasswordAsync(HttpClient client, string path, string password, string again)
    {
        var query = System.Web.HttpUtility.ParseQueryString(path[path.IndexOf('?', StringComparison.Ordinal)..]);
        using var answer = await SignInHost.PostAsync(
            client,
            path,
            "/password",
            ("account", query["account"]!),
            ("token", query["token"]!),
            ("password", password),
            ("again", again));
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : await SignInHost.ReadAsync(answer);
    }

    private async Task<string> MakeLinkAsync(string name)
    {
        using var scope = host.Services.CreateScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(name);
        return await scope.ServiceProvider.GetRequiredService<AccountAdministration>()
            .MakeLinkAsync(Actor.User("test"), account!, CancellationToken.None);
    }

    private async Task ChangeAsync(Guid id, AccountRole role, bool isActive)
    {
        using var scope = host.Services.CreateScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByIdAsync(id.ToString());
        (await scope.ServiceProvider.GetRequiredService<AccountAdministration>()
            .ChangeAsync(Actor.User("test"), account!, role, isActive, CancellationToken.None)).Succeeded.ShouldBeTrue();
    }

    private async Task<(int Status, int? Wait)> FailAsync(string name)
    {
        using var client = host.Visit();
        using var answer = await SignInHost.TrySignInAsync(client, name, "a wrong password");
        return ((int)answer.StatusCode, (int?)answer.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    private void ForgetFailures() => host.Services.GetRequiredService<SignInAttempts>().Succeeded(null);
}
