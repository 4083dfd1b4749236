using Frat.Testing;

namespace Frat.AspNetCore.Tests.Events;

/// <summary>What is told, and that nothing is lost.</summary>
public sealed class EventEndpointTests
{
    [Fact]
    public async Task Events_OfSeveralHostsOnOneDatabase_AreToldOnceInOrderWithoutBiometrics()
    {
        var database = new InMemoryDatabase();
        await using var here = await EventHost.StartAsync(database);
        await using var there = await EventHost.StartAsync(database, here.Time);
        using var other = there.CreateClient();
        await other.SendFormAsync(
            "/people", [("employeeId", "E-1"), ("name", "Ada"), ("consent", "1"), ("photo", FakeFaces.PhotoOf("Ada"))]);
        await using var stream = await here.FollowAsync();

        var checkedIn = await other.SendFormAsync("/check-ins", [("image", FakeFaces.PhotoOf("Ada", 2)), ("source", "door")]);
        here.Tick();
        var first = await stream.NextChangeAsync();
        var mine = await here.PunchAsync("E-1");
        here.Tick();
        var second = await stream.NextChangeAsync();
        var correction = await other.PostAsync($"/punches/{mine}/corrections", new { isVoid = true, reason = "Confidential" });
        here.Tick();
        var third = await stream.NextChangeAsync();

        (first.Type, second.Type, third.Type).ShouldBe(("punch", "punch", "correction"));
        first.Id.ToString().ShouldBe(checkedIn.Json!["punch"]!["id"]!.ToString());
        second.Id.ShouldBe(mine);
        third.Id.ToString().ShouldBe(correction.Json!["id"]!.ToString());
        third.Data["correction"]!["isVoid"]!.GetValue<bool>().ShouldBeTrue();
        third.Data["punch"]!["id"]!.ToString().ShouldBe(mine.ToString());
        first.Data["person"]!.ToJsonString().ShouldBe("""{"employeeId":"E-1","name":"Ada"}""");
        first.Data["attendance"]!["status"]!.ToString().ShouldBe("present");
        (first.Data["method"]!.ToString(), first.Data["source"]!.ToString(), first.Data["localTime"]!.ToString())
            .ShouldBe(("face", "door", "2026-11-02T08:00:00"));
        var all = first.Data.ToJsonString() + third.Data.ToJsonString();
        foreach (var secret in (string[])["distance", "score", "encoding", "digest", "Confidential"])
        {
            all.ShouldNotContain(secret, Case.Insensitive);
        }
    }

    [Fact]
    public async Task Events_AfterAReconnection_AreThoseThatWereMissed()
    {
        await using var host = await EventHost.StartAsync();
        var id = await host.EnrollAsync();
        string? last;
        await using (var stream = await host.FollowAsync())
        {
            await host.PunchAsync(id);
            host.Tick();
            await stream.NextChangeAsync();
            last = stream.LastEventId;
        }

        await host.Log.GivenUp;
        host.Time.Advance(TimeSpan.FromHours(3));
        Guid[] missed = [await host.PunchAsync(id), await host.PunchAsync(id)];
        host.Time.Advance(TimeSpan.FromHours(3));
        await using var again = await host.FollowAsync(last);
        var told = new List<Guid>();
        while (!missed.All(told.Contains))
        {
            told.Add((await again.NextChangeAsync()).Id);
        }

        // And from there, what is new is told, and nothing twice.
        var next = await host.PunchAsync(id);
        host.Tick();
        (await again.NextChangeAsync()).Id.ShouldBe(next);
        told.ShouldBeUnique();
    }

    // A transaction that began earlier is seen later: a cursor that had moved on would lose it.
    [Fact]
    public async Task Events_SeenLaterThanALaterOne_AreToldAllTheSame()
    {
        await using var host = await EventHost.StartAsync();
        var id = await host.EnrollAsync();
        await using var stream = await host.FollowAsync();

        var early = await host.PunchAsync(id);
        host.Log.Hidden.TryAdd(early, true);
        host.Time.Advance(TimeSpan.FromSeconds(30));
        var late = await host.PunchAsync(id);
        host.Tick();
        var first = await stream.NextChangeAsync();
        host.Tick();
        host.Log.Hidden.Clear();
        host.Tick();
        var second = await stream.NextChangeAsync();

        (first.Id, second.Id).ShouldBe((late, early));
    }

    [Fact]
    public async Task Events_SeenWhileTheClientWasAwayThoughFromBefore_AreToldAfterAReconnection()
    {
        await using var host = await EventHost.StartAsync();
        var id = await host.EnrollAsync();
        string? last;
        Guid early;
        await using (var stream = await host.FollowAsync())
        {
            early = await host.PunchAsync(id);
            host.Log.Hidden.TryAdd(early, true);
            host.Time.Advance(TimeSpan.FromSeconds(30));
            await host.PunchAsync(id);
            host.Tick();
            (await stream.NextChangeAsync()).Id.ShouldNotBe(early);
            last = stream.LastEventId;
        }

        host.Log.Hidden.Clear();
        await using var again = await host.FollowAsync(last);

        (await again.NextChangeAsync()).Id.ShouldBe(early);
    }

    [Fact]
    public async Task Store_WhileNobodyListens_IsNotAsked()
    {
        await using var host = await EventHost.StartAsync();
        host.Time.Advance(TimeSpan.FromHours(1));
        host.Log.Reads.ShouldBe(0);

        await using (await host.FollowAsync())
        {
            await using var other = await host.FollowAsync();
            host.Log.Reads.ShouldBeGreaterThan(0);
        }

        await host.Log.GivenUp;
        var reads = host.Log.Reads;
        host.Time.Advance(TimeSpan.FromHours(1));
        host.Log.Reads.ShouldBe(reads);
    }

    [Fact]
    public async Task LastEventId_OfLongAgo_IsAnsweredWithTheGap()
    {
        await using var host = await EventHost.StartAsync();
        string? last;
        await using (var stream = await host.FollowAsync())
        {
            last = stream.LastEventId;
        }

        host.Time.Advance(TimeSpan.FromDays(3));
        await using var again = await host.FollowAsync(last);
        var (type, _, data) = await again.NextChangeAsync();

        type.ShouldBe("gap");
        data["since"]!.GetValue<DateTimeOffset>().ShouldBe(EventHost.Start.AddDays(2));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    public async Task LastEventId_ThatIsNone_IsRefused(string id)
    {
        await using var host = await EventHost.StartAsync();
        using var client = host.CreateClient();

        using var response = await EventStream.SendAsync(client, id);

        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain("Last-Event-ID");
    }

    [Fact]
    public async Task Store_ThatFailsForAWhile_LosesNothing()
    {
        await using var host = await EventHost.StartAsync();
        var id = await host.EnrollAsync();
        using var client = host.CreateClient();
        host.Log.Fails = true;
        var refused = await client.CallAsync("GET", "/events");
        host.Log.Fails = false;
        await using var stream = await host.FollowAsync();

        host.Log.Fails = true;
        var reads = host.Log.Reads;
        var punch = await host.PunchAsync(id);
        for (host.Tick(); host.Log.Reads == reads;)
        {
            await Task.Yield();
        }

        host.Time.Advance(TimeSpan.FromMinutes(10));
        host.Log.Fails = false;
        host.Tick();

        (refused.Status, refused.Code()).ShouldBe((503, "storeUnavailable"));
        (await stream.NextChangeAsync()).Id.ShouldBe(punch);
    }
}
