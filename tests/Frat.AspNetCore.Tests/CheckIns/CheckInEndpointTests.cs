using System.Globalization;
using Frat.AspNetCore.Tests.Applications;
using Frat.Testing;

namespace Frat.AspNetCore.Tests.CheckIns;

[Collection(SharedFakeApplication.Name)]
public sealed class CheckInEndpointTests(FakeApplication application)
{
    private const string Path = "/check-ins";

    [Fact]
    public async Task CheckIn_SeveralFramesOfADeviceAtAnotherSite_IsThePunchThere()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Frances Allen");
        var device = Guid.NewGuid();

        var answer = await client.SendFormAsync(
            Path,
            [
                .. Frames("Frances Allen", 2, 3), ("image", FakeFaces.PhotoOfNobody()), ("site", "Berlin"), ("deviceId", device.ToString()),
                ("direction", "in"), ("source", "door"),
            ]);

        answer.Json!["outcome"]!.ToString().ShouldBe("recognized", answer.Json.ToJsonString());
        var punch = (await application.PunchesOfAsync(id)).Single();
        (punch.TimeZone, punch.LocalTime.Hour, punch.DeviceId, punch.Direction, punch.Source).ShouldBe(
            ("Europe/Berlin", 9, device, PunchDirection.In, "door"));
        answer.Json["person"]!["employeeId"]!.ToString().ShouldBe(id);
        answer.Json["punch"]!["id"]!.ToString().ShouldBe(punch.Id.ToString());
        answer.Json["punch"]!["direction"]!.ToString().ShouldBe("in");
        answer.Json["punch"]!["duplicate"]!.GetValue<bool>().ShouldBeFalse();
        answer.Json["attendance"]!["time"]!.ToString().ShouldBe("09:00:00");
    }

    [Fact]
    public async Task CheckIn_FramesOfTwoPeople_IsNobodys()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Barbara Liskov");
        await application.RegisterAsync("Adele Goldberg");

        var answer = await client.SendFormAsync(Path, [.. Frames("Barbara Liskov", 2), .. Frames("Adele Goldberg", 2)]);

        answer.Json!["outcome"]!.ToString().ShouldBe("facesDiffer");
        answer.Json["message"]!.ToString().ShouldContain("one and the same face");
        var both = await client.SendFormAsync(Path, [("image", FakeFaces.PhotoOfSeveral("Barbara Liskov", "Adele Goldberg"))]);
        both.Json!["outcome"]!.ToString().ShouldBe("severalFaces");
        (await application.PunchesOfAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckIn_TakenWhileTheDeviceWasOffline_CountsAtThatMoment()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Karen Jones");

        var answer = await client.SendFormAsync(Path, [.. Frames("Karen Jones", 2), ("capturedAt", "2026-11-02T08:30:00+01:00")]);

        answer.Json!["attendance"]!["time"]!.ToString().ShouldBe("07:30:00");
        (await application.PunchesOfAsync(id)).Single().Instant.ShouldBe(FakeApplication.Now.AddMinutes(-30));
    }

    [Fact]
    public async Task CheckIn_MomentOfACallerWhoseClockIsNotTrusted_IsRefused()
    {
        using var stranger = application.CreateClient(isTrusted: false);
        var id = await application.RegisterAsync("Lynn Conway");

        var refused = await stranger.SendFormAsync(Path, [.. Frames("Lynn Conway", 2), ("capturedAt", "2026-11-02T06:00:00Z")]);

        (refused.Status, refused.Fields()).ShouldBe((400, "capturedAt"));
        (await application.PunchesOfAsync(id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("site", "atlantis")]
    [InlineData("deviceId", "front door")]
    [InlineData("capturedAt", "2026-11-02T07:59:00")] // Of which zone?
    [InlineData("capturedAt", "yesterday")]
    [InlineData("capturedAt", "2026-11-01T07:59:59Z")] // More than 24 hours ago.
    [InlineData("capturedAt", "2026-11-02T08:02:01Z")] // More than 2 minutes ahead.
    [InlineData("direction", "up")]
    [InlineData("source", "a\u0007b")]
    public async Task CheckIn_FieldThatCantBe_IsNamed(string field, string value)
    {
        using var client = application.CreateClient();

        var refused = await client.SendFormAsync(Path, [("image", FakeFaces.PhotoOfNobody()), (field, value)]);

        (refused.Status, refused.Code(), refused.Fields()).ShouldBe((400, "invalidFields", field));
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(8, 200)]
    [InlineData(9, 400)]
    public async Task CheckIn_Frames_AreOneToEight(int count, int status)
    {
        using var client = application.CreateClient();

        var answer = await client.SendFormAsync(
            Path, [("site", "berlin"), .. Enumerable.Repeat(("image", (object)FakeFaces.PhotoOfNobody()), count)]);

        (answer.Status, answer.Fields()).ShouldBe((status, status == 200 ? "" : "image"), count.ToString(CultureInfo.InvariantCulture));
    }

    // Of eight frames that may each be as large as one: the bound is the request's.
    [Fact]
    public async Task CheckIn_FramesTogetherLargerThanARequest_AreRefusedUnread()
    {
        using var client = application.CreateClient();
        var frame = new byte[5 << 20];

        var refused = await client.SendFormAsync(Path, Enumerable.Repeat(("image", (object)frame), IFaceIdentifier.MaxFrames));

        (refused.Status, refused.Code()).ShouldBe((413, "requestTooLarge"));
    }

    [Fact]
    public async Task CheckIn_SameKeyAgain_IsTheSamePunchAndWithOtherFramesRefused()
    {
        using var client = application.CreateClient();
        var id = await application.RegisterAsync("Radia Perlman");
        var key = Guid.NewGuid().ToString();

        var first = await client.SendFormAsync(Path, Frames("Radia Perlman", 2, 3), key);
        var again = await client.SendFormAsync(Path, Frames("Radia Perlman", 2, 3), key);
        var others = await client.SendFormAsync(Path, Frames("Radia Perlman", 2), key);

        again.Json!.ToJsonString().ShouldBe(first.Json!.ToJsonString());
        (others.Status, others.Code()).ShouldBe((422, "idempotencyKeyReused"));
        (await application.PunchesOfAsync(id)).Count.ShouldBe(1);
    }

    private static IEnumerable<(string, object)> Frames(string face, params int[] takes) =>
        takes.Select(take => ("image", (object)FakeFaces.PhotoOf(face, take)));
}
