using System.Globalization;
using System.Net.Http.Json;

namespace Frat.WebHost.Tests.Api;

/// <summary>What is kept of one person, and what can be done about it.</summary>
public sealed class PersonApiTests : IAsyncLifetime, IDisposable
{
    private const string Ada = "/api/v1/people/1";

    private readonly TestHost _host = new();
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _client = _host.CreateClient();
        (await _client.RegisterAsync("1", "Ada Lovelace", Photos.People[0][0], Photos.People[0][2])).Status.ShouldBe(201);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Revoke_SomebodyWhoIsRecognised_TheNextCheckInIsUnknown()
    {
        (await CheckInAsync()).ShouldBe("recognized");

        var answer = await _client.ChangeAsync(Ada + "/revoke", "hr.miller", "Asked for it");

        (answer.Status, answer["isActive"]).ShouldBe((200, "true"));
        (await CheckInAsync()).ShouldBe("unknown");
        (await _client.OriginalAttendAsync(Photos.People[0][1])).Original.ShouldBe((404, "failed", "Unknown user. Please register first."));
        (await _client.FetchAsync(Ada + "/templates")).Json!.AsArray().ShouldBeEmpty();
        var consent = (await _client.FetchAsync(Ada + "/consents")).Json!.AsArray().Single()!;
        (consent["inForce"]!.GetValue<bool>(), consent["withdrawnBy"]!["id"]!.ToString()).ShouldBe((false, "hr.miller"));
        (await _client.FetchAsync("/api/v1/attendance?employeeId=1")).Json!["days"]!.AsArray().Count.ShouldBe(1);
        (await TrailAsync(AuditActions.ConsentWithdrawn)).ShouldBe([("hr.miller", "Asked for it")]);
    }

    [Fact]
    public async Task DeactivateAndActivate_TheNextCheckIn_IsUnknownAndKnownAgain()
    {
        var inactive = await _client.ChangeAsync(Ada + "/deactivate", "hr.miller", "On leave");
        var twice = await _client.SendAsync(Ada + "/deactivate", null);
        (await CheckInAsync()).ShouldBe("unknown");
        var active = await _client.SendAsync(Ada + "/activate", null);
        (await CheckInAsync()).ShouldBe("recognized");

        (inactive.Status, inactive["isActive"], twice.Status, active["isActive"]).ShouldBe((200, "false", 200, "true"));
        (await TrailAsync(AuditActions.PersonDeactivated)).ShouldBe([("hr.miller", "On leave")]);
        (await TrailAsync(AuditActions.PersonActivated)).ShouldBe([("web", null)]);
    }

    [Fact]
    public async Task Forget_APerson_LeavesThePseudonymInTheTrail()
    {
        await CheckInAsync();
        var pseudonym = (await _client.FetchAsync("/api/v1/audit?person=1")).Json![0]!["person"]!.ToString();

        var answer = await _client.RemoveAsync(Ada + "?by=hr.miller&reason=Left");

        answer.Status.ShouldBe(204);
        (await CheckInAsync()).ShouldBe("unknown");
        (await _client.FetchAsync(Ada)).Problem.ShouldBe((404, "personNotFound"));
        (await _client.FetchAsync("/api/v1/attendance")).Json!["days"]!.AsArray().ShouldBeEmpty();
        (await _client.FetchAsync("/api/v1/audit?person=1")).Problem.ShouldBe((404, "personNotFound"));
        var last = (await _client.FetchAsync("/api/v1/audit?person=" + pseudonym)).Json!.AsArray()[^1]!;
        (last["action"]!.ToString(), last["by"]!["id"]!.ToString(), last["reason"]!.ToString()).ShouldBe(
            (AuditActions.PersonForgotten, "hr.miller", "Left"));
    }

