using Frat.TestKit;
using Frat.WebHost.Tests.Accounts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Pins;

/// <summary>What a punch by PIN comes to, and what is left of a PIN, on both databases.</summary>
public sealed class PinDaysTests : IAsyncDisposable
{
    private const string Pin = "730164";
    private static readonly AuditNote Note = new() { By = Actor.User("test") };

    private readonly SignInHost _host = new();
    private string? _database;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pin_OnItsDatabase_IsComparedLockedAndForgottenWithThePerson(bool onPostgreSql)
    {
        using var application = Start(onPostgreSql);
        var pins = application.Services.GetRequiredService<WebHost.Pins>();
        var people = application.Services.GetRequiredService<IPersonStore>();
        var person = await AddAsync(people, "E-1");
        (await pins.SetAsync(person, Pin, Note)).ShouldBeNull();
        (await pins.VerifyAsync("E-1", Pin, "door")).Outcome.ShouldBe(PinOutcome.Right);

        var burst = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => pins.VerifyAsync("E-1", "730165", $"door {i}"))));

        burst.Count(result => result.Outcome == PinOutcome.Wrong).ShouldBe(PinTries.Free - 1);
        (await pins.VerifyAsync("E-1", Pin, "door")).Outcome.ShouldBe(PinOutcome.Locked);
        (await pins.UnlockAsync(person.Id, Note)).ShouldBeTrue();
        (await pins.VerifyAsync("E-1", Pin, "door")).Outcome.ShouldBe(PinOutcome.Right);
        (await people.ForgetAsync(person.Id, Note)).ShouldBeTrue();
        using var scope = application.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<HostContext>().Pins.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Day_ByPin_IsTheSameAsByFace()
    {
        using var application = Start(onPostgreSql: false);
        var people = application.Services.GetRequiredService<IPersonStore>();
        var byPin = await AddAsync(people, "E-1");
        await application.Services.GetRequiredService<IEnrollmentService>().EnrollAsync(new EnrollmentRequest
        {
            EmployeeId = "E-2",
            Name = "Grace",
            Photos = [Photos.People[0][0]],
            Consent = new ConsentOptions().ToConsent(ConsentBasis.Given, Note.By, TestHost.Now),
            Note = Note,
        });
        var checkIn = application.Services.GetRequiredService<ICheckInService>();
        var (pinDays, faceDays) = (new List<string>(), new List<string>());
        foreach (var minutes in (int[])[0, 1, 240, 270, 480])
        {
            _host.Clock.SetUtcNow(TestHost.Now.AddMinutes(minutes));
            pinDays.Add(Words(await checkIn.PunchAsync(
                new PunchRequest { PersonId = byPin.Id, Method = PunchMethod.Pin, Source = "door" })));
            faceDays.Add(Words((await checkIn.CheckInAsync(
                new CheckInRequest { Frames = [Photos.People[0][1]], Source = "door" })).Receipt));
        }

        pinDays.ShouldBe(faceDays);
        pinDays.Distinct().Count().ShouldBe(5);

        static string Words(PunchReceipt? receipt) =>
            (receipt!.Day with { Person = null!, PunchId = null }) + $"{receipt.Direction} {receipt.Marked} {receipt.Duplicate}";
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        if (_database is not null)
        {
            PostgresServer.Shared.DropDatabase(_database);
        }
    }

    private WebApplicationFactory<Program> Start(bool onPostgreSql)
    {
        if (!onPostgreSql)
        {
            return _host;
        }

        _database = PostgresServer.Shared.CreateDatabase();
        var key = TemplateKey.Create(TestHost.Now);
        return _host.WithWebHostBuilder(builder => builder
            .ConfigureTestServices(services => new FratBuilder(services).UseTemplateKeys(new TemplateKeyRing([key])))
            .UseSetting(
                "Frat:Database",
                $"postgresql://postgres:{PostgresServer.Shared.Password}@127.0.0.1:{PostgresServer.Shared.Port}/{_database}"));
    }

    private static async Task<Person> AddAsync(IPersonStore people, string employeeId) => (await people.EnrollAsync(
        new Enrollment { EmployeeId = employeeId, Name = "Ada", Templates = [], Consent = null, Note = Note })).Person;
}
