using Frat.TestKit;
using Microsoft.Extensions.Options;

namespace Frat.Tests.CheckIn;

/// <summary>Check-ins of several frames, from other sites, from devices that were offline.</summary>
public sealed class FramesTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Fact]
    public async Task CheckInAsync_FramesOfOnePerson_ComparesTheirMeanAndPassesOverThoseWithoutAFace()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        var nobody = PhotoCanvas.Draw(640, 480, 0);

        var result = await host.CheckIn.CheckInAsync(Request(nobody, File.ReadAllBytes(Savage[1]), File.ReadAllBytes(Savage[2])));

        result.Outcome.ShouldBe(IdentificationOutcome.Recognized);
        var (first, second) = ((await host.CheckInAsync(Savage[1])).Distance!.Value, (await host.CheckInAsync(Savage[2])).Distance!.Value);
        result.Distance!.Value.ShouldBeLessThan((first + second) / 2);
        (await host.CheckIn.CheckInAsync(Request(nobody, nobody))).Outcome.ShouldBe(IdentificationOutcome.NoFace);
    }

    // Nobody checks in by showing somebody else's face for a frame.
    [Fact]
    public async Task CheckInAsync_FramesOfTwoPeople_RecordsNothing()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        await host.EnrollAsync("8", Simm[0]);

        var result = await host.CheckIn.CheckInAsync(Request(File.ReadAllBytes(Savage[1]), File.ReadAllBytes(Simm[1])));

        result.ShouldBe(new CheckInResult { Outcome = IdentificationOutcome.SeveralFaces });
        (await PunchesAsync(host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckInAsync_NoFrameOrTooMany_IsRefused()
    {
        await using var host = await FratHost.StartAsync();
        var frame = PhotoCanvas.Draw(64, 64, 0);

        await Should.ThrowAsync<ArgumentException>(() => host.CheckIn.CheckInAsync(Request()));
        await Should.ThrowAsync<ArgumentException>(
            () => host.CheckIn.CheckInAsync(Request([.. Enumerable.Repeat(frame, IFaceIdentifier.MaxFrames + 1)])));
    }

    [Fact]
    public async Task CheckInAsync_Streams_AreReadOnceAndInsideTheLimit()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        var limit = host.Get<IOptions<ImageDecoderOptions>>().Value.MaxBytes;
        await using var file = File.OpenRead(Savage[1]);
        var image = FaceImage.From(file);

        var result = await host.CheckIn.CheckInAsync(Request(image) with { IdempotencyKey = "key" });

        result.Outcome.ShouldBe(IdentificationOutcome.Recognized);
        file.CanRead.ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(() => host.CheckIn.CheckInAsync(Request(image)));
        (await host.CheckIn.CheckInAsync(Request(File.ReadAllBytes(Savage[1])) with { IdempotencyKey = "key" })).Receipt
            .ShouldBe(result.Receipt, "the same frame by the same key, though it came as bytes");
        await using var endless = new EndlessStream();
        (await Should.ThrowAsync<InvalidFaceImageException>(() => host.CheckIn.CheckInAsync(Request(FaceImage.From(endless))))).Reason
            .ShouldBe(InvalidImageReason.TooManyBytes);
        endless.BytesRead.ShouldBeLessThan(limit * 2L);
    }

    [Fact]
    public async Task CheckInAsync_KeyWithOtherFrames_IsRefused()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        var (first, second) = (File.ReadAllBytes(Savage[1]), File.ReadAllBytes(Savage[2]));
        await host.CheckIn.CheckInAsync(Request(first, second) with { IdempotencyKey = "key" });

        (await host.CheckIn.CheckInAsync(Request(first, second) with { IdempotencyKey = "key" })).Outcome
            .ShouldBe(IdentificationOutcome.Recognized);
        await Should.ThrowAsync<PunchConflictException>(
            () => host.CheckIn.CheckInAsync(Request(second, first) with { IdempotencyKey = "key" }));
    }

    [Fact]
    public async Task CheckInAsync_AtSeveralSites_EachHasItsDay()
    {
        await using var host = await FratHost.StartAsync(options =>
        {
            options.Site.TimeZone = "Etc/UTC";
            options.Sites["auckland"] = new SiteOptions { TimeZone = "Pacific/Auckland" };
        });
        await host.EnrollAsync("7", Savage[0]);
        var request = Request(File.ReadAllBytes(Savage[1]));

        var there = await host.CheckIn.CheckInAsync(request with { Site = "Auckland" });
        var here = await host.CheckIn.CheckInAsync(request);

        there.Receipt!.Day.Date.ShouldBe(new DateOnly(2026, 11, 23));
        here.Receipt!.Day.Date.ShouldBe(new DateOnly(2026, 11, 22));
        (await PunchesAsync(host)).Select(punch => punch.TimeZone).ShouldBe(["Etc/UTC", "Pacific/Auckland"]);
        (await Should.ThrowAsync<ArgumentException>(() => host.CheckIn.CheckInAsync(request with { Site = "Oslo" }))).Message
            .ShouldContain("Oslo");
    }

    [Fact]
    public async Task CheckInAsync_DeviceWasOffline_CountsWhenItWasTakenAndTellsWhenItCame()
    {
        await using var host = await FratHost.StartAsync(options => options.Site.TimeZone = "Etc/UTC");
        await host.EnrollAsync("7", Savage[0]);
        var now = host.Time.GetUtcNow();
        var (device, request) = (Guid.NewGuid(), Request(File.ReadAllBytes(Savage[1])));

        var result = await host.CheckIn.CheckInAsync(request with { CapturedAt = now.AddHours(-3), DeviceId = device });

        result.Receipt!.Day.FirstIn.ShouldBe(now.AddHours(-3).DateTime);
        result.Receipt.Direction.ShouldBe(PunchDirection.In);
        var punch = (await PunchesAsync(host)).ShouldHaveSingleItem();
        (punch.Id, punch.DeviceId, punch.Instant, punch.ReceivedAt).ShouldBe((result.Receipt.PunchId, device, now.AddHours(-3), now));
        var ahead = await host.CheckIn.CheckInAsync(request with { CapturedAt = now + CheckInRequest.MaxCaptureAhead });
        (ahead.Receipt!.Direction, ahead.Receipt.Day.LastOut, ahead.Receipt.Day.Worked)
            .ShouldBe((PunchDirection.Out, now.DateTime, TimeSpan.FromHours(3)));
        foreach (var wrong in new[] { now.AddMinutes(3), now.AddHours(-25), DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
        {
            await Should.ThrowAsync<ArgumentException>(() => host.CheckIn.CheckInAsync(request with { CapturedAt = wrong }));
        }
    }

    private static CheckInRequest Request(params FaceImage[] frames) => new() { Frames = frames, Source = "test" };

    private static async Task<List<Punch>> PunchesAsync(FratHost host) =>
        await host.Get<IAttendanceLog>().ReadPunchesAsync(new(2026, 11, 1), new(2026, 11, 30)).OrderBy(punch => punch.TimeZone)
            .ToListAsync();

    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
