using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Frat.AspNetCore.Tests.Applications;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.AspNetCore.Tests.People;

[Collection(SharedApplication.Name)]
public sealed class PeopleListTests(OtherApplication application)
{
    [Fact]
    public async Task List_InPages_SaysHowManyThereAreAndWhereTheNextAreIs()
    {
        using var client = application.CreateClient();
        var people = application.Services.GetRequiredService<IPersonStore>();
        for (var i = 1; i <= 5; i++)
        {
            await EnrollAsync($"P-{i}", "José Paginado");
        }

        await people.SetActiveAsync((await people.FindAsync("P-5"))!.Id, active: false, new AuditNote { By = Actor.User("test") });

        var ids = new List<string>();
        var (next, totals) = ("/again/people?text=jose%20pag&active=true&pageSize=3", new List<string>());
        while (next.Length > 0)
        {
            using var response = await client.GetAsync(next);
            ids.AddRange((await response.Content.ReadFromJsonAsync<JsonArray>())!.Select(person => person!["employeeId"]!.ToString()));
            totals.AddRange(response.Headers.GetValues("X-Total-Count"));
            next = response.Headers.TryGetValues("Link", out var links)
                && links.SingleOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal)) is { } link
                    ? link[1..link.IndexOf('>', StringComparison.Ordinal)]
                    : "";
        }

        ids.ShouldBe(["P-1", "P-2", "P-3", "P-4"]);
        totals.ShouldBe(["4", "4"]);
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=x")]
    [InlineData("pageSize=1001")]
    [InlineData("active=maybe")]
    public async Task List_WithAParameterThatCantBe_IsRefused(string query)
    {
        using var client = application.CreateClient();

        (await client.CallAsync("GET", "/again/people?" + query)).Code().ShouldBe("invalidFields");
    }

    [Fact]
    public async Task Change_OfNameAndEmployeeId_IsThereAtTheNewAddressAndATakenIdChangesNothing()
    {
        using var client = application.CreateClient();
        await EnrollAsync("C-1", "Ada");
        await EnrollAsync("C-2", "Grace");

        var taken = await client.CallAsync("PATCH", "/again/people/C-1", new { employeeId = "C-2", name = "Other" });
        var nothing = await client.CallAsync("PATCH", "/again/people/C-1", new { reason = "none" });
        var wrong = await client.CallAsync("PATCH", "/again/people/C-1", new { name = "" });
        var kept = await client.CallAsync("GET", "/again/people/C-1");
        var changed = await client.CallAsync("PATCH", "/again/people/C-1", new { employeeId = "C-3", name = "  Ada Lovelace " });

        (taken.Status, taken.Code()).ShouldBe((409, "employeeIdTaken"));
        (nothing.Code(), wrong.Code()).ShouldBe(("invalidFields", "invalidFields"));
        kept.Json!["name"]!.ToString().ShouldBe("Ada");
        changed.Json!["name"]!.ToString().ShouldBe("Ada Lovelace");
        (await client.CallAsync("GET", "/again/people/C-3")).Status.ShouldBe(200);
        (await client.CallAsync("GET", "/again/people/C-1")).Status.ShouldBe(404);
    }

    private Task<EnrollmentReceipt> EnrollAsync(string id, string name) =>
        application.Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = id, Name = name, Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
}
