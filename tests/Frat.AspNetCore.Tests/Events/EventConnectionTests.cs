using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.AspNetCore.Tests.Events;

/// <summary>Who listens: how many, how slowly, how long.</summary>
public sealed class EventConnectionTests
{
    [Fact]
    public async Task Listener_WhoDoesNotRead_IsCutOffAndGetsTheRestAfterwards()
    {
        const int Many = 600;
        await using var host = await EventHost.StartAsync();
        var people = host.Services.GetRequiredService<IPersonStore>();
        var punches = new List<Punch>();
        await using var slow = await host.FollowAsync();
        for (var i = 0; i < Many; i++)
        {
            if (i % 100 == 0)
            {
                await host.EnrollAsync($"Person {i}");
            }

            punches.Add(NewPunch((await people.ListAsync(new PersonQuery())).People[^1].Id, i));
            await host.Log.AppendAsync(punches[^1]);
        }

        host.Tick();
        await host.Log.GivenUp; // The follower has nobody to follow for: the one who didn't read was cut off.
        var told = new List<Guid>();
        await Should.ThrowAsync<Exception>(async () =>
        {
            while (true)
            {
                told.Add((await slow.NextChangeAsync()).Id);
            }
        });

        told.Count.ShouldBeLessThan(Many);
        await using var again = await host.FollowAsync(slow.LastEventId);
        var all = told.ToHashSet();
        while (all.Count < Many)
        {
            all.Add((await again.NextChangeAsync()).Id);
        }

        all.ShouldBe(punches.Select(punch => punch.Id), ignoreOrder: true);

        static Punch NewPunch(Guid personId, int i)
        {
            var time = EventHost.Start.AddDays(-i);
            return new Punch
            {
                PersonId = personId,
                Instant = time,
                TimeZone = "Etc/UTC",
                LocalTime = time.DateTime,
                Method = PunchMethod.Import,
                Source = "test",
                IdempotencyKey = Guid.NewGuid().ToString(),
            };
        }
    }

    [Fact]
    public async Task Listeners_TooMany_AreRefused()
    {
        await using var host = await EventHost.StartAsync();
        var streams = new List<EventStream>();
        for (var i = 0; i < 100; i++)
        {
            streams.Add(await host.FollowAsync());
        }

        using var client = host.CreateClient();
        var refused = await client.CallAsync("GET", "/events");

        (refused.Status, refused.Code()).ShouldBe((503, "busy"));
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Listeners_TooManyOfOneAddress_AreRefusedAndThoseOfOthersAreNot()
    {
        await using var host = await EventHost.StartAsync(kestrel: true);
        var streams = new List<EventStream>();
        for (var i = 0; i < 40; i++)
        {
            streams.Add(await host.FollowAsync());
        }

        using var client = host.CreateClient();
        var refused = await client.CallAsync("GET", "/events");
        await using (var other = await EventStream.OpenAsync(host.CreateClientFrom(IPAddress.Parse("127.0.0.2")), null))
        {
            (await other.NextAsync()).EventType.ShouldBe("heartbeat");
        }

        (refused.Status, refused.Code()).ShouldBe((503, "busy"));
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Connection_WhenTheHostStops_Ends()
    {
        await using var host = await EventHost.StartAsync(kestrel: true);
        await using var stream = await host.FollowAsync();

        await host.StopAsync();

        (await stream.TryNextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Connection_WhileNothingHappens_HasHeartbeatsAndEndsAfterHalfAnHour()
    {
        await using var host = await EventHost.StartAsync();
        await using var stream = await host.FollowAsync();
        var began = host.Time.GetUtcNow();

        var beat = stream.TryNextAsync();
        await TimeGoesOnUntilAsync(beat);
        var beats = 0;
        for (var next = stream.TryNextAsync(); ; next = stream.TryNextAsync())
        {
            await TimeGoesOnUntilAsync(next);
            if (await next is not { } item)
            {
                break;
            }

            item.EventType.ShouldBe("heartbeat");
            beats++;
        }

        (await beat)!.Value.EventType.ShouldBe("heartbeat");
        stream.LastEventId.ShouldNotBeNull("who connects again doesn't begin at the last event of yesterday");
        beats.ShouldBeGreaterThan(0);
        (host.Time.GetUtcNow() - began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(30));

        async Task TimeGoesOnUntilAsync(Task done)
        {
            while (await Task.WhenAny(done, Task.Delay(5)) != done)
            {
                host.Time.Advance(TimeSpan.FromSeconds(5));
            }
        }
    }
}
