using System.Text.Json.Nodes;
using Frat.TestKit;

namespace Frat.WebHost.Tests.Recognition;

/// <summary>Five people are registered with their first photo, over HTTP.</summary>
public sealed class FivePeopleHost : TestHost, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        using var client = CreateClient();
        for (var person = 0; person < Photos.People.Count; person++)
        {
            var answer = await client.RegisterAsync($"E-{person}", $"Person {person}", Photos.People[person][0]);
            answer.Status.ShouldBe(201, answer.Json?.ToJsonString());
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}

public sealed class RecognitionTests(FivePeopleHost host) : IClassFixture<FivePeopleHost>
{
    public static TheoryData<string> Scenes => [.. DebianPhotos.Faces.Select(file => Path.GetFileName(file))];

    [Fact]
    public async Task CheckIn_FiftyOtherPhotos_NamesTheRightPersonEachTime()
    {
        using var client = host.CreateClient();
        var right = 0;
        for (var person = 0; person < Photos.People.Count; person++)
        {
            foreach (var photo in Photos.People[person].Skip(1))
            {
                var answer = await client.CheckInAsync(photo);
                right += answer["outcome"] == "recognized" && answer.Json!["person"]!["employeeId"]!.ToString() == $"E-{person}" ? 1 : 0;
            }
        }

        right.ShouldBe(50);
    }

    [Fact]
    public async Task Attendance_FiftyOtherPhotos_NamesTheRightPersonEachTime()
    {
        using var client = host.CreateClient();
        var right = 0;
        for (var person = 0; person < Photos.People.Count; person++)
        {
            foreach (var photo in Photos.People[person].Skip(1))
            {
                var answer = await client.OriginalAttendAsync(photo);
                right += answer.Status == 200 && answer["message"] is { } message
                    && (message == $"Attendance marked for Person {person}"
                        || message == $"Attendance already marked for Person {person} today") ? 1 : 0;
            }
        }

        right.ShouldBe(50);
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task CheckIn_StrangersInAScene_NamesNobody(string scene)
    {
        using var client = host.CreateClient();
        var areas = (await client.SendAsync(
            "/api/v1/photos/assess", Calls.Form().Image("photo", Photos.Scene(scene)))).Json!["faces"]!.AsArray()
            .Select(face => face!["box"]!).Select(box => Side(box, "left", "right") * Side(box, "top", "bottom"))
            .OrderDescending().ToList();

        // Of several, who stands much nearer is meant.
        var faces = areas.Count > 1 && areas[0] >= MainFace.MinAreaRatio * areas[1] ? 1 : areas.Count;

        var answer = await client.CheckInAsync(Photos.Scene(scene));
        var original = await client.OriginalAttendAsync(Photos.Scene(scene));

        answer["outcome"].ShouldBe(faces switch { 0 => "noFace", 1 => "unknown", _ => "severalFaces" });
        answer.Json!["person"].ShouldBeNull();
        original.Original.ShouldBe(faces switch
        {
            0 => (400, "failed", "No face detected"),
            1 => (404, "failed", "Unknown user. Please register first."),
            _ => (400, "failed", "Several faces detected. Please step in front of the camera alone."),
        });
    }

    private static double Side(JsonNode box, string from, string to) => box[to]!.GetValue<int>() - box[from]!.GetValue<int>() + 1;
}
