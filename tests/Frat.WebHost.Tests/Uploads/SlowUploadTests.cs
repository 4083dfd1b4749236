using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Uploads;

/// <summary>Anyone who sends slowly, or sends much, keeps nobody else from the door.</summary>
public sealed class SlowUploadTests
{
    [Theory]
    [InlineData(90_000)]
    [InlineData(2_000_000)]
    [InlineData(20_000_000)]
    public async Task CheckIn_MoreSlowUploadsThanThereIsRoomFor_IsAnsweredBesideThem(int announced)
    {
        await using var host = new ServedHost();
        using var client = host.CreateClient();
        var slow = new List<RawConnection>();
        try
        {
            // The first ones are refused by their rate, or for the next ones, while the others come.
            for (var i = 0; i < 2 * Arrivals.MaxAtOnce; i++)
            {
                var connection = await host.ConnectAsync();
                slow.Add(connection);
                await connection.BeginAsync(
                    "POST",
                    i % 2 == 0 ? "/api/v1/check-ins" : "/api/v1/photos/assess",
                    "Content-Type: multipart/form-data; boundary=x",
                    $"Content-Length: {announced}");
                await connection.WriteAsync("--x\r\n");
            }

            var answer = await client.CheckInAsync(Photos.People[0][0]);

            answer["outcome"].ShouldBe("unknown");
            host.Services.GetRequiredService<Arrivals>().Count.ShouldBeLessThanOrEqualTo(Arrivals.MaxAtOnce);
            foreach (var connection in slow)
            {
                var refused = await connection.ReadAsync();
                refused.Problem.ShouldBeOneOf((503, "busy"), (408, "requestTooSlow"));
            }

            host.Services.GetRequiredService<Arrivals>().Count.ShouldBe(0);
            host.Log.Count(line => line.Contains("Kestrel", StringComparison.Ordinal)).ShouldBe(0, string.Join('\n', host.Log));
            host.Log.Count(line => !line.Contains("Frat:Access is Open", StringComparison.Ordinal))
                .ShouldBeLessThanOrEqualTo(4, "what is refused is said once a minute");
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    [Fact]
    public async Task Upload_ItsBeginningComesAndThenNothing_IsEndedAndLeavesItsRoom()
    {
        await using var host = new ServedHost();
        using var client = host.CreateClient();
        var uploads = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => host.ConnectAsync()));
        foreach (var upload in uploads)
        {
            await upload.BeginAsync("POST", "/api/v1/people", "Content-Type: multipart/form-data; boundary=x", "Content-Length: 25000000");
            await upload.WriteAsync(new byte[UploadLimits.MaxWaitingBytes]); // One of them has a turn, and the other one waits for it.
        }

        (await client.CheckInAsync(Photos.NoFace))["outcome"].ShouldBe("noFace");
        foreach (var upload in uploads)
        {
            (await upload.ReadAsync()).Problem.ShouldBe((408, "requestTooSlow"));
            upload.Dispose();
        }

        (await client.SendAsync("/api/v1/photos/assess", Calls.Form().Image("photo", Photos.WithComments(Photos.People[0][0], 15_000_000))))
            ["verdict"].ShouldBe("good");
        host.Log.ShouldAllBe(line => !line.Contains("Kestrel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Photos_MoreThanAnAddressMaySend_AreRefusedForAWhileAndCheckInsAreNot()
    {
        await using var host = new ServedHost(("Frat:Uploads:PhotosPerMinute", "10"));
        using var client = host.CreateClient();
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 100 && refused is null; i++)
        {
            var response =
                await client.PostAsync(new Uri("/api/v1/photos/assess", UriKind.Relative), Calls.Form().Image("photo", Photos.NoFace));
            refused = (int)response.StatusCode == 429 ? response : null;
        }

        refused.ShouldNotBeNull();
        refused.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        (await Answer.ReadAsync(refused)).Problem.ShouldBe((429, "tooManyRequests"));
        (await client.RegisterAsync("7", "Ada", Photos.People[0][0], Photos.People[0][1], Photos.People[0][2])).Problem.ShouldBe(
            (429, "tooManyRequests"));
        (await client.OriginalRegisterAsync("7", "Ada", Photos.People[0][0])).Original
            .ShouldBe((429, "failed", "Too many photos came from this address in a short time. Please try again later."));
        (await client.CheckInAsync(Photos.NoFace))["outcome"].ShouldBe("noFace");
        (await client.OriginalAttendAsync(Photos.NoFace)).Status.ShouldBe(400);
        host.Log.Count(line => line.Contains("tooManyRequests", StringComparison.Ordinal)).ShouldBe(1);
    }
}
