using Frat.TestKit;

namespace Frat.Tests.Enrollment;

public sealed class EnrollmentServiceTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Fact]
    public async Task EnrollAsync_ThreePhotosOfOnePerson_StoresThreeTemplates()
    {
        await using var host = await FratHost.StartAsync();

        var result = await host.EnrollAsync("7", Savage[0], Savage[1], Savage[2]);

        result.Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        result.Person!.EmployeeId.ShouldBe("7");
        result.Person.EnrolledAt.ShouldBe(host.Time.GetUtcNow());
        host.Get<FaceGallery>().TemplateCount.ShouldBe(3);
        host.Get<FaceGallery>().PersonCount.ShouldBe(1);
    }

    [Fact]
    public async Task EnrollAsync_ConsentMissingExpiredOrOfTomorrow_IsRefusedBeforeThePhotoIsLookedAt()
    {
        await using var host = await FratHost.StartAsync();
        var request = new EnrollmentRequest
        {
            Name = "Ada", EmployeeId = "7", Photos = ["no image"u8.ToArray()], Consent = null, Note = FratHost.Note
        };
        var now = host.Time.GetUtcNow();

        foreach (var consent in new[] { null, host.Consent() with { ExpiresAt = now }, host.Consent() with { GivenAt = now.AddDays(1) } })
        {
            (await host.Enrollment.EnrollAsync(request with { Consent = consent })).Outcome.ShouldBe(EnrollmentOutcome.ConsentRequired);
        }
    }

    [Fact]
    public async Task EnrollAsync_APerson_KeepsConsentQualityAndWho()
    {
        await using var host = await FratHost.StartAsync();

        var person = (await host.EnrollAsync("7", Savage[0])).Person!;

        var consents = host.Get<IConsentStore>();
        var encodings = host.Get<IEncodingStore>();
        (await consents.ListAsync(person.Id)).ShouldHaveSingleItem().ExpiresAt.ShouldBe(host.Time.GetUtcNow().AddDays(1095));
        var template = (await encodings.ListAsync(person.Id)).ShouldHaveSingleItem();
        template.CreatedBy.ShouldBe(FratHost.Note.By);
        template.Quality.ShouldNotBeNull().EyeDistance.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task EnrollAsync_PhotosOfTwoPeople_IsRefused()
    {
        await using var host = await FratHost.StartAsync();

        (await host.EnrollAsync("7", Savage[0], Simm[0])).Outcome.ShouldBe(EnrollmentOutcome.DifferentPeople);

        host.Get<FaceGallery>().PersonCount.ShouldBe(0);
    }

    [Fact]
    public async Task EnrollAsync_IdOfSomebodyElse_IsRefusedAndStoresNothing()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        (await host.EnrollAsync("7", Simm[0])).Outcome.ShouldBe(EnrollmentOutcome.EmployeeIdTaken);

        (await host.CheckInAsync(Simm[1])).Outcome.ShouldBe(IdentificationOutcome.Unknown);
    }

    [Theory]
    [InlineData("", "7", EnrollmentOutcome.InvalidName)]
    [InlineData(" \u00A0 ", "7", EnrollmentOutcome.InvalidName)]
    [InlineData("A\u0000da", "7", EnrollmentOutcome.InvalidName)]
    [InlineData("Ada", "", EnrollmentOutcome.InvalidEmployeeId)]
    [InlineData("Ada", "7\n8", EnrollmentOutcome.InvalidEmployeeId)]
    public async Task EnrollAsync_TextThatIsNone_IsRefused(string name, string employeeId, EnrollmentOutcome outcome)
    {
        await using var host = await FratHost.StartAsync();

        var result = await host.Enrollment.EnrollAsync(
            new EnrollmentRequest
            {
                Name = name,
                EmployeeId = employeeId,
                Photos = [File.ReadAllBytes(Savage[0])],
                Consent = host.Consent(),
                Note = FratHost.Note
            });

        result.Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task EnrollAsync_TextOfTheLimit_IsTakenAndOneMoreIsRefused()
    {
        await using var host = await FratHost.StartAsync();
        var photos = new FaceImage[] { File.ReadAllBytes(Savage[0]) };
        var request = new EnrollmentRequest
        {
            Name = new string('n', 100), EmployeeId = new string('7', 50), Photos = photos, Consent = host.Consent(), Note = FratHost.Note,
        };

        (await host.Enrollment.EnrollAsync(request with { Name = request.Name + "n" })).Outcome.ShouldBe(EnrollmentOutcome.InvalidName);
        (await host.Enrollment.EnrollAsync(request with { EmployeeId = request.EmployeeId + "7" })).Outcome.ShouldBe(
            EnrollmentOutcome.InvalidEmployeeId);
        (await host.Enrollment.EnrollAsync(request)).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(EnrollmentRequest.MaxPhotos + 1)]
    public async Task EnrollAsync_NoOrTooManyPhotos_IsRefused(int count)
    {
        await using var host = await FratHost.StartAsync();

        (await host.EnrollAsync("7", [.. Enumerable.Repeat(Savage[0], count)])).Outcome.ShouldBe(EnrollmentOutcome.InvalidPhotoCount);
    }

    [Fact]
    public async Task EnrollAsync_SecondPhotoWithoutFace_NamesThePhoto()
    {
        await using var host = await FratHost.StartAsync();

        var result = await host.Enrollment.EnrollAsync(new EnrollmentRequest
        {
            Name = "Ada",
            EmployeeId = "7",
            Photos = [File.ReadAllBytes(Savage[0]), PhotoCanvas.Draw(320, 240, 0)],
            Consent = host.Consent(),
            Note = FratHost.Note,
        });

        result.Outcome.ShouldBe(EnrollmentOutcome.PhotoRefused);
        result.PhotoIndex.ShouldBe(1);
        result.Photo!.Verdict.ShouldBe(PhotoVerdict.NoFace);
        host.Get<FaceGallery>().PersonCount.ShouldBe(0);
    }

    [Fact]
    public async Task AssessAsync_FaceOfTheRightSize_IsGoodWithItsBox()
    {
        await using var host = await FratHost.StartAsync();

        var photo = await host.Enrollment.AssessAsync(PhotoCanvas.Draw(640, 480, 300, Savage[0]));

        photo.Verdict.ShouldBe(PhotoVerdict.Good);
        (photo.Width, photo.Height).ShouldBe((640, 480));
        var box = photo.Faces.Single().Box;
        box.Left.ShouldBeInRange(170, 300);
        box.Right.ShouldBeInRange(340, 470);
    }

    [Fact]
    public async Task AssessAsync_TwoPeople_IsSeveralFaces()
    {
        await using var host = await FratHost.StartAsync();

        var photo = await host.Enrollment.AssessAsync(PhotoCanvas.Draw(640, 480, 300, Savage[0], Simm[0]));

        photo.Verdict.ShouldBe(PhotoVerdict.SeveralFaces);
        photo.Faces.Count.ShouldBe(2);
    }

    [Fact]
    public async Task AssessAsync_FaceFarAway_IsTooSmall()
    {
        await using var host = await FratHost.StartAsync();

        (await host.Enrollment.AssessAsync(PhotoCanvas.Draw(640, 480, 55, Savage[0]))).Verdict.ShouldBe(PhotoVerdict.FaceTooSmall);
    }

    [Fact]
    public async Task AssessAsync_NoImage_Throws()
    {
        await using var host = await FratHost.StartAsync();

        (await Should.ThrowAsync<InvalidFaceImageException>(() => host.Enrollment.AssessAsync("no image"u8.ToArray())))
            .Reason.ShouldBe(InvalidImageReason.UnsupportedFormat);
    }
}