    [Fact]
    public async Task Templates_OfAPerson_AreListedWithoutEncodingAndDeletedOneByOne()
    {
        var templates = (await _client.FetchAsync(Ada + "/templates")).Json!.AsArray();
        templates.Count.ShouldBe(2);
        templates[0]!.AsObject().Select(member => member.Key)
            .ShouldBe(["id", "encoderId", "way", "standing", "createdAt", "createdBy", "quality"]);
        templates[0]!["quality"]!["eyeDistance"]!.GetValue<float>().ShouldBeGreaterThan(20);
        var path = $"{Ada}/templates/{templates[0]!["id"]}";

        await _client.RegisterAsync("2", "Grace", Photos.People[1][0]);
        var othersId = (await _client.FetchAsync("/api/v1/people/2/templates")).Json![0]!["id"]!.ToString();

        (await _client.RemoveAsync($"{Ada}/templates/{othersId}")).Problem.ShouldBe((404, "templateNotFound"));
        (await _client.RemoveAsync(path + "?by=hr.miller&reason=Blurred")).Status.ShouldBe(204);
        (await _client.RemoveAsync(path)).Problem.ShouldBe((404, "templateNotFound"));
        (await _client.FetchAsync(Ada + "/templates")).Json!.AsArray().Count.ShouldBe(1);
        (await TrailAsync(AuditActions.TemplateDeleted)).ShouldBe([("hr.miller", "Blurred")]);
    }

    [Fact]
    public async Task Consents_RecordedOnPaper_AreListedTheLatestFirst()
    {
        var given = TestHost.Now.AddDays(-7);
        var answer = await _client.SendAsync(
            Ada + "/consents",
            JsonContent.Create(new { version = "1", basis = "attested", givenAt = given, by = "hr.miller", reason = "On paper" }));

        answer.Status.ShouldBe(201);
        (answer["basis"], answer.Json!["recordedBy"]!["id"]!.ToString(), answer["inForce"]).ShouldBe(("attested", "hr.miller", "true"));
        DateTimeOffset.Parse(answer["expiresAt"]!, CultureInfo.InvariantCulture).ShouldBe(given.AddDays(1095));
        var consents = (await _client.FetchAsync(Ada + "/consents")).Json!.AsArray();
        consents.Select(consent => consent!["basis"]!.ToString()).ShouldBe(["given", "attested"]);
    }

