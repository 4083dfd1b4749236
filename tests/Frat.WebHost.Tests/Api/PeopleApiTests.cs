using System.Text;
using Frat.TestKit;

namespace Frat.WebHost.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class PeopleApiTests(TestHost host)
{
    private static readonly byte[] Face = Photos.People[2][0];

    [Theory]
    [InlineData("عائشة الفهرية")]
    [InlineData("王貞儀")]
    [InlineData("がくせい・ペンギン")]
    [InlineData("Никола́й Лобаче́вский")]
    [InlineData("ஜகதீஷ்")]
    [InlineData("👩‍🔬 Grace")]
    [InlineData("O'Brien-Smith, Jr.")]
    [InlineData("a; drop table people--")]
    public async Task Register_NameInAnyScript_ComesBackAsItWas(string name)
    {
        using var client = host.CreateClient();
        var id = "script " + name.GetHashCode(StringComparison.Ordinal);

        var created = await client.RegisterAsync(id, name, Face);
        var found = await client.FetchAsync("/api/v1/people/" + Uri.EscapeDataString(id));

        created.Status.ShouldBe(201);
        found["name"].ShouldBe(name.Normalize(NormalizationForm.FormC));
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("a b+c?d#e&f")]
    [InlineData("员工-7")]
    public async Task Register_IdWithSpecialCharacters_LocationLeadsToThePerson(string employeeId)
    {
        using var client = host.CreateClient();
        using var form = Calls.Registration(employeeId, "A", Face).LikeNobody();

        using var response = await client.PostAsync(new Uri("/api/v1/people", UriKind.Relative), form);
        var found = await client.FetchAsync(response.Headers.Location!.OriginalString);

        found["employeeId"].ShouldBe(employeeId);
    }

    [Fact]
    public async Task Register_IdWithASlash_LocationLeadsToThePerson()
    {
        // Over a real connection: the test server takes %2F for a separator, which Kestrel does not.
        using var folder = new TemporaryFolder();
        await using var process = await HostProcess.StartAsync(folder.Path);
        using var form = Calls.Registration("a/b", "A", Face);

        using var response = await process.Client.PostAsync(new Uri("/api/v1/people", UriKind.Relative), form);
        var found = await process.Client.FetchAsync(response.Headers.Location!.OriginalString);
        var templates = await process.Client.FetchAsync(response.Headers.Location.OriginalString + "/templates");

        found["employeeId"].ShouldBe("a/b");
        templates.Json!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "consentRequired")]
    [InlineData("  ", "consentRequired")]
    [InlineData("0", "consentOutdated")]
    public async Task Register_WithoutConsentToThePresentText_IsRefused(string? consent, string code)
    {
        using var client = host.CreateClient();
        var form = Calls.Form().Text("employeeId", "no-consent").Text("name", "A").Text("consent", consent).Image("photo", Face);

        var answer = await client.SendAsync("/api/v1/people", form);

        answer.Problem.ShouldBe((422, code));
        (await client.FetchAsync("/api/v1/people/no-consent")).Status.ShouldBe(404);
        (await client.FetchAsync("/api/v1/consent"))["version"].ShouldBe("1");
    }

    [Fact]
    public async Task Register_IdInTwoNormalForms_IsOneId()
    {
        using var client = host.CreateClient();

        var composed = await client.RegisterAsync("Andr\u00e9", "A", Face);
        var decomposed = await client.RegisterAsync(" Andre\u0301 ", "A", Face);
        var found = await client.FetchAsync("/api/v1/people/" + Uri.EscapeDataString("Andre\u0301"));

        composed.Status.ShouldBe(201);
        decomposed.Problem.ShouldBe((409, "employeeIdTaken"));
        found["employeeId"].ShouldBe("Andr\u00e9");
    }

    [Fact]
    public async Task Register_OneIdEightTimesAtOnce_RegistersOnce()
    {
        using var client = host.CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? client.RegisterAsync("eight", "A", Face)
            : client.OriginalRegisterAsync("eight", "A", Face)));

        answers.Count(answer => answer.Status is 200 or 201).ShouldBe(1);
        answers.Count(answer => answer.Status == 409).ShouldBe(7);
    }

    [Theory]
    [InlineData("bald_guys.jpg", "severalFaces")]
    [InlineData("", "noFace")]
    public async Task Register_PhotoNotGoodEnough_SaysWhichAndWhy(string scene, string verdict)
    {
        using var client = host.CreateClient();

        var answer = await client.RegisterAsync("refused", "A", Face, scene.Length == 0 ? Photos.NoFace : Photos.Scene(scene));

        answer.Problem.ShouldBe((422, "photoRefused"));
        answer["verdict"].ShouldBe(verdict);
        answer["photoIndex"].ShouldBe("1");
    }

    [Fact]
    public async Task Register_PhotosOfTwoPeople_IsRefused()
    {
        using var client = host.CreateClient();

        var answer = await client.RegisterAsync("two-people", "A", Photos.People[0][0], Photos.People[1][0]);

        answer.Problem.ShouldBe((422, "differentPeople"));
    }

    [Fact]
    public async Task List_SomePeople_IsOrderedById()
    {
        using var client = host.CreateClient();
        await client.RegisterAsync("list-2", "B", Face);
        await client.RegisterAsync("list-1", "A", Face);

        var answer = await client.FetchAsync("/api/v1/people");

        answer.Json!.AsArray().Select(person => person!["employeeId"]!.ToString()).Where(
            id => id.StartsWith("list-", StringComparison.Ordinal))
            .ShouldBe(["list-1", "list-2"]);
    }

    [Fact]
    public async Task Register_FaceFarAway_IsRefusedAsTooSmallInBothForms()
    {
        using var client = host.CreateClient();
        var farAway = PhotoCanvas.Draw(640, 480, 55, DebianPhotos.Johns["John_Savage"][0]);

        var assessed = await client.SendAsync("/api/v1/photos/assess", Calls.Form().Image("photo", farAway));
        var refused = await client.RegisterAsync("far", "Ada", farAway);
        var original = await client.OriginalRegisterAsync("far", "Ada", farAway);

        assessed["verdict"].ShouldBe("faceTooSmall");
        refused.Problem.ShouldBe((422, "photoRefused"));
        refused["verdict"].ShouldBe("faceTooSmall");
        original.Status.ShouldBe(400);
        original["status"].ShouldBe("failed");
        (await client.FetchAsync("/api/v1/people/far")).Status.ShouldBe(404);
    }
}
