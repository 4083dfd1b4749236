using Microsoft.AspNetCore.Hosting;

namespace Frat.WebHost.Tests.Api;

/// <summary>A second person with the same face, at both APIs.</summary>
public sealed class DuplicateFaceTests
{
    [Fact]
    public async Task Register_LikeFace_NamesThePersonUntilSomebodyAnswersForIt()
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();
        await client.RegisterAsync("1", "Ada Lovelace", Photos.People[0][0]);

        var refused = await client.SendAsync("/api/v1/people", Calls.Registration("2", "Grace", Photos.People[0][1]));
        var missing = await client.FetchAsync("/api/v1/people/2");
        var taken = await client.SendAsync("/api/v1/people", Calls.Registration("1", "Grace", Photos.People[0][1]));
        var registered = await client.SendAsync(
            "/api/v1/people", Calls.Registration("2", "Grace", Photos.People[0][1]).Text("duplicate_by", "hr.miller").Text("duplicate_reason", "Twins"));
        var trail = (await client.FetchAsync("/api/v1/audit?person=2")).Json!.AsArray();

        refused.Problem.ShouldBe((409, "duplicateFace"));
        refused["detail"].ShouldBe("This face is like that of Ada Lovelace (1).");
        var duplicate = refused.Json!["duplicate"]!;
        (duplicate["employeeId"]!.ToString(), duplicate["name"]!.ToString()).ShouldBe(("1", "Ada Lovelace"));
        duplicate["distance"]!.GetValue<float>().ShouldBeInRange(0.01f, 0.6f);
        missing.Status.ShouldBe(404);
        taken.Problem.ShouldBe((409, "employeeIdTaken"));
        registered.Status.ShouldBe(201);
        var entry = trail.Single(entry => entry!["action"]!.ToString() == AuditActions.DuplicateAccepted)!;
        (entry["by"]!.ToString(), entry["reason"]!.ToString()).ShouldBe(("hr.miller", "Twins"));
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
            .Text("duplicate_by", by == "101" ? new string('b', 101) : by).Text("duplicate_reason", reason == "501" ? new string('r', 501) : reason);

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
        trail.Single(entry => entry!["action"]!.ToString() == AuditActions.DuplicateAccepted)!["by"]!.ToString().ShouldBe("POST /register");
    }

    [Fact]
    public async Task OriginalRegister_DuplicatesAreTurnedOff_IsRefusedWithoutAName()
    {
        await using var host = new StrictHost();
        using var client = host.CreateClient();
        await client.OriginalRegisterAsync("1", "Ada", Photos.People[0][0]);

        var answer = await client.OriginalRegisterAsync("2", "Grace", Photos.People[0][1]);

        answer.Original.ShouldBe((409, "failed", "This face is like that of somebody who is registered already. Use the registration page."));
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
