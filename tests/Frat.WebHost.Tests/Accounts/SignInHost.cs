using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>The host as teams run it: who uses it signs in. Its clock stands still until a test moves it.</summary>
public partial class SignInHost : TestHost
{
    public const string Administrator = "ada";
    public const string Password = "correct horse staple";

    public SignInHost()
        : this(Now)
    {
    }

    protected SignInHost(DateTimeOffset now)
    {
        Clock = new FakeTimeProvider(now);
        ClientOptions.AllowAutoRedirect = false;
    }

    public FakeTimeProvider Clock { get; }

    /// <summary>Makes the account of the administrator, where there is none yet.</summary>
    public async Task SetUpAsync()
    {
        using var scope = Services.CreateScope();
        if (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(Administrator) is null)
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountAdministration>();
            (await accounts.CreateAdministratorAsync(Guid.NewGuid(), forAnother: false, Administrator, Password, CancellationToken.None))
                .Succeeded.ShouldBeTrue();
        }
    }

    /// <summary>Makes an account with the password, if there is none by that name yet.</summary>
    internal async Task<Guid> AddAsync(string name, AccountRole role, string? employeeId = null)
    {
        await SetUpAsync();
        using var scope = Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await users.FindByNameAsync(name) is { } there)
        {
            return there.Id;
        }

        var accounts = scope.ServiceProvider.GetRequiredService<AccountAdministration>();
        var (result, account) = await accounts.CreateAsync(Actor.User("test"), name, role, employeeId, CancellationToken.None);
        result.Succeeded.ShouldBeTrue(string.Join(" ", result.Errors.Select(error => error.Description)));
        (await users.AddPasswordAsync(account!, Password)).Succeeded.ShouldBeTrue();
        return account!.Id;
    }

    /// <summary>Registers somebody without a face.</summary>
    public async Task EnrolAsync(string employeeId) => await Services.GetRequiredService<IPersonStore>().EnrollAsync(new Enrollment
    {
        EmployeeId = employeeId, Name = "Somebody", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
    });

    /// <summary>A browser, without scripts.</summary>
    public HttpClient Visit() => CreateClient();

    /// <summary>A browser that has signed in.</summary>
    public async Task<HttpClient> SignInAsync(string name, string password = Password)
    {
        var client = Visit();
        using var answer = await TrySignInAsync(client, name, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, $"{name} is signed in");
        return client;
    }

    public static async Task<HttpResponseMessage> TrySignInAsync(HttpClient client, string name, string password) =>
        await PostAsync(client, "/sign-in", "/sign-in", ("name", name), ("password", password));

    /// <summary>Fills in a form of a page and sends it.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        HttpClient client, string page, string address, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative));
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("__RequestVerificationToken", TokenOf(html)),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await client.PostAsync(new Uri(address, UriKind.Relative), form);
    }

    /// <summary>What a page says, as a browser shows it.</summary>
    public static async Task<string> ReadAsync(HttpClient client, string path) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(path, UriKind.Relative)));

    public static async Task<string> ReadAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    public static async Task<int> StatusOfAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }

    /// <summary>Makes a key for a program.</summary>
    public async Task<string> CreateKeyAsync(int days, params string[] scopes)
    {
        using var scope = Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<AccountAdministration>()
            .CreateKeyAsync(Actor.User("test"), "a program", scopes, days, CancellationToken.None);
    }

    public HttpClient WithKey(string key)
    {
        var client = Visit();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Frat:Access", "SignIn");
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000); // These passwords need no protection.
        });
    }

    public static string TokenOf(string html) => Token().Match(html).Groups["token"].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>One host for the tests that leave its clock and its administrator alone.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSignInHost : ICollectionFixture<SignInHost>
{
    public const string Name = "Shared host with accounts";
}
