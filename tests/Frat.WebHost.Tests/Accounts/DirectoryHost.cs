using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>The host of a team that has a directory. Browsers keep time themselves: its clock begins with theirs.</summary>
public sealed class DirectoryHost() : SignInHost(TimeProvider.System.GetUtcNow()), IAsyncLifetime
{
    public const string Name = "Contoso";

    private const string Section = "Frat:OpenIdConnect:";

    private static readonly HttpClient s_browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    public DirectoryServer Directory { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Directory = await DirectoryServer.StartAsync();
        await Directory.AddAsync(ClientOptions.BaseAddress);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Directory.DisposeAsync();
    }

    /// <summary>Goes to the directory.</summary>
    /// <returns>Where the directory sends somebody then: an address of the host, with a code.</returns>
    internal async Task<Uri> AskAsync(HttpClient browser, DirectoryPerson? person, string from = "")
    {
        Directory.Present = person;
        using var there = await browser.GetAsync(new Uri("/sign-in/directory" + from, UriKind.Relative));
        there.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var back = await s_browser.GetAsync(there.Headers.Location!);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
        return back.Headers.Location!;
    }

    /// <summary>Comes back from the directory.</summary>
    /// <returns>What the host answers in the end, and whether it is a redirect into it.</returns>
    internal static async Task<(bool IsIn, string Answer)> ReturnAsync(HttpClient browser, Uri back)
    {
        using var taken = await browser.GetAsync(back);
        taken.StatusCode.ShouldBe(HttpStatusCode.Redirect, await taken.Content.ReadAsStringAsync());
        using var answer = await browser.GetAsync(taken.Headers.Location!);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? (true, answer.Headers.Location!.OriginalString)
            : (false, $"{(int)answer.StatusCode} {await ReadAsync(answer)}");
    }

    /// <summary>The way there and back.</summary>
    internal async Task<(bool IsIn, string Answer)> ComeAsync(HttpClient browser, DirectoryPerson? person, string from = "") =>
        await ReturnAsync(browser, await AskAsync(browser, person, from));

    /// <summary>Somebody who signs in.</summary>
    internal async Task<HttpClient> SignInAsync(DirectoryPerson person)
    {
        await SetUpAsync();
        var browser = Visit();
        var (isIn, answer) = await ComeAsync(browser, person);
        isIn.ShouldBeTrue(answer);
        return browser;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var (key, value) in SettingsOf(Directory.Address))
        {
            builder.UseSetting(key, value);
        }
    }

    /// <summary>The settings of a host whose directory is there.</summary>
    internal static (string Key, string Value)[] SettingsOf(Uri directory) =>
    [
        (Section + "Authority", directory.ToString()),
        (Section + "ClientId", DirectoryServer.ClientId),
        (Section + "ClientSecret", DirectoryServer.ClientSecret),
        (Section + "DisplayName", Name),
        (Section + "RoleClaim", DirectoryServer.RoleClaim),
        (Section + "EmployeeIdClaim", DirectoryServer.EmployeeIdClaim),
        (Section + "Administrators", "CN=it,DC=contoso"),
        (Section + "Managers", "office; CN=leads,DC=contoso"),
        (Section + "Employees", "staff"),
    ];
}
