using System.Net;
using Frat.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>Two hosts of one database and its keys, between which a proxy sends one browser to and fro.</summary>
public sealed class TwoHostsTests
{
    private const string Form = "__RequestVerificationToken";

    [Fact]
    public async Task SessionAndForms_OfOneHost_HoldAtTheOther_OnPostgreSql()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        var key = TemplateKey.Create(TimeProvider.System.GetUtcNow());
        var address = PostgresServer.Shared.ConnectionString(database);
        try
        {
            await using var one = new TwinHost(address, key);
            await using var other = new TwinHost(address, key);
            await HoldAsync(one, other);
        }
        finally
        {
            PostgresServer.Shared.DropDatabase(database);
        }
    }

    [Fact]
    public async Task SessionAndForms_OfOneHost_HoldAtTheOther_OnSqlite()
    {
        await using var one = new TwinHost();
        await using var other = new TwinHost($"Data Source={one.Database};Default Timeout=60");
        await HoldAsync(one, other);
    }

    private static async Task HoldAsync(TwinHost one, TwinHost other)
    {
        await one.SetUpAsync();
        var cookies = new CookieContainer();
        using var there = Visit(one, cookies);
        (await SignInHost.TrySignInAsync(there, SignInHost.Administrator, SignInHost.Password)).Dispose();
        using var here = Visit(other, cookies);
        (await SignInHost.StatusOfAsync(here, "/accounts")).ShouldBe(200, "who signed in there is signed in here");

        var token = SignInHost.TokenOf(await there.GetStringAsync(new Uri("/accounts", UriKind.Relative)));
        (await AddAsync(here, token[..^4] + "AAAA")).ShouldBe(HttpStatusCode.BadRequest);
        (await AddAsync(here, token)).ShouldBe(HttpStatusCode.OK);
        (await SignInHost.ReadAsync(there, "/accounts")).ShouldContain("of the other host");

        var kept = new CookieContainer(); // The browser's, if the sign-out had been elsewhere.
        kept.Add(cookies.GetCookies(one.ClientOptions.BaseAddress));
        using var still = Visit(other, kept);
        using var left = await SignInHost.PostAsync(there, "/account", "/account?handler=Everywhere");
        left.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await SignInHost.StatusOfAsync(there, "/accounts")).ShouldBe(302);
        other.Clock.Advance(TimeSpan.FromSeconds(61));
        (await SignInHost.StatusOfAsync(still, "/accounts")).ShouldBe(302, "it has ended here within a minute");

        async Task<HttpStatusCode> AddAsync(HttpClient browser, string text)
        {
            using var form = new FormUrlEncodedContent([new(Form, text), new("name", "of the other host"), new("role", "Employee")]);
            using var answer = await browser.PostAsync(new Uri("/accounts?handler=Add", UriKind.Relative), form);
            return answer.StatusCode;
        }
    }

    private static HttpClient Visit(TwinHost host, CookieContainer cookies) =>
        host.CreateDefaultClient(host.ClientOptions.BaseAddress, new CookieContainerHandler(cookies));

    private sealed class TwinHost(string? database = null, TemplateKey? key = null) : SignInHost
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            if (database is not null)
            {
                builder.UseSetting("Frat:Database", database);
            }

            if (key is not null)
            {
                builder.ConfigureTestServices(services => new FratBuilder(services).UseTemplateKeys(new TemplateKeyRing([key])));
            }
        }
    }
}
