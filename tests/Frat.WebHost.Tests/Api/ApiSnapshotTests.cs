using System.Text.Json;
using System.Text.Json.Nodes;
using Snapshooter.Xunit;

namespace Frat.WebHost.Tests.Api;

/// <summary>The answers of the API, to the letter, at a fixed moment.</summary>
public sealed class ApiSnapshotTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Fact]
    public async Task Api_ARegistrationAndCheckIns_AnswersAsAgreed()
    {
        await using var host = new TestHost();
        using var client = host.CreateClient();
        var face = Photos.People[0][0];

        Snapshot.Match(Text(
            ("assess a good photo", await client.SendAsync("/api/v1/photos/assess", Calls.Form().Image("photo", face))),
            ("assess a photo without a face", await client.SendAsync("/api/v1/photos/assess", Calls.Form().Image("photo", Photos.NoFace))),
            ("assess a text file", await client.SendAsync("/api/v1/photos/assess", Calls.Form().Image("photo", "text"u8.ToArray()))),
            ("register", await client.RegisterAsync("7", "Ada Lovelace", face)),
            ("register again", await client.RegisterAsync("7", "Ada Lovelace", face)),
            ("register without anything", await client.RegisterAsync("", "")),
            ("register with a photo without a face", await client.RegisterAsync("8", "Nobody", Photos.NoFace)),
            ("find", await client.FetchAsync("/api/v1/people/7")),
            ("find nobody", await client.FetchAsync("/api/v1/people/8")),
            ("list", await client.FetchAsync("/api/v1/people")),
            ("check in", await client.CheckInAsync(Photos.People[0][1])),
            ("check in again", await client.CheckInAsync(Photos.People[0][2])),
            ("check in a stranger", await client.CheckInAsync(Photos.People[1][0])),
            ("check in without a face", await client.CheckInAsync(Photos.NoFace)),
            ("check in a group", await client.CheckInAsync(Photos.Scene("2008_001009.jpg"))),
            ("attendance today", await client.FetchAsync("/api/v1/attendance")),
            ("attendance of one person", await client.FetchAsync("/api/v1/attendance?from=2026-11-01&to=2026-11-30&employeeId=7")),
            ("attendance of another day", await client.FetchAsync("/api/v1/attendance?from=2026-11-01")),
            ("attendance of nobody", await client.FetchAsync("/api/v1/attendance?employeeId=8"))));
    }

    private static string Text(params (string What, Answer Answer)[] answers) => string.Join("\n\n", answers.Select(answer =>
        $"# {answer.What}\n{answer.Answer.Status} {answer.Answer.ContentType}\n{Scrub(answer.Answer.Json)?.ToJsonString(Readable)}"));

    private static JsonNode? Scrub(JsonNode? json)
    {
        if (json is JsonObject answer)
        {
            answer.Remove("traceId");
            (answer["punch"] as JsonObject)?.Remove("id"); // Another one each time.
            foreach (var face in answer["faces"]?.AsArray() ?? [])
            {
                face!["score"] = Math.Round(face["score"]!.GetValue<double>(), 1); // The last digits depend on the processor.
            }
        }

        return json;
    }
}
