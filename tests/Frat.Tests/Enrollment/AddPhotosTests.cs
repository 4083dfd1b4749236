using Frat.TestKit;

namespace Frat.Tests.Enrollment;

/// <summary>Photos for somebody who is known already.</summary>
public sealed class AddPhotosTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Fact]
    public async Task AddPhotosAsync_OfThePerson_AreTemplatesFromNowOn()
    {
        await using var host = await FratHost.StartAsync();
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;
        var before = (await host.CheckInAsync(Savage[1])).Distance!.Value;

        var result = await AddAsync(host, person, null, Savage[1]);

        (result.Outcome, result.Person).ShouldBe((EnrollmentOutcome.Enrolled, person));
        (await host.Get<IEncodingStore>().ListAsync(person.Id)).Count.ShouldBe(2);
        (await host.CheckInAsync(Savage[1])).Distance!.Value.ShouldBeLessThan(before);
    }

    // Otherwise anyone who may add a photo could check in as anybody.
    [Fact]
    public async Task AddPhotosAsync_OfSomebodyElse_AreRefused()
    {
        await using var host = await FratHost.StartAsync();
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;

        (await AddAsync(host, person, null, Simm[0])).Outcome.ShouldBe(EnrollmentOutcome.DifferentPeople);
        (await AddAsync(host, person, null, Savage[1], Simm[0])).Outcome.ShouldBe(EnrollmentOutcome.DifferentPeople);

        (await host.Get<IEncodingStore>().ListAsync(person.Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AddPhotosAsync_AfterARevocation_NeedANewConsentAndAreTheWayBack()
    {
        await using var host = await FratHost.StartAsync();
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;
        await host.CheckInAsync(Savage[1]);
        await host.Get<IPeopleService>().RevokeAsync(person.Id, FratHost.Note);
        (await host.CheckInAsync(Savage[1])).Outcome.ShouldBe(IdentificationOutcome.Unknown);

        (await AddAsync(host, person, null, Savage[1])).Outcome.ShouldBe(EnrollmentOutcome.ConsentRequired);
        var result = await AddAsync(host, person, host.Consent(), Savage[1]);

        result.Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        (await host.CheckInAsync(Savage[2])).Receipt!.Day.Person.Id.ShouldBe(person.Id, "and the attendance is still theirs");
    }

    [Fact]
    public async Task AddPhotosAsync_FaceLikeSomebodyElses_IsRefusedUnlessSomebodyAnswersForIt()
    {
        await using var host = await FratHost.StartAsync();
        var first = (await host.EnrollAsync("7", Savage[0])).Person!;
        var second = (await host.EnrollAgainAsync("8", Savage[1])).Person!;

        var refused = await AddAsync(host, second, null, Savage[2]);
        var added = await host.Enrollment.AddPhotosAsync(
            Request(host, second, null, Savage[2]) with { DuplicateOverride = FratHost.TheyAreTwo });

        (refused.Outcome, refused.Duplicate!.Person).ShouldBe((EnrollmentOutcome.DuplicateFace, first));
        (added.Outcome, added.Duplicate!.Person).ShouldBe((EnrollmentOutcome.Enrolled, first));
        var actions = await host.Get<IAuditTrail>().ReadAsync().Select(entry => (entry.Action, entry.PersonId)).ToListAsync();
        actions.ShouldContain((AuditActions.DuplicateRefused, first.Id));
        actions.Count(entry => entry == (AuditActions.DuplicateAccepted, second.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task AddPhotosAsync_NobodyNoPhotoOrAPoorOne_IsRefused()
    {
        await using var host = await FratHost.StartAsync();
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;

        (await AddAsync(host, person, null)).Outcome.ShouldBe(EnrollmentOutcome.InvalidPhotoCount);
        (await AddAsync(host, person with { Id = Guid.NewGuid() }, null, Savage[1])).Outcome.ShouldBe(EnrollmentOutcome.UnknownPerson);
        var poor = await host.Enrollment.AddPhotosAsync(
            Request(host, person, null) with { Photos = [PhotoCanvas.Draw(640, 480, 300, Savage[1], Simm[0])] });
        (poor.Outcome, poor.Photo!.Verdict).ShouldBe((EnrollmentOutcome.PhotoRefused, PhotoVerdict.SeveralFaces));
        await Should.ThrowAsync<ArgumentException>(
            () => host.Enrollment.AddPhotosAsync(
                Request(host, person, null, Savage[1]) with { Note = new AuditNote { By = Actor.User("") } }));
    }

    private static Task<EnrollmentResult> AddAsync(FratHost host, Person person, Consent? consent, params string[] photos) =>
        host.Enrollment.AddPhotosAsync(Request(host, person, consent, photos));

    private static AddPhotosRequest Request(FratHost host, Person person, Consent? consent, params string[] photos) => new()
    {
        PersonId = person.Id, Photos = [.. photos.Select(File.ReadAllBytes)], Consent = consent, Note = FratHost.Note,
    };
}
