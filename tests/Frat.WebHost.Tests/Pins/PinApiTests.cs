using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Pins;

/// <summary>The calls about PINs, as the office's programs make them.</summary>
[Collection(SharedHost.Name)]
public sealed class PinApiTests(TestHost host)
{
    [Theory]
    [InlineData("PIN-1")]
    [InlineData("PIN 2 ä")]
    public async Task Pin_SetMadeUnlockedAndRemoved_IsSoForThePerson(string employeeId)
    {
        using var client = host.CreateClient();
        var pins = host.Services.GetRequiredService<WebHost.Pins>();
        var path = $"/api/v1/people/{Uri.EscapeDataString(employeeId)}/pin";
        (await client.FetchAsync(path)).Problem.ShouldBe((404, "personNotFound"));
        var grace = JsonContent.Create(new { employeeId, name = "Grace" });
        (await client.SendAsync("/api/v1/people/without-face", grace)).Status.ShouldBe(201);
        (await client.FetchAsync(path)).Problem.ShouldBe((404, "pinNotFound"));

        var refused = await PutAsync(new { pin = "1234" });
        (refused.Problem, refused.Json!["errors"]!["pin"]![0]!.ToString()).ShouldBe(
            ((400, "invalidFields"), "This PIN is one of those that are tried first: choose one without a row or a repetition."));
        (await PutAsync(new { pin = "7493", by = new string('x', 500) })).Problem.ShouldBe((400, "invalidFields"));
        (await PutAsync(new { pin = 7493 })).Problem.Status.ShouldBe(400, "a number has no zeros in front");
        (await PutAsync(new { pin = "7493", by = "HR", reason = "first day" })).Status.ShouldBe(204);
        (await pins.VerifyAsync(employeeId, "7493", "door")).Outcome.ShouldBe(PinOutcome.Right);
        (await client.FetchAsync("/people?q=" + Uri.EscapeDataString(employeeId))).Json!.ToString().ShouldContain("By PIN");
        (await client.FetchAsync(path))["setBy"].ShouldBe("HR");

        for (var i = 0; i < PinTries.Free; i++)
        {
            await pins.VerifyAsync(employeeId, "0000", $"door {i}");
        }

        (await client.FetchAsync(path))["lockedUntil"].ShouldNotBeNull();
        (await client.SendAsync(path + "/unlock", null)).Status.ShouldBe(204);
        (await client.FetchAsync(path))["lockedUntil"].ShouldBeNull();

        var made = await client.SendAsync(path, JsonContent.Create(new { reason = "forgotten" }));
        (made.Status, made["pin"]!.Length).ShouldBe((200, PinRules.MaxLength));
        (await pins.VerifyAsync(employeeId, made["pin"], "door")).Outcome.ShouldBe(PinOutcome.Right);
        (await client.RemoveAsync(path)).Status.ShouldBe(204);
        (await client.RemoveAsync(path)).Problem.ShouldBe((404, "pinNotFound"));
        (await client.FetchAsync("/people?q=" + Uri.EscapeDataString(employeeId))).Json!.ToString().ShouldContain("No face");

        async Task<Answer> PutAsync(object body)
        {
            using var answer = await client.PutAsJsonAsync(new Uri(path, UriKind.Relative), body);
            return await Answer.ReadAsync(answer);
        }
    }
}
