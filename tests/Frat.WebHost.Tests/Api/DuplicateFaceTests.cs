using Microsoft.AspNetCore.Hosting;

namespace Frat.WebHost.Tests.Api;

/// <summary>A second person with the same face, at both APIs.</summary>
public sealed class DuplicateFaceTests
{
    [Fact]
    public async Task Register_LikeFace_IsRefusedUntilSomebodyAnswersForItAndTellsNobodysName()
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();
        await client.RegisterAsync("1", "Ada Lovelace", Photos.People[0][0]);

        var refused = await client.SendAsync("/api/v1/people", Calls.Registration("2", "Grace", Photos.People[0][1]));
        var missing = await client.FetchAsync("/api/v1/people/2");
        var taken = await client.SendAsync("/api/v1/people", Calls.Registration("1", "Grace", Photos.People[0][1]));
        var registered = await client.SendAsync(
            "/api/v1/people",
            Calls.Registration("2", "Grace", Photos.People[0][1]).Text("duplicate_by", "hr.miller").Text("duplicate_reason", "Twins"));
        var trail = (await client.FetchAsync("/api/v1/audit?person=2")).Json!.AsArray();

        refused.Problem.ShouldBe((409, "duplicateFace"));
        refused["detail"].ShouldBe("This face is registered already, under another employee ID.");
        refused.Json!.AsObject().Select(member => member.Key)
            .ShouldBe(["type", "title", "status", "detail", "code", "traceId"], ignoreOrder: true);
        var seen = (await client.FetchAsync("/api/v1/audit?person=1")).Json!.AsArray()
            .Single(entry => entry!["action"]!.ToString() == AuditActions.DuplicateRefused)!;
        (seen["by"]!["id"]!.ToString(), seen["old"], seen["new"], seen["reason"]).ShouldBe(("web", null, null, null));
        missing.Status.ShouldBe(404);
        taken.Problem.ShouldBe((409, "employeeIdTaken"));
        registered.Status.ShouldBe(201);
        var entry = trail.Single(entry => entry!["action"]!.ToString() == AuditActions.DuplicateAccepted)!;
        (entry["by"]!["id"]!.ToString(), entry["reason"]!.ToString(), entry["new"]!.ToString()).ShouldBe(
            ("hr.miller", "Twins", $"person {seen["person"]}"));
    }

    [Fact]
    public async Task Register_OneFaceAfterTheOtherToLearnWhoIsKnown_IsStoppedAndEachTryIsInTheTrail()
    {
        await using var host = new ServedHost(("Frat:Uploads:DuplicatesPerMinute", "3"));
        using var client = host.CreateClient();
        await client.RegisterAsync("1", "Ada Lovelace", Photos.People[0][0]);
        var codes = new List<string?>();
        while (!codes.Contains("tooManyRequests") && codes.Count < 100)
        {
            codes.Add(
                (await client.SendAsync("/api/v1/people", Calls.Registration($"x{codes.Count}", "X", Photos.People[0][1]))).Problem.Code);
        }

        codes.Distinct().ShouldBe(["duplicateFace", "tooManyRequests"]);
        var trail = (await client.FetchAsync("/api/v1/audit?person=1")).Json!.AsArray();
        trail.Count(entry => entry!["action"]!.ToString() == AuditActions.DuplicateRefused).ShouldBe(codes.Count - 1);
        (await client.RegisterAsync("2", "Grace", Photos.People[1][0])).Problem.ShouldBe(
            (429, "tooManyRequests"), "also with a photo of nobody who is known");
    }

    [Theory]
    [InlineData("hr.miller", "", "duplicate_reason")]
    [InlineData(" ", "Twins", "duplicate_by")]
    [InlineData("101", "Twins", "duplicate_by")]
    [InlineData("hr.miller", "501", "duplicate_reason")]
    [InlineData("hr.miller", "Twi\nns", "duplicate_reason")]
    public async Task Register_OverrideThatIsNone_IsMarkedAtTheField(string by, string reason, string field)
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();
        var form = Calls.Registration("2", "Grace", Photos.People[0][1])
            .Text("duplicate_by", by == "101" ? new string('b', 101) : by)
            .Text("duplicate_reason", reason == "501" ? new string('r', 501) : reason);

        var answer = await client.SendAsync("/api/v1/people", form);

        answer.Problem.ShouldBe((400, "invalidFields"));
        answer.Json!["errors"]!.AsObject().Single().Key.ShouldBe(field);
    }

    [Fact]
    public async Task OriginalRegister_LikeFace_IsRegisteredAsByTheOriginalAndIsInTheTrail()
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();
        await client.OriginalRegisterAsync("1", "Ada", Photos.People[0][0]);

        var answer = await client.OriginalRegisterAsync("2", "Grace", Photos.People[0][1]);

        answer.Original.ShouldBe((200, "success", "User registered successfully"));
        var trail = (await client.FetchAsync("/api/v1/audit?person=2")).Json!.AsArray();
        var accepted = trail.Single(entry => entry!["action"]!.ToString() == AuditActions.DuplicateAccepted)!;
        accepted["by"]!["id"]!.ToString().ShouldBe("POST /register");
    }

    [Fact]
    public async Task OriginalRegister_DuplicatesAreTurnedOff_IsRefusedWithoutAName()
    {
        await using var host = new StrictHost();
        using var client = host.CreateClient();
        await client.OriginalRegisterAsync("1", "Ada", Photos.People[0][0]);

        var answer = await client.OriginalRegisterAsync("2", "Grace", Photos.People[0][1]);

        answer.Original.ShouldBe(
            (409, "failed", "This face is like that of somebody who is registered already. Use the registration page."));
    }

    private sealed class StrictHost : TestHost
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Frat:Original:AcceptDuplicates", "false");
        }
    }
}