    [Theory]
    [InlineData("""{"by":"x"}""", 422, "consentRequired")]
    [InlineData("""{"version":"0"}""", 422, "consentOutdated")]
    [InlineData("""{"version":"1","givenAt":"2999-01-01T00:00:00Z"}""", 400, "invalidFields")]
    [InlineData("""{"version":"1","basis":"guessed"}""", 400, "badRequest")]
    [InlineData("""{"version":"1","basis":99}""", 400, "badRequest")]
    [InlineData("""{"version":"1","basis":0}""", 400, "badRequest")]
    [InlineData("""{"version":"1","basis":"99"}""", 400, "badRequest")]
    [InlineData("""{"version":"1","version":"0"}""", 400, "badRequest")]
    [InlineData("not json", 400, "badRequest")]
    public async Task RecordConsent_ThatIsNone_IsRefused(string body, int status, string code)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        (await _client.SendAsync(Ada + "/consents", content)).Problem.ShouldBe((status, code));
    }

    [Theory]
    [InlineData("activate")]
    [InlineData("deactivate")]
    [InlineData("revoke")]
    public async Task Change_OfNobodyOrWithABadNote_IsRefused(string verb)
    {
        (await _client.ChangeAsync("/api/v1/people/77/" + verb)).Problem.ShouldBe((404, "personNotFound"));
        (await _client.ChangeAsync($"{Ada}/{verb}", new string('b', 101))).Problem.ShouldBe((400, "invalidFields"));
        (await _client.ChangeAsync($"{Ada}/{verb}", "x", new string('r', 501))).Problem.ShouldBe((400, "invalidFields"));
        (await _client.ChangeAsync($"{Ada}/{verb}", "x\0")).Problem.ShouldBe((400, "invalidFields"));
        using var half = new StringContent("""{"by":"\ud800"}""", System.Text.Encoding.UTF8, "application/json");
        (await _client.SendAsync($"{Ada}/{verb}", half)).Status.ShouldBe(400);
        using var text = new StringContent("by=x");
        (await _client.SendAsync($"{Ada}/{verb}", text)).Problem.ShouldBe((415, "unsupportedMediaType"));
        (await CheckInAsync()).ShouldBe("recognized");
    }

    [Fact]
    public async Task Export_OfAPerson_IsTheDocumentAndIsInTheTrail()
    {
        await CheckInAsync();

        using var response =
            await _client.PostAsJsonAsync(new Uri(Ada + "/export", UriKind.Relative), new { by = "hr.miller", reason = "Asked" });
        var document = await Answer.ReadAsync(response);
        var encodings = await _client.SendAsync(Ada + "/export", JsonContent.Create(new { encodings = true }));

        (document.Status, document.ContentType).ShouldBe((200, "application/json"));
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        document.Json!["punches"]!.AsArray().Count.ShouldBe(1);
        document.Json["templates"]![0]!.AsObject().ContainsKey("encoding").ShouldBeFalse();
        encodings.Json!["templates"]![0]!["encoding"]!.AsArray().Count.ShouldBe(128);
        (await TrailAsync(AuditActions.PersonExported)).ShouldBe([("hr.miller", "Asked"), ("web", null)]);
        (await _client.SendAsync("/api/v1/people/77/export", null)).Problem.ShouldBe((404, "personNotFound"));
        (await _client.SendAsync(Ada + "/export", JsonContent.Create(new { encodings = "yes" }))).Problem.ShouldBe((400, "badRequest"));
        (await _client.FetchAsync(Ada + "/export?encodings=true")).Problem.ShouldBe(
            (405, "methodNotAllowed"), "what is fetched by its address alone writes nothing");
    }

    [Fact]
    public async Task Delete_WithANoteInTheBody_NeedsNoneInTheAddress()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Delete, new Uri(Ada, UriKind.Relative)) { Content = JsonContent.Create(new { by = "hr.miller", reason = "Left" }) };

        using var response = await _client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(204);
        (await TrailAsync(AuditActions.PersonForgotten)).ShouldBe([("hr.miller", "Left")]);
    }

    [Fact]
    public async Task Audit_WithASpan_GivesWhatFallsIntoIt()
    {
        var all = (await _client.FetchAsync("/api/v1/audit")).Json!.AsArray();

        all.Count.ShouldBeGreaterThan(3);
        all.Select(entry => entry!["sequence"]!.GetValue<long>()).ShouldBeInOrder();
        (await _client.FetchAsync("/api/v1/audit?from=2026-11-23T08:59:03Z")).Json!.AsArray().Count.ShouldBe(all.Count);
        (await _client.FetchAsync("/api/v1/audit?until=2026-11-23T08:59:03Z")).Json!.AsArray().ShouldBeEmpty();
        (await _client.FetchAsync("/api/v1/audit?from=2026-11-23T10:00:00%2B01:00")).Json!.AsArray().ShouldBeEmpty();
        (await _client.FetchAsync("/api/v1/audit?from=yesterday")).Problem.ShouldBe((400, "invalidFields"));
    }

    private async Task<string?> CheckInAsync() => (await _client.CheckInAsync(Photos.People[0][1]))["outcome"];

    private async Task<IReadOnlyList<(string By, string? Reason)>> TrailAsync(string action) =>
        [.. (await _client.FetchAsync("/api/v1/audit")).Json!.AsArray().Where(entry => entry!["action"]!.ToString() == action)
            .Select(entry => (entry!["by"]!["id"]!.ToString(), entry["reason"]?.ToString())).Distinct()];
}
