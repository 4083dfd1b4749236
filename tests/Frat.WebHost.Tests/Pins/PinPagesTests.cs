using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Frat.WebHost.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Pins;

/// <summary>What the office and the person do about a PIN.</summary>
[Collection(SharedSignInHost.Name)]
public sealed partial class PinPagesTests(SignInHost host)
{
    private const string Chosen = "258036";

    private WebHost.Pins Pins => host.Services.GetRequiredService<WebHost.Pins>();

    [Fact]
    public async Task Person_OfAManager_PinIsMadeShownOnceSetUnlockedAndRemoved()
    {
        using var manager = await ComeAsync("pin manager", AccountRole.Manager);
        await RegisterAsync(manager, "PP-1", "Grace");
        const string Page = "/people/person?id=PP-1";

        var made = await PostAsync(manager, Page, Page + "&handler=MakePin");
        var pin = MadePin().Match(made.Text).Groups["pin"].Value;
        made.CacheControl.ShouldContain("no-store");
        (await OutcomeAsync("PP-1", pin)).ShouldBe(PinOutcome.Right);
        (await SignInHost.ReadAsync(manager, Page)).ShouldNotContain(pin);

        var simple = await PostAsync(manager, Page, Page + "&handler=SetPin", ("pin", "1234"));
        (simple.Status, simple.Text.Contains("tried first", StringComparison.Ordinal)).ShouldBe((400, true));
        (await OutcomeAsync("PP-1", pin)).ShouldBe(PinOutcome.Right, "the one before holds");
        (await PostAsync(manager, Page, Page + "&handler=SetPin", ("pin", Chosen))).Status.ShouldBe(302);
        (await SignInHost.ReadAsync(manager, Page)).ShouldContain("checks in by the new PIN");

        for (var i = 0; i < PinTries.Free; i++)
        {
            await Pins.VerifyAsync("PP-1", "730164", $"PP door {i}");
        }

        (await SignInHost.ReadAsync(manager, Page)).ShouldContain("Locked until");
        (await PostAsync(manager, Page, Page + "&handler=UnlockPin")).Status.ShouldBe(302);
        (await OutcomeAsync("PP-1", Chosen)).ShouldBe(PinOutcome.Right);

        (await PostAsync(manager, Page, Page + "&handler=RemovePin")).Status.ShouldBe(302);
        (await SignInHost.ReadAsync(manager, Page)).ShouldContain("this person can’t check in");
        (await OutcomeAsync("PP-1", Chosen)).ShouldBe(PinOutcome.Wrong);
    }

    [Fact]
    public async Task RegisterWithoutAFace_MakesAPersonWhoChecksInByPin()
    {
        using var manager = await ComeAsync("pin manager", AccountRole.Manager);
        const string Page = "/register_ui/without-face";

        var done = await PostAsync(manager, Page, Page, ("name", "Grace"), ("employeeId", " PP-2 "));
        var result = await Pins.VerifyAsync("PP-2", MadePin().Match(done.Text).Groups["pin"].Value, "PP door");
        var receipt = await host.Services.GetRequiredService<ICheckInService>().PunchAsync(
            new PunchRequest { PersonId = result.Person!.Id, Method = PunchMethod.Pin, Source = "PP door" });

        (done.Status, done.CacheControl.Contains("no-store", StringComparison.Ordinal)).ShouldBe((200, true));
        receipt.ShouldNotBeNull().Day.Status.ShouldBe(AttendanceStatus.Present);
        (await PostAsync(manager, Page, Page, ("name", "Ada"), ("employeeId", "PP-2"))).Status.ShouldBe(409);
        foreach (var (name, id) in ((string, string)[])
            [("", "PP-3"), ("Ada", ""), ("Ada", "a//b"), ("Ada", ".."), ("Ada", new string('x', 60))])
        {
            (await PostAsync(manager, Page, Page, ("name", name), ("employeeId", id))).Status.ShouldBe(400, $"{name} {id}");
        }
    }

