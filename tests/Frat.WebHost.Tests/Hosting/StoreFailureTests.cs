using Microsoft.Data.Sqlite;

namespace Frat.WebHost.Tests.Hosting;

public sealed class StoreFailureTests
{
    [Fact]
    public async Task Calls_DatabaseLockedByAnotherProgram_SayTryAgainAndThenRecover()
    {
        await using var host = new TestHost { LockTimeout = 1 };
        using var client = host.CreateClient();
        (await client.RegisterAsync("1", "Ada", Photos.People[0][0])).Status.ShouldBe(201);

        await using (var other = new SqliteConnection($"Data Source={host.Database};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);

            using var response =
                await client.PostAsync(new Uri("/api/v1/check-ins", UriKind.Relative), Calls.Form().Image("image", Photos.People[0][1]));
            (await Answer.ReadAsync(response)).Problem.ShouldBe((503, "storeUnavailable"));
            response.Headers.RetryAfter.ShouldNotBeNull();
            (await client.RegisterAsync("2", "Grace", Photos.People[1][0])).Problem.ShouldBe((503, "storeUnavailable"));
            (await client.OriginalAttendAsync(Photos.People[0][1])).Original
                .ShouldBe((503, "failed", "The database can't be reached at the moment. Nothing was recorded; please try again."));
            (await client.OriginalRegisterAsync("2", "Grace", Photos.People[1][0])).Status.ShouldBe(503);
        }

        (await client.OriginalAttendAsync(Photos.People[0][1])).Original.ShouldBe((200, "success", "Attendance marked for Ada"));
        (await client.RegisterAsync("2", "Grace", Photos.People[1][0])).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Calls_StoreFailsInAWayThatNobodyForesaw_AnswerWithoutDetails()
    {
        await using var host = new BrokenHost();
        using var client = host.CreateClient();

        foreach (var path in (string[])["/api/v1/people", "/api/v1/people/7", "/api/v1/attendance?employeeId=7"])
        {
            var answer = await client.FetchAsync(path);
            answer.Problem.ShouldBe((500, "unexpected"));
            answer.Json!.ToJsonString().ShouldNotContain("secret");
            answer.Json.ToJsonString().ShouldNotContain("   at ");
        }

        (await client.OriginalRegisterAsync("7", "Ada", Photos.People[0][0])).Original.ShouldBe(
            (500, "failed", "Something went wrong on our side."));
    }
}
