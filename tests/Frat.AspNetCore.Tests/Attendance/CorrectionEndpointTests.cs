using Frat.AspNetCore.Tests.Applications;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.AspNetCore.Tests.Attendance;

[Collection(SharedApplication.Name)]
public sealed class CorrectionEndpointTests(OtherApplication application)
{
    [Fact]
    public async Task Correction_OfAPunch_CountsOnTheDayAndIsListedOnce()
    {
        using var client = application.CreateClient();
        var (id, come, go) = await PunchAsync();
        var moved = new { id = Guid.NewGuid(), localTime = "2026-11-02T07:30:00", reason = "The clock was wrong" };

        var before = await client.CallAsync("GET", $"/again/people/{id}/days/2026-11-02");
        var corrected = await client.CallAsync("POST", $"/again/punches/{come}/corrections", moved);
        var again = await client.CallAsync("POST", $"/again/punches/{come}/corrections", moved);
        var voided = await client.CallAsync(
            "POST", $"/again/punches/{go}/corrections", new { isVoid = true, reason = "Another person's" });
        var after = await client.CallAsync("GET", $"/again/people/{id}/days/2026-11-02");
        var listed = (await client.CallAsync("GET", $"/again/punches/{come}/corrections")).Json!.AsArray();

        Roles(before).ShouldBe([(come, "in", "2026-11-02T08:00:00"), (go, "out", "2026-11-02T16:00:00")]);
        (corrected.Status, again.Status, voided.Status).ShouldBe((201, 201, 201), corrected.Json?.ToJsonString());
        Roles(after).ShouldContain((come, after.Json!["punches"]![0]!["role"]!.ToString(), "2026-11-02T07:30:00"));
        Roles(after).ShouldContain((go, "void", "2026-11-02T16:00:00"));
        after.Json["day"]!["time"]!.ToString().ShouldBe("07:30:00");
        listed.Single()!["reason"]!.ToString().ShouldBe("The clock was wrong");
        listed[0]!["by"]!["id"]!.ToString().ShouldBe("web");
    }

    [Theory]
    [InlineData("""{"localTime":"2026-11-02T07:30:00"}""", 400, "invalidFields")]
    [InlineData("""{"reason":"x"}""", 400, "invalidFields")]
    [InlineData("""{"reason":"x","localTime":"yesterday"}""", 400, "invalidFields")]
    [InlineData("""{"reason":"x","localTime":"2026-11-02T07:30:00","isVoid":true}""", 400, "invalidFields")]
    [InlineData("""{"reason":"x","isVoid":true,"by":"ceo"}""", 400, "invalidFields")]
    [InlineData("""{"reason":"x","localTime":"2026-11-02T07:30:00","direction":"up"}""", 400, "badRequest")]
    public async Task Correction_ThatSaysNotWhatOrWhy_IsRefused(string json, int status, string code)
    {
        using var client = application.CreateClient();
        var (_, come, _) = await PunchAsync();

        var refused = await client.CallAsync(
            "POST", $"/again/punches/{come}/corrections", System.Text.Json.Nodes.JsonNode.Parse(json));

        (refused.Status, refused.Code()).ShouldBe((status, code));
        (await client.CallAsync("GET", $"/again/punches/{come}/corrections")).Json!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Correction_OfNothing_SaysThatThereIsNoSuchPunch()
    {
        using var client = application.CreateClient();

        var refused = await client.CallAsync(
            "POST", $"/again/punches/{Guid.NewGuid()}/corrections", new { isVoid = true, reason = "x" });

        (refused.Status, refused.Code()).ShouldBe((404, "punchNotFound"));
        (await client.CallAsync("GET", "/again/people/nobody/days/2026-11-02")).Code().ShouldBe("personNotFound");
        foreach (var date in (string[])["today", "0001-01-01", "9999-12-31"])
        {
            (await client.CallAsync("GET", $"/again/people/7/days/{date}")).Code().ShouldBe("invalidFields", date);
        }
    }

    private static List<(Guid, string, string)> Roles((int Status, System.Text.Json.Nodes.JsonNode? Json) day) =>
    [
        .. day.Json!["punches"]!.AsArray().Select(punch => (
            Guid.Parse(punch!["punchId"]!.ToString()), punch["role"]!.ToString(), punch["localTime"]!.ToString())),
    ];

    private async Task<(string Id, Guid Come, Guid Go)> PunchAsync()
    {
        var id = Guid.NewGuid().ToString();
        var ada = await application.Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = id, Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        var log = application.Services.GetRequiredService<IAttendanceLog>();
        var (come, go) = (Punch(8), Punch(16));
        (await log.AppendAsync(come)).ShouldNotBeNull();
        (await log.AppendAsync(go)).ShouldNotBeNull();
        return (id, come.Id, go.Id);

        Punch Punch(int hour) => new()
        {
            PersonId = ada.Person.Id,
            Instant = new DateTimeOffset(2026, 11, 2, hour, 0, 0, TimeSpan.Zero),
            TimeZone = "Etc/UTC",
            LocalTime = new DateTime(2026, 11, 2, hour, 0, 0, DateTimeKind.Unspecified),
            Method = PunchMethod.Import,
            Source = "test",
            IdempotencyKey = $"{id} {hour}",
        };
    }
}
