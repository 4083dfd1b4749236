using Frat.TestKit;
using Microsoft.Extensions.Options;

namespace Frat.Tests.CheckIn;

public sealed class CheckInServiceTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Fact]
    public async Task CheckInAsync_EnrolledPerson_MarksTheDayOnce()
    {
        await using var host = await FratHost.StartAsync(options => options.Site.TimeZone = "Europe/Berlin");
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;

        var first = await host.CheckInAsync(Savage[1]);
        host.Time.Advance(TimeSpan.FromHours(4));
        var second = await host.CheckInAsync(Savage[2]);

        first.Outcome.ShouldBe(IdentificationOutcome.Recognized);
        first.Distance!.Value.ShouldBeInRange(0.01f, 0.6f);
        first.Receipt!.Marked.ShouldBeTrue();
        first.Receipt.Day.Person.ShouldBe(person);
        (first.Receipt.Day.Date, first.Receipt.Day.Time, first.Receipt.Day.Status)
            .ShouldBe((new DateOnly(2026, 11, 22), (TimeOnly?)new TimeOnly(13, 0), AttendanceStatus.Present));
        second.Receipt!.Marked.ShouldBeFalse();
        second.Receipt.Day.ShouldBe(first.Receipt.Day with
        {
            PunchCount = 2, LastOut = first.Receipt.Day.FirstIn!.Value.AddHours(4), Worked = TimeSpan.FromHours(4),
        });
    }

    [Fact]
    public async Task CheckInAsync_JustAfterMidnightAtTheSite_MarksTheNextDay()
    {
        // 12:00 UTC is 01:00 of the next day in Auckland.
        await using var host = await FratHost.StartAsync(options => options.Site.TimeZone = "Pacific/Auckland");
        await host.EnrollAsync("7", Savage[0]);

        var result = await host.CheckInAsync(Savage[1]);

        (result.Receipt!.Day.Date, result.Receipt.Day.Time).ShouldBe((new DateOnly(2026, 11, 23), (TimeOnly?)new TimeOnly(1, 0)));
        host.Get<SiteClock>().Today.ShouldBe(new DateOnly(2026, 11, 23));
        var punch = await host.Get<IAttendanceLog>().ReadPunchesAsync(new(2026, 11, 23), new(2026, 11, 23), result.Receipt.Day.Person.Id)
            .SingleAsync();
        (punch.TimeZone, punch.Instant, punch.Method).ShouldBe(("Pacific/Auckland", host.Time.GetUtcNow(), PunchMethod.Face));
    }

    [Fact]
    public async Task CheckInAsync_EverybodyOfJohns_IsRecognizedFromOnePhoto()
    {
        await using var host = await FratHost.StartAsync();
        foreach (var (name, photos) in DebianPhotos.Johns)
        {
            (await host.EnrollAsync(name, photos[0])).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        }

        foreach (var (name, photos) in DebianPhotos.Johns)
        {
            foreach (var photo in photos.Skip(1))
            {
                (await host.CheckInAsync(photo)).Receipt!.Day.Person.EmployeeId.ShouldBe(name, photo);
            }
        }
    }

    [Fact]
    public async Task CheckInAsync_Stranger_IsUnknownAndRecordsNothing()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        var result = await host.CheckInAsync(Simm[0]);

        result.Outcome.ShouldBe(IdentificationOutcome.Unknown);
        result.Distance!.Value.ShouldBeGreaterThan(0.6f);
        (await DaysAsync(host).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task CheckInAsync_NobodyEnrolled_IsUnknown()
    {
        await using var host = await FratHost.StartAsync();

        (await host.CheckInAsync(Savage[0])).ShouldBe(new CheckInResult { Outcome = IdentificationOutcome.Unknown });
    }

    [Fact]
    public async Task CheckInAsync_NoFaceOrSeveral_IsNotGuessedAt()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        (await host.CheckInAsync(PhotoCanvas.Draw(640, 480, 0))).Outcome.ShouldBe(IdentificationOutcome.NoFace);
        (await host.CheckInAsync(PhotoCanvas.Draw(640, 480, 300, Savage[1], Simm[0]))).Outcome.ShouldBe(IdentificationOutcome.SeveralFaces);
        (await DaysAsync(host).CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(150, IdentificationOutcome.Recognized)]
    [InlineData(280, IdentificationOutcome.SeveralFaces)]
    public async Task CheckInAsync_SomebodyBehind_CountsOnlyWhoIsMuchNearer(int side, IdentificationOutcome outcome)
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        (await host.CheckInAsync(PhotoCanvas.Draw(640, 480, (Savage[1], 300), (Simm[0], side)))).Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task CheckInAsync_FaceTooFarForTheFirstLook_IsFoundByTheSecond()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        (await host.CheckInAsync(PhotoCanvas.Draw(640, 480, 60, Savage[1]))).Outcome.ShouldBe(IdentificationOutcome.Recognized);
    }

    [Fact]
    public async Task CheckInAsync_OneFaceEnrolledTwice_TakesTheNearest()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);
        await host.EnrollAgainAsync("8", Savage[1]);

        (await host.CheckInAsync(Savage[1])).Receipt!.Day.Person.EmployeeId.ShouldBe("8");
    }

    [Fact]
    public async Task CheckInAsync_TwoPeopleWithinTheMargin_IsUnsure()
    {
        await using var host = await FratHost.StartAsync(options => options.Recognition.Margin = 0.02f);
        await host.EnrollAsync("7", Savage[0]);
        await host.EnrollAgainAsync("8", Savage[0]);

        (await host.CheckInAsync(Savage[1])).Outcome.ShouldBe(IdentificationOutcome.Unsure);
        (await DaysAsync(host).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task CheckInAsync_StricterMaxDistance_RefusesWhatTheDefaultTakes()
    {
        await using var host = await FratHost.StartAsync(options => options.Recognition.MaxDistance = 0.05f);
        await host.EnrollAsync("7", Savage[0]);

        (await host.CheckInAsync(Savage[1])).Outcome.ShouldBe(IdentificationOutcome.Unknown);
        (await host.CheckInAsync(Savage[0])).Outcome.ShouldBe(IdentificationOutcome.Recognized);
    }

    [Fact]
    public async Task CheckInAsync_SameKeyAgain_IsOnePunchWithTheSameAnswer()
    {
        await using var host = await FratHost.StartAsync(options => options.Site.TimeZone = "Etc/UTC");
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;

        var first = await host.CheckInAsync(Savage[1], "key");
        var again = await host.CheckInAsync(Savage[1], "key");

        again.ShouldBe(first);
        (await host.Get<IAttendanceLog>().ReadPunchesAsync(new(2026, 11, 22), new(2026, 11, 22), person.Id).CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task CheckInAsync_ForgottenOnAnotherHost_IsUnknownHereSoon()
    {
        await using var host = await FratHost.StartAsync();
        await using var other = await FratHost.StartAsync(onDatabaseOf: host);
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;
        await UntilAsync(other, gallery => gallery.PersonCount == 1);
        (await other.CheckInAsync(Savage[1])).Outcome.ShouldBe(IdentificationOutcome.Recognized);

        (await other.Get<IPersonStore>().ForgetAsync(person.Id, FratHost.Note)).ShouldBeTrue();
        await UntilAsync(host, gallery => gallery.PersonCount == 0);

        (await host.CheckInAsync(Savage[1])).Outcome.ShouldBe(IdentificationOutcome.Unknown);
    }

    [Fact]
    public async Task CheckInAsync_ForgottenBeforeTheGalleryKnows_IsUnknownAndRecordsNothing()
    {
        await using var host = await FratHost.StartAsync();
        await using var other = await FratHost.StartAsync(onDatabaseOf: host);
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;

        // This host doesn't look at the database again: its gallery still finds the person.
        await host.Follower.StopAsync(CancellationToken.None);
        await other.Get<IPersonStore>().ForgetAsync(person.Id, FratHost.Note);

        var result = await host.CheckInAsync(Savage[1]);

        host.Get<FaceGallery>().PersonCount.ShouldBe(1);
        result.Outcome.ShouldBe(IdentificationOutcome.Unknown);
        result.Receipt.ShouldBeNull();
        (await DaysAsync(host).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task FindNearestAsync_EveryStrangerOfTheScenes_IsBeyondTheMaxDistance()
    {
        await using var host = await FratHost.StartAsync();
        foreach (var (name, photos) in DebianPhotos.Johns)
        {
            await host.EnrollAsync(name, photos[0]);
        }

        var strangers = 0;
        foreach (var scene in DebianPhotos.Faces)
        {
            using var image = await host.Get<IImageDecoder>().DecodeAsync(await File.ReadAllBytesAsync(scene));
            foreach (var face in await host.Get<IFaceEncoder>().EncodeAsync(image, new FaceEncodeOptions { SmallestFace = 40 }))
            {
                (await host.Get<FaceGallery>().FindNearestAsync(face.Encoding))!.Value.Distance.ShouldBeGreaterThan(0.6f, scene);
                strangers++;
            }
        }

        strangers.ShouldBe(68); // What dlib finds, too.
    }

    [Fact]
    public async Task StartAsync_ZoneThatIsNone_NamesTheOption() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => FratHost.StartAsync(options => options.Site.TimeZone = "Mars/Olympus")))
            .Message.ShouldContain("Site.TimeZone: \"Mars/Olympus\" is not");

    [Fact]
    public async Task StartAsync_MaxDistanceOutOfRange_NamesTheOption() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => FratHost.StartAsync(options => options.Recognition.MaxDistance = -1)))
            .Message.ShouldContain("MaxDistance");

    private static IAsyncEnumerable<AttendanceDay> DaysAsync(FratHost host) =>
        host.Get<IAttendanceLog>().ReadDaysAsync(new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 25));

    // The clock is the test's, so it has to go on for a host to look at the database again.
    private static async Task UntilAsync(FratHost host, Func<FaceGallery, bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition(host.Get<FaceGallery>()))
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20, timeout.Token);
        }
    }
}
