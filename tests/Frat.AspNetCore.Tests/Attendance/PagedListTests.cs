using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Frat.AspNetCore.Tests.Applications;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.AspNetCore.Tests.Attendance;

/// <summary>Days and the trail in pages, by their links.</summary>
[Collection(SharedFakeApplication.Name)]
public sealed class PagedListTests(FakeApplication application)
{
    [Fact]
    public async Task Days_InPagesWhileDaysAreAdded_AreEachOnOnePage()
    {
        using var client = application.CreateClient();
        var people = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            people.Add(await PunchAsync($"Q.{i} ü"));
        }

        var (ids, sizes) = (new List<string>(), new List<int>());
        for (var next = "/attendance?from=2026-09-07&to=2026-09-08&pageSize=2"; next.Length > 0;)
        {
            var (page, link) = await GetAsync(client, next);
            page["from"]!.ToString().ShouldBe("2026-09-07");
            ids.AddRange(page["days"]!.AsArray().Select(day => day!["employeeId"]!.ToString()));
            sizes.Add(page["days"]!.AsArray().Count);
            next = link;
            await PunchAsync($"A-{ids.Count}"); // Before the place.
        }

        ids.ShouldBe(people);
        sizes.ShouldBe([2, 2, 1]);
    }

    // "Today" may be over before the last page is read.
    [Fact]
    public async Task Days_OfTodayInPages_StayWithTheDateOfTheFirst()
    {
        using var client = application.CreateClient();
        for (var i = 0; i < 2; i++)
        {
            await client.PostAsync($"/people/{await EnrollAsync(Guid.NewGuid().ToString())}/punches/pin", new { });
        }

        var (_, link) = await GetAsync(client, "/attendance?pageSize=1");

        link.ShouldContain("from=2026-11-02&to=2026-11-02");
    }

    [Fact]
    public async Task Audit_InPages_IsEachEntryOnceInOrder()
    {
        using var client = application.CreateClient();
        var id = await EnrollAsync(Guid.NewGuid().ToString());
        for (var i = 0; i < 4; i++)
        {
            await client.PostAsync($"/people/{id}/{(i % 2 == 0 ? "deactivate" : "activate")}", new { reason = $"{i}" });
        }

        var (whole, read) = ((await client.CallAsync("GET", $"/audit?person={id}")).Json!.AsArray(), new JsonArray());
        for (var next = $"/audit?person={id}&pageSize=2"; next.Length > 0;)
        {
            var (page, link) = await GetAsync(client, next);
            foreach (var entry in page.AsArray())
            {
                read.Add(entry!.DeepClone());
            }

            next = link;
        }

        whole.Count.ShouldBeGreaterThanOrEqualTo(5);
        read.ToJsonString().ShouldBe(whole.ToJsonString());
    }

    [Theory]
    [InlineData("/attendance?pageSize=0", "pageSize")]
    [InlineData("/attendance?pageSize=501", "pageSize")]
    [InlineData("/attendance?after=x", "after")]
    [InlineData("/attendance?after=MjAyNi0xMS0wMg", "after")] // A date without a person.
    [InlineData("/audit?pageSize=many", "pageSize")]
    [InlineData("/audit?after=-1", "after")]
    public async Task Page_ThatCantBe_IsNamed(string path, string field)
    {
        using var client = application.CreateClient();

        var refused = await client.CallAsync("GET", path);

        (refused.Status, refused.Fields()).ShouldBe((400, field));
    }

    private static async Task<(JsonNode Page, string Next)> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        ((int)response.StatusCode).ShouldBe(200);
        var link = response.Headers.TryGetValues("Link", out var links) ? links.Single() : "";
        return (
            (await response.Content.ReadFromJsonAsync<JsonNode>())!,
            link.Length == 0 ? "" : link[1..link.IndexOf('>', StringComparison.Ordinal)]);
    }

    private async Task<string> EnrollAsync(string id)
    {
        await application.Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment { EmployeeId = id, Name = "Ada", Templates = [], Consent = null, Note = new AuditNote("test") });
        return id;
    }

    private async Task<string> PunchAsync(string id)
    {
        await EnrollAsync(id);
        using var client = application.CreateClient();
        (await client.PostAsync(
            $"/people/{Uri.EscapeDataString(id)}/punches",
            new { localTime = "2026-09-07T08:00:00", reason = "test" })).Status.ShouldBe(200);
        return id;
    }
}
