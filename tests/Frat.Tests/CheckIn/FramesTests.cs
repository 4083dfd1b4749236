using System.Diagnostics.Metrics;
using Frat.TestKit;
using Frat.Tests.Recognition;
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

    // Nobody checks in by showing somebody else's face for a frame, and nobody is made of the mean of two.
    [Fact]
    public async Task CheckInAsync_PeopleWhoSwapAtOnePlace_RecordsNothingAndSaysSo()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        await host.EnrollAsync("8", Simm[0]);
        byte[][] savage = [File.ReadAllBytes(Savage[1]), File.ReadAllBytes(Savage[2])];
        var simm = File.ReadAllBytes(Simm[1]);

        foreach (var frames in new[] { [savage[0], simm], [simm, .. savage], [.. savage, simm], new[] { savage[0], simm, savage[1] } })
        {
            (await host.CheckIn.CheckInAsync(Request([.. frames]))).ShouldBe(
                new CheckInResult { Outcome = IdentificationOutcome.FacesDiffer });
        }

        (await host.Identifier.VerifyAsync((await PersonAsync(host, "7")).Id, [savage[0], simm])).Outcome
            .ShouldBe(VerificationOutcome.FacesDiffer);
        (await PunchesAsync(host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckInAsync_TwoPeopleOneAfterTheOtherAtTwoPlaces_AreSeveral()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        var left = Frame((Savage[1], 200), (null, 240));
        var right = Frame((null, 240), (Simm[1], 200));

        (await host.CheckIn.CheckInAsync(Request(left, right))).Outcome.ShouldBe(IdentificationOutcome.SeveralFaces);
        (await PunchesAsync(host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CheckInAsync_SomebodyWhoWalksAndComesNearer_IsFollowed()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        // From the left to the right, farther than a face is wide, and half as large again.
        var result = await host.CheckIn.CheckInAsync(Request(
            Frame((Savage[1], 160), (null, 300)), Frame((Savage[1], 200), (null, 200)), Frame((null, 250), (Savage[1], 240))));

        result.Receipt!.Day.Person.EmployeeId.ShouldBe("7");
    }

    [Fact]
    public async Task CheckInAsync_PoorFramesBesideAGoodOne_CompareTheGoodOneAlone()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        var (good, dark, blurred) = (File.ReadAllBytes(Savage[1]), Dimmed(Savage[2], 0.08f), Dimmed(Savage[3], 1, blur: 4));
        (await host.Enrollment.AssessAsync(dark)).Verdict.ShouldBe(PhotoVerdict.TooDark);
        (await host.Enrollment.AssessAsync(blurred)).Verdict.ShouldBe(PhotoVerdict.Blurred);

        var alone = await host.CheckIn.CheckInAsync(Request(good));
        var among = await host.CheckIn.CheckInAsync(Request(dark, good, blurred));

        among.Distance.ShouldBe(alone.Distance);
        (await host.CheckIn.CheckInAsync(Request(dark))).Distance.ShouldNotBeNull("where there is none better, it decides");
    }

    [Fact]
    public async Task CheckInAsync_SeveralFrames_EncodesAllThatCountAtOnceAndNothingElse()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        var batches = new List<long>();
        using var listener = EncodedFaces.Listen(host.Get<IMeterFactory>(), batches.Add);

        // Somebody passes behind.
        var frame = PhotoCanvas.Draw(640, 480, (Savage[1], 300), (Simm[0], 150));
        await host.CheckIn.CheckInAsync(Request(frame, PhotoCanvas.Draw(640, 480, 0), frame, frame));
        await host.CheckIn.CheckInAsync(Request(frame, PhotoCanvas.Draw(640, 480, 300, Savage[1], Simm[0])));

        batches.ShouldBe([3]);
    }

    [Theory]
    [InlineData(CheckInDistance.Far, 94)]
    [InlineData(CheckInDistance.Middle, 140)]
    [InlineData(CheckInDistance.Near, 216)]
    public async Task CheckInAsync_EachDistance_TakesWhoIsNearEnoughAndAsksOthersToComeCloser(CheckInDistance distance, int side)
    {
        await using var host = await FratHost.StartAsync(options => options.Recognition.Distance = distance);
        await host.EnrollAsync("7", Savage[0]);
        var farther = (int)(side / 1.2);

        (await host.CheckInAsync(PhotoCanvas.Draw(960, 480, side, Savage[1]))).Outcome.ShouldBe(IdentificationOutcome.Recognized);
        (await host.CheckInAsync(PhotoCanvas.Draw(960, 480, farther, Savage[1]))).ShouldBe(
            new CheckInResult { Outcome = IdentificationOutcome.TooFar });

        // Two thirds of the area: they would be several, were the smaller face not too far to count.
        (await host.CheckInAsync(PhotoCanvas.Draw(960, 480, (Savage[1], side), (Simm[0], farther)))).Outcome
            .ShouldBe(IdentificationOutcome.Recognized);
        (await host.Identifier.VerifyAsync(Guid.NewGuid(), [PhotoCanvas.Draw(960, 480, farther, Savage[1])])).Outcome
            .ShouldBe(VerificationOutcome.TooFar);
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

    // Photos in a row, with gaps between them.
    private static byte[] Frame(params (string? Photo, int Side)[] places) => FrameCanvas.Draw(640, 480, places);

    private static byte[] Dimmed(string photo, float light, float blur = 0) => FrameCanvas.Dim(photo, light, blur);

    private static async Task<Person> PersonAsync(FratHost host, string employeeId) =>
        (await host.Get<IPersonStore>().FindAsync(employeeId))!;

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
