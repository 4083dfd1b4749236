using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Frat.WebHost.Tests.Hosting;

public sealed class CrashTests
{
    private const int Clients = 4;
    private const int AnswersBeforeTheCrash = 40;

    [Fact]
    public async Task Kill_WhileCheckInsAreAnswered_LosesNothingThatWasAcknowledged()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new ConcurrentDictionary<string, string>();
        await using (var host = await HostProcess.StartAsync(folder.Path))
        {
            for (var person = 0; person < Photos.People.Count; person++)
            {
                (await host.Client.RegisterAsync($"E-{person}", $"Person {person}", Photos.People[person][0])).Status.ShouldBe(201);
            }

            var clients = Enumerable.Range(0, Clients).Select(client => CheckInUntilItEndsAsync(host.Client, client, acknowledged))
                .ToList();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (acknowledged.Count < AnswersBeforeTheCrash)
            {
                await Task.Delay(5, limit.Token);
            }

            await host.KillAsync();
            await Task.WhenAll(clients);
        }

        await using var restarted = await HostProcess.StartAsync(folder.Path);
        var days = (await restarted.Client.FetchAsync("/api/v1/attendance")).Json!["days"]!.AsArray()
            .Select(day => day!["employeeId"]!.ToString())
            .ToList();
        days.ShouldBeUnique();
        days.ShouldBe(acknowledged.Values.Distinct(), ignoreOrder: true);
        (await restarted.Client.FetchAsync("/api/v1/people")).Json!.AsArray().Count.ShouldBe(Photos.People.Count);
        acknowledged.Keys.Except(await StoredKeysAsync(folder.File("frat.db"))).ShouldBeEmpty();
    }

    private static async Task CheckInUntilItEndsAsync(HttpClient client, int number, ConcurrentDictionary<string, string> acknowledged)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var person = (number + i) % Photos.People.Count;
                var photos = Photos.People[person];
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/check-ins")
                {
                    Content = Calls.Form().Image("image", photos[1 + (i % (photos.Count - 1))]),
                };
                var key = $"{number}-{i}";
                request.Headers.Add("Idempotency-Key", key);
                using var response = await client.SendAsync(request);
                var answer = await Answer.ReadAsync(response);
                answer["outcome"].ShouldBe("recognized");
                acknowledged[key] = answer.Json!["person"]!["employeeId"]!.ToString();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The host was killed: what it did not answer may be stored or not.
        }
    }

    private static async Task<List<string>> StoredKeysAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT idempotency_key FROM punches";
        await using var reader = await command.ExecuteReaderAsync();
        var keys = new List<string>();
        while (await reader.ReadAsync())
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
