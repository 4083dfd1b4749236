namespace Frat.WebHost.Tests.Api;

public sealed class CheckInsApiTests
{
    [Fact]
    public async Task CheckIn_FiftyTimesAtOnce_MarksOnce()
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();
        (await client.RegisterAsync("50", "Ada", Photos.People[0][0])).Status.ShouldBe(201);

        // Half of them through the original's call: it is the same attendance.
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => i % 2 == 0
            ? client.CheckInAsync(Photos.People[0][1])
            : client.OriginalAttendAsync(Photos.People[0][1])));

        answers.ShouldAllBe(answer => answer.Status == 200);
        var marked = answers.Count(
            answer => answer["status"] == "success" || answer.Json!["attendance"]?["marked"]?.GetValue<bool>() == true);
        var alreadyMarked = answers.Count(
            answer => answer["status"] == "already_marked" || answer.Json!["attendance"]?["marked"]?.GetValue<bool>() == false);
        (marked, alreadyMarked).ShouldBe((1, 49));
        (await client.FetchAsync("/api/v1/attendance")).Json!["days"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task CheckIn_SentAgainWithItsKey_GetsTheSameAnswer()
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();
        await client.RegisterAsync("1", "Ada", Photos.People[0][0]);
        await client.RegisterAsync("2", "Grace", Photos.People[1][0]);

        var first = await CheckInAsync(client, Photos.People[0][1], "key");
        var again = await CheckInAsync(client, Photos.People[0][1], "key");
        var other = await CheckInAsync(client, Photos.People[1][1], "key");
        var otherPhoto = await CheckInAsync(client, Photos.People[0][3], "key");
        var otherDevice = await CheckInAsync(client, Photos.People[0][3], "key", "back door");

        first.Json!["attendance"]!["marked"]!.GetValue<bool>().ShouldBeTrue();
        again.Json!.ToJsonString().ShouldBe(first.Json.ToJsonString());
        other.Problem.ShouldBe((422, "idempotencyKeyReused"));
        otherPhoto.Problem.ShouldBe((422, "idempotencyKeyReused"), "a kiosk with one key for all hears of it");
        otherDevice["outcome"].ShouldBe("recognized");
        var rows = await client.FetchAsync("/api/v1/reports/punches?from=2026-11-23&to=2026-11-23");
        rows.Json!["rows"]!.AsArray().Count.ShouldBe(2);
    }

    private static async Task<Answer> CheckInAsync(HttpClient client, byte[] image, string key, string? source = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/api/v1/check-ins") { Content = Calls.Form().Image("image", image).Text("source", source) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
