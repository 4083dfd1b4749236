using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>A host that nobody has set up: the link that it prints is the one way in.</summary>
public sealed partial class FirstRunTests
{
    [Fact]
    public async Task Host_WithoutAnAdministrator_HasNothingOpenButTheLink()
    {
        await using var host = new HostOfASilentDirectory();
        using var client = host.Visit();
        foreach (var path in (string[])["/sign-in/directory", "/signin-oidc?code=1&state=2", "/signout-callback-oidc"])
        {
            using var refused = await client.GetAsync(new Uri(path, UriKind.Relative));
            refused.Headers.Location!.OriginalString.ShouldBe("/welcome", "the directory makes no administrator");
        }

        using (var page = await client.GetAsync(new Uri("/people", UriKind.Relative)))
        {
            page.Headers.Location!.OriginalString.ShouldBe("/welcome");
        }

        (await SignInHost.ReadAsync(client, "/welcome")).ShouldContain("no administrator yet");
        var expired = host.Services.GetRequiredService<FirstLink>().CreateKey(TimeSpan.Zero, forAnother: false);
        (await SignInHost.ReadAsync(client, $"/welcome?key={Uri.EscapeDataString(expired)}")).ShouldContain("Not set up yet");
        (await client.FetchAsync("/api/v1/people")).Problem.ShouldBe((503, "notSetUp"));
        (await client.SendAsync("/attendance", null)).Status.ShouldBe(503);
        (await SignInHost.StatusOfAsync(client, "/sign-in")).ShouldBe(302);
        (await client.SendAsync("/welcome", null)).Status.ShouldBe(400, "without the form's token, as on any page");
        (await SignInHost.StatusOfAsync(client, "/health/live")).ShouldBe(200);
        (await SignInHost.StatusOfAsync(client, "/css/site.css")).ShouldBe(200);

        var key = host.Services.GetRequiredService<FirstLink>().CreateKey(TimeSpan.FromHours(1), forAnother: false);
        (await WelcomeAsync(client, key, "ada", "short")).ShouldContain("at least 10");
        (await WelcomeAsync(client, key, "ada", SignInHost.Password)).ShouldBe("/set-up");
        (await SignInHost.StatusOfAsync(client, "/accounts")).ShouldBe(200);

        using var other = host.Visit();
        (await SignInHost.ReadAsync(other, $"/welcome?key={Uri.EscapeDataString(key)}")).ShouldContain("can’t be used");
        var second = host.Services.GetRequiredService<FirstLink>().CreateKey(TimeSpan.FromHours(1), forAnother: false);
        (await SignInHost.ReadAsync(other, $"/welcome?key={Uri.EscapeDataString(second)}"))
            .ShouldContain("can’t be used", customMessage: "there is an administrator");
        using var silent = await other.GetAsync(new Uri("/sign-in/directory", UriKind.Relative));
        silent.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await SignInHost.ReadAsync(silent)).ShouldContain("Contoso can’t be reached now");
        (await host.SignInAsync("ada")).Dispose();
    }

    [Fact]
    public async Task Link_UsedByTwoAtOnce_MakesOneAdministrator()
    {
        await using var host = new SignInHost();
        var id = Guid.NewGuid();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var scope = host.Services.CreateScope();
            return await scope.ServiceProvider.GetRequiredService<AccountAdministration>()
                .CreateAdministratorAsync(id, forAnother: false, $"somebody {number}", SignInHost.Password, CancellationToken.None);
        }));

        results.Count(result => result.Succeeded).ShouldBe(1);
        using var check = host.Services.CreateScope();
        check.ServiceProvider.GetRequiredService<HostContext>().Users.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Process_PrintsTheLinkAtItsStartAndByItsCommand()
    {
        using var folder = new TemporaryFolder();
        var access = ("Frat__Access", "SignIn");
        await using var host = await HostProcess.StartAsync(folder.Path, access);
        while (!host.Output.Contains("/welcome?key=", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        var first = Link().Match(host.Output).Value;
        new Uri(first).Port.ShouldBe(host.Client.BaseAddress!.Port);
        using (var handler = new HttpClientHandler { AllowAutoRedirect = false })
        using (var client = new HttpClient(handler) { BaseAddress = host.Client.BaseAddress })
        {
            (await WelcomeAsync(client, KeyOf(first), "ada", SignInHost.Password)).ShouldBe("/set-up");

            await using var command = await HostProcess.RunAsync(folder.Path, "administrator", access);
            command.ExitCode.ShouldBe(0, command.Errors);
            client.DefaultRequestHeaders.Clear();
            (await WelcomeAsync(client, KeyOf(Link().Match(command.Output).Value), "grace", SignInHost.Password)).ShouldBe("/");
        }

        await using var migrate = await HostProcess.RunAsync(folder.Path, "migrate", access);
        migrate.Output.ShouldContain("up to date");
    }

    private static string KeyOf(string link) => Uri.UnescapeDataString(link[(link.IndexOf("key=", StringComparison.Ordinal) + 4)..]);

    private static async Task<string> WelcomeAsync(HttpClient client, string key, string name, string password)
    {
        using var answer = await SignInHost.PostAsync(
            client,
            $"/welcome?key={Uri.EscapeDataString(key)}",
            "/welcome",
            ("key", key),
            ("name", name),
            ("password", password),
            ("again", password));
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString
            : await SignInHost.ReadAsync(answer);
    }

    private sealed class HostOfASilentDirectory : SignInHost
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            foreach (var (key, value) in DirectoryHost.SettingsOf(new Uri("http://127.0.0.1:9/")))
            {
                builder.UseSetting(key, value);
            }
        }
    }

    [GeneratedRegex(@"http://\S+/welcome\?key=\S+")]
    private static partial Regex Link();
}
