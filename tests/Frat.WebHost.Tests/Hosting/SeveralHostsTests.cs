using System.Diagnostics;
using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>Three processes of the host on one PostgreSQL database, as three kiosks with a host each.</summary>
public sealed class SeveralHostsTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Hosts = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<HostProcess> _hosts = [];
    private readonly string _database = PostgresServer.Shared.CreateDatabase();
    private ServiceProvider? _services;

    private static string Password => PostgresServer.Shared.Password;

    public async Task InitializeAsync()
    {
        var key = TemplateKey.Create(TimeProvider.System.GetUtcNow());

        // All at once, on an empty database: one of them makes the tables.
        var url = $"postgresql://postgres:{Password}@127.0.0.1:{PostgresServer.Shared.Port}/{_database}";
        _hosts.AddRange(await Task.WhenAll(Enumerable.Range(0, Hosts).Select(
            _ => HostProcess.StartAsync(
                _folder.Path,
                ("Frat__Database", ""),
                ("DATABASE_URL", url),
                ("FRAT_KEYS", $"{key.Id}:{Convert.ToBase64String(key.Secret)}")))));
        var services = new ServiceCollection();
        new FratBuilder(services).UseTemplateKeys(new TemplateKeyRing([key]))
            .UsePostgreSql(PostgresServer.Shared.ConnectionString(_database));
        _services = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        PostgresServer.Shared.DropDatabase(_database);
    }

    public void Dispose()
    {
        _services?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Hosts_PeopleAreEnrolledRevokedAndDeactivatedAtOneOfThem_AllFollowWithinASecond()
    {
        var people = _services!.GetRequiredService<IPersonStore>();
        var consents = _services!.GetRequiredService<IConsentStore>();
        (await _hosts[0].Client.RegisterAsync("E-0", "Ada", Photos.People[0][0])).Status.ShouldBe(201);
        (await _hosts[1].Client.RegisterAsync("E-1", "Grace", Photos.People[1][0])).Status.ShouldBe(201);
        output.WriteLine(
            $"recognised everywhere after {(await UntilAsync("recognized", "Ada", Photos.People[0][1])).TotalMilliseconds:0} ms");

        // At a fourth process of the installation: this one.
        var ada = (await people.FindAsync("E-0")).ShouldNotBeNull();
        (await consents.RevokeAsync(ada.Id, new AuditNote { By = Actor.User("test") })).ShouldBeTrue();

        output.WriteLine($"unknown everywhere after {(await UntilAsync("unknown", null, Photos.People[0][1])).TotalMilliseconds:0} ms");
        foreach (var host in _hosts)
        {
            (await host.Client.CheckInAsync(Photos.People[1][1]))["outcome"].ShouldBe("recognized", "somebody else is as known as before");
        }

        var grace = (await people.FindAsync("E-1")).ShouldNotBeNull();
        (await people.SetActiveAsync(grace.Id, active: false, new AuditNote { By = Actor.User("test") })).ShouldBeTrue();
        output.WriteLine($"inactive everywhere after {(await UntilAsync("unknown", null, Photos.People[1][1])).TotalMilliseconds:0} ms");
        (await people.SetActiveAsync(grace.Id, active: true, new AuditNote { By = Actor.User("test") })).ShouldBeTrue();
        await UntilAsync("recognized", "Grace", Photos.People[1][1]);

        foreach (var host in _hosts)
        {
            host.Output.ShouldContain($"{_database} at 127.0.0.1");
            (host.Output + host.Errors).ShouldNotContain(Password);
        }
    }

    [Fact]
    public async Task Form_OfAPageOfOneHost_IsTakenByAnotherOne()
    {
        var people = _services!.GetRequiredService<IPersonStore>();
        await people.EnrollAsync(
            new Enrollment
            {
                EmployeeId = "E-9", Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        using var handler = new HttpClientHandler { AllowAutoRedirect = false }; // Cookies are the same for all ports.
        using var browser = new HttpClient(handler);
        var page = await browser.GetStringAsync(At(0));
        var token = System.Text.RegularExpressions.Regex.Match(
            page, "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;

        using var forged = await browser.PostAsync(new Uri(At(1) + "&handler=Deactivate"), Note(token[..^4] + "AAAA"));
        ((int)forged.StatusCode).ShouldBe(400);
        (await people.FindAsync("E-9")).ShouldNotBeNull().IsActive.ShouldBeTrue();
        using var sent = await browser.PostAsync(new Uri(At(1) + "&handler=Deactivate"), Note(token));
        ((int)sent.StatusCode).ShouldBe(302);
        (await people.FindAsync("E-9")).ShouldNotBeNull().IsActive.ShouldBeFalse();
        (await browser.GetStringAsync(At(2))).ShouldContain(
            "is not recognised any more", Case.Sensitive, "what was done is told by whichever host draws the page next");
        (await browser.GetStringAsync(At(2))).ShouldNotContain("is not recognised any more", Case.Sensitive, "once");

        Uri At(int host) => new(_hosts[host].Client.BaseAddress!, "/people/person?id=E-9");

        static FormUrlEncodedContent Note(string token) =>
            new([new("by", "x"), new("reason", "x"), new("__RequestVerificationToken", token)]);
    }

    /// <summary>Checks in at every host until it answers so; every check-in that begins after the limit must.</summary>
    /// <returns>When the last of the hosts was known to have followed: the beginning of the first check-in that it answered so.</returns>
    private async Task<TimeSpan> UntilAsync(string outcome, string? name, byte[] photo)
    {
        var changed = Stopwatch.GetTimestamp();
        var followed = await Task.WhenAll(_hosts.Select(async host =>
        {
            while (true)
            {
                var begun = Stopwatch.GetElapsedTime(changed);
                var answer = await host.Client.CheckInAsync(photo).WaitAsync(Patience);
                if (answer["outcome"] == outcome && answer.Json!["person"]?["name"]?.ToString() == name)
                {
                    return begun;
                }

                begun.ShouldBeLessThan(Limit, $"answered {answer.Json!.ToJsonString()}");
            }
        }));
        return followed.Max();
    }
}
