using Frat.AspNetCore.Tests.Applications;
using Frat.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.AspNetCore.Tests.CheckIns;

[Collection(SharedFakeApplication.Name)]
public sealed class PunchEndpointTests(FakeApplication application)
{
    [Fact]
    public async Task PinPunch_OfSomebodyWithoutAFace_IsAnsweredAsACheckInIs()
    {
        using var client = application.CreateClient();
        var id = await EnrollAsync();
        var (device, key) = (Guid.NewGuid(), Guid.NewGuid().ToString());
        var body = new { source = "door", deviceId = device, site = "berlin", direction = "in", capturedAt = "2026-11-02T07:30:00Z" };

        var first = await client.PostAsync($"/people/{id}/punches/pin", body, key);
        var again = await client.PostAsync($"/people/{id}/punches/pin", body, key);

        first.Status.ShouldBe(200, first.Json?.ToJsonString());
        var punch = (await application.PunchesOfAsync(id)).Single();
        (punch.Method, punch.Source, punch.DeviceId, punch.TimeZone).ShouldBe((PunchMethod.Pin, "door", device, "Europe/Berlin"));
        first.Json!["punch"]!["id"]!.ToString().ShouldBe(punch.Id.ToString());
        first.Json["person"]!["employeeId"]!.ToString().ShouldBe(id);
        first.Json["attendance"]!["time"]!.ToString().ShouldBe("08:30:00");
        first.Json["attendance"]!["marked"]!.GetValue<bool>().ShouldBeTrue();
        again.Json!.ToJsonString().ShouldBe(first.Json.ToJsonString());
    }

    [Fact]
    public async Task PinPunch_OfNobodyOfSomebodyInactiveOrWithAKeyOfAnother_RecordsNothing()
    {
        using var client = application.CreateClient();
        var (active, inactive, key) = (await EnrollAsync(), await EnrollAsync(), Guid.NewGuid().ToString());
        await client.PostAsync($"/people/{inactive}/deactivate", new { });
        await client.PostAsync($"/people/{active}/punches/pin", new { }, key);

        var nobody = await client.PostAsync("/people/nobody/punches/pin", new { });
        var refused = await client.PostAsync($"/people/{inactive}/punches/pin", new { });
        var reused = await client.PostAsync($"/people/{await EnrollAsync()}/punches/pin", new { }, key);

        (nobody.Status, nobody.Code()).ShouldBe((404, "personNotFound"));
        (refused.Status, refused.Code()).ShouldBe((409, "personInactive"));
        (reused.Status, reused.Code()).ShouldBe((422, "idempotencyKeyReused"));
        (await application.PunchesOfAsync(inactive)).ShouldBeEmpty();
        (await application.PunchesOfAsync(active)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task PinPunch_MomentOfACallerWhoseClockIsNotTrusted_IsRefused()
    {
        using var stranger = application.CreateClient(isTrusted: false);
        var id = await EnrollAsync();

        var refused = await stranger.PostAsync($"/people/{id}/punches/pin", new { capturedAt = "2026-11-02T06:00:00Z" });

        (refused.Status, refused.Fields()).ShouldBe((400, "capturedAt"));
    }

    [Fact]
    public async Task ManualPunch_OfSomebodyInactive_IsOnTheDayAndInTheAuditTrail()
    {
        using var client = application.CreateClient();
        var id = await EnrollAsync();
        await client.PostAsync($"/people/{id}/deactivate", new { });

        var entered = await client.PostAsync(
            $"/people/{id}/punches",
            new { localTime = "2026-10-30T08:15:00", site = "berlin", direction = "in", reason = "Forgot the badge" });
        var now = await client.PostAsync($"/people/{id}/punches", new { reason = "Stands here" });

        entered.Status.ShouldBe(200, entered.Json?.ToJsonString());
        entered.Json!["attendance"]!["date"]!.ToString().ShouldBe("2026-10-30");
        entered.Json["attendance"]!["time"]!.ToString().ShouldBe("08:15:00");
        now.Json!["attendance"]!["date"]!.ToString().ShouldBe("2026-11-02");
        var punches = await application.PunchesOfAsync(id);
        punches.Select(punch => (punch.Method, punch.TimeZone)).ShouldBe(
            [(PunchMethod.Manual, "Europe/Berlin"), (PunchMethod.Manual, "Etc/UTC")]);
        var trail = (await client.CallAsync("GET", $"/audit?person={id}")).Json!.AsArray()
            .Where(entry => entry!["action"]!.ToString() == AuditActions.PunchEntered).ToList();
        trail.Select(entry => entry!["reason"]!.ToString()).ShouldBe(["Forgot the badge", "Stands here"]);
        trail[0]!["new"]!.ToString().ShouldContain(punches[0].Id.ToString());
    }

    [Theory]
    [InlineData("""{"localTime":"2026-10-30T08:15:00"}""", "reason")]
    [InlineData("""{"reason":"x","localTime":"yesterday"}""", "localTime")]
    [InlineData("""{"reason":"x","localTime":"2026-03-29T02:30:00","site":"berlin"}""", "localTime")] // The clock was put forward.
    [InlineData("""{"reason":"x","localTime":"2027-10-30T08:15:00"}""", "localTime")]
    [InlineData("""{"reason":"x","localTime":"1815-12-10T08:15:00"}""", "localTime")]
    [InlineData("""{"reason":"x","site":"atlantis"}""", "site")]
    [InlineData("""{"reason":"x","deviceId":"door"}""", "deviceId")]
    [InlineData("""{"reason":"x","by":"ceo"}""", "by")]
    public async Task ManualPunch_FieldThatCantBe_IsNamedAndNothingRecorded(string json, string field)
    {
        using var client = application.CreateClient();
        var id = await EnrollAsync();

        var refused = await client.PostAsync($"/people/{id}/punches", System.Text.Json.Nodes.JsonNode.Parse(json)!);

        (refused.Status, refused.Code(), refused.Fields()).ShouldBe((400, "invalidFields", field));
        (await application.PunchesOfAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ManualPunch_OfNobody_SaysSo()
    {
        using var client = application.CreateClient();

        (await client.PostAsync("/people/nobody/punches", new { reason = "x" })).Code().ShouldBe("personNotFound");
    }

    private async Task<string> EnrollAsync()
    {
        var id = Guid.NewGuid().ToString();
        await application.Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = id, Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        return id;
    }
}