    [Fact]
    public async Task Api_RegistrationWithoutAFace_AnswersWhereThePersonIs()
    {
        using var program = host.WithKey(await host.CreateKeyAsync(1, FratPolicies.ManagePeople, FratPolicies.ReadPeople));

        using var answer = await program.PostAsJsonAsync(
            new Uri("/api/v1/people/without-face", UriKind.Relative), new { employeeId = "PP 4", name = "Ada" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.OriginalString.ShouldBe("/api/v1/people/PP%204");
        (await program.FetchAsync(answer.Headers.Location.OriginalString))["name"].ShouldBe("Ada");
        (await SendAsync(program, new { employeeId = "PP 4", name = "Ada" })).Problem.ShouldBe((409, "employeeIdTaken"));
        (await SendAsync(program, new { employeeId = "", name = "Ada" })).Problem.ShouldBe((400, "invalidFields"));
        (await SendAsync(program, new { employeeId = "PP-5" })).Problem.ShouldBe((400, "invalidFields"));

        static Task<Answer> SendAsync(HttpClient client, object body) =>
            client.SendAsync("/api/v1/people/without-face", JsonContent.Create(body));
    }

    [Fact]
    public async Task OwnPin_IsChangedWithTheOneSoFarAlone()
    {
        using var manager = await ComeAsync("pin manager", AccountRole.Manager);
        await RegisterAsync(manager, "PP-6", "Grace");
        await PostAsync(manager, "/people/person?id=PP-6", "/people/person?id=PP-6&handler=SetPin", ("pin", Chosen));
        using var grace = await ComeAsync("pin grace", AccountRole.Employee, "PP-6");
        using var other = await ComeAsync("pin other", AccountRole.Employee);

        (await SignInHost.ReadAsync(other, "/me/pin")).ShouldContain("The office sets the first one");
        (await ChangeAsync("730165", "730164")).ShouldContain("not your PIN so far");
        (await ChangeAsync(Chosen, "123456")).ShouldContain("tried first");
        (await ChangeAsync(Chosen, "730164", "730165")).ShouldContain("differ");
        (await ChangeAsync(Chosen, "730164")).ShouldContain("The PIN is changed");
        (await OutcomeAsync("PP-6", "730164")).ShouldBe(PinOutcome.Right);
        var trail = await host.Services.GetRequiredService<IAuditTrail>().ReadAsync().Where(entry => entry.Action == WebHost.Pins.Set)
            .LastAsync();
        (trail.By.Kind, trail.By.Name).ShouldBe((ActorKind.Person, null), "the trail keeps no name of the person");

        async Task<string> ChangeAsync(string old, string next, string? again = null) =>
            (await PostAsync(grace, "/me/pin", "/me/pin", ("old", old), ("new", next), ("again", again ?? next))).Text;
    }

    [Fact]
    public async Task Export_SaysThatThereIsAPinAndNeverWhich()
    {
        using var manager = await ComeAsync("pin manager", AccountRole.Manager);
        await RegisterAsync(manager, "PP-7", "Grace");
        await RegisterAsync(manager, "PP-8", "Ada");
        await PostAsync(manager, "/people/person?id=PP-7", "/people/person?id=PP-7&handler=RemovePin");

        var (without, with) = (await ExportAsync("PP-7"), await ExportAsync("PP-8"));

        without["pin"]!["isSet"]!.GetValue<bool>().ShouldBeFalse();
        with["pin"]!["isSet"]!.GetValue<bool>().ShouldBeTrue();
        using var scope = host.Services.CreateScope();
        var id = Guid.Parse(with["person"]!["id"]!.ToString());
        var row = await scope.ServiceProvider.GetRequiredService<HostContext>().Pins.AsNoTracking().SingleAsync(pin => pin.PersonId == id);
        with.ToJsonString().ShouldNotContain(row.Hash[..20]);

        async Task<JsonNode> ExportAsync(string employeeId) =>
            (await manager.SendAsync($"/api/v1/people/{employeeId}/export", JsonContent.Create(new { }))).Json!;
    }

    private static async Task<(int Status, string Text, string CacheControl)> PostAsync(
        HttpClient client, string page, string address, params (string, string)[] fields)
    {
        using var answer = await SignInHost.PostAsync(client, page, address, fields);
        return ((int)answer.StatusCode, await SignInHost.ReadAsync(answer), answer.Headers.CacheControl?.ToString() ?? "");
    }

    private static async Task RegisterAsync(HttpClient manager, string employeeId, string name) =>
        (await PostAsync(
            manager, "/register_ui/without-face", "/register_ui/without-face", ("name", name), ("employeeId", employeeId)))
            .Status.ShouldBe(200);

    private async Task<HttpClient> ComeAsync(string name, AccountRole role, string? employeeId = null)
    {
        await host.AddAsync(name, role, employeeId);
        return await host.SignInAsync(name);
    }

    private async Task<PinOutcome> OutcomeAsync(string employeeId, string pin) =>
        (await Pins.VerifyAsync(employeeId, pin, "PP check of " + employeeId)).Outcome;

    [GeneratedRegex("id=\"made-pin\">(?<pin>[0-9]{6})<")]
    private static partial Regex MadePin();
}
