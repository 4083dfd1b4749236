using Frat.AspNetCore.Tests.Applications;
using Frat.Testing;

namespace Frat.AspNetCore.Tests.People;

[Collection(SharedFakeApplication.Name)]
public sealed class AddedPhotosTests(FakeApplication application)
{
    [Fact]
    public async Task Photos_OfSomebodyRegistered_AreMoreTemplates()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Mary Shaw");

        var added = await AddAsync(client, id, Photo("Mary Shaw", 2), Photo("Mary Shaw", 3), ("reason", "New glasses"));

        added.Status.ShouldBe(201, added.Json?.ToJsonString());
        added.Json!["employeeId"]!.ToString().ShouldBe(id);
        (await client.CallAsync("GET", $"/people/{id}/templates")).Json!.AsArray().Count.ShouldBe(3);
        (await client.CallAsync("GET", $"/audit?person={id}")).Json!.AsArray()
            .Count(entry => entry!["reason"]?.ToString() == "New glasses").ShouldBe(2);
    }

    [Fact]
    public async Task Photos_AfterARevocation_AreTheWayBackWithANewConsent()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Jean Sammet");
        await client.PostAsync($"/people/{id}/revoke", new { });

        var without = await AddAsync(client, id, Photo("Jean Sammet", 2));
        var outdated = await AddAsync(client, id, Photo("Jean Sammet", 2), ("consent", "0"));
        var unknown = await client.SendFormAsync("/check-ins", [("image", FakeFaces.PhotoOf("Jean Sammet", 3))]);
        var back = await AddAsync(client, id, Photo("Jean Sammet", 2), ("consent", "1"));
        var known = await client.SendFormAsync("/check-ins", [("image", FakeFaces.PhotoOf("Jean Sammet", 3))]);

        (without.Status, without.Code()).ShouldBe((422, "consentRequired"));
        (outdated.Status, outdated.Code()).ShouldBe((422, "consentOutdated"));
        unknown.Json!["outcome"]!.ToString().ShouldBe("unknown");
        back.Status.ShouldBe(201, back.Json?.ToJsonString());
        known.Json!["person"]!["employeeId"]!.ToString().ShouldBe(id);
    }

    [Fact]
    public async Task Photos_OfAnotherPerson_AreRefusedUnlessSomebodyAnswersForThem()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Margaret Hamilton");
        var other = await application.RegisterAsync("Annie Easley");

        var different = await AddAsync(client, id, Photo("Annie Easley", 2));
        await client.PostAsync($"/people/{id}/revoke", new { });
        var duplicate = await AddAsync(client, id, Photo("Annie Easley", 2), ("consent", "1"));
        var half = await AddAsync(client, id, Photo("Annie Easley", 2), ("consent", "1"), ("duplicate_reason", "Twins"));

        (different.Status, different.Code()).ShouldBe((422, "differentPeople"));
        (duplicate.Status, duplicate.Code()).ShouldBe((409, "duplicateFace"));
        duplicate.Json!.ToJsonString().ShouldNotContain(other);
        (half.Status, half.Fields()).ShouldBe((400, "duplicate_by"));
        (await client.CallAsync("GET", $"/people/{id}/templates")).Json!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Photos_ThatCantBeUsed_SayWhy()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Kathleen Booth");

        var nobody = await AddAsync(client, "nobody", Photo("Kathleen Booth", 2));
        var none = await AddAsync(client, id, ("reason", "x"));
        var empty = await AddAsync(client, id, Photo("Kathleen Booth", 2), ("photo", FakeFaces.PhotoOfNobody()));
        var text = await AddAsync(client, id, ("photo", "no image at all"u8.ToArray()));

        (nobody.Status, nobody.Code()).ShouldBe((404, "personNotFound"));
        (none.Status, none.Fields()).ShouldBe((400, "photo"));
        (empty.Status, empty.Code(), empty.Json!["verdict"]!.ToString(), empty.Json["photoIndex"]!.GetValue<int>())
            .ShouldBe((422, "photoRefused", "noFace", 1));
        (text.Status, text.Code()).ShouldBe((400, "invalidImage"));
        (await client.CallAsync("GET", $"/people/{id}/templates")).Json!.AsArray().Count.ShouldBe(1);
    }

    private static (string, object) Photo(string face, int take) => ("photo", FakeFaces.PhotoOf(face, take));

    private static Task<(int Status, System.Text.Json.Nodes.JsonNode? Json)> AddAsync(
        HttpClient client, string id, params (string, object)[] fields) => client.SendFormAsync($"/people/{id}/photos", fields);
}
