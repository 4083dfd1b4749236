using Frat.TestKit;

namespace Frat.Tests.Enrollment;

/// <summary>A second person with the same face: reported, and let through where somebody answers for it.</summary>
public sealed class DuplicateFaceTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Fact]
    public async Task EnrollAsync_FiveDifferentJohns_ReportsNobody()
    {
        await using var host = await FratHost.StartAsync();

        foreach (var (name, photos) in DebianPhotos.Johns)
        {
            var result = await host.EnrollAsync(name, photos[0], photos[1], photos[2]);

            (result.Outcome, result.Duplicate).ShouldBe((EnrollmentOutcome.Enrolled, null), name);
        }

        host.Get<FaceGallery>().PersonCount.ShouldBe(5);
    }

    [Fact]
    public async Task EnrollAsync_TheSameJohnUnderAnotherId_NamesHimAndStoresNothing()
    {
        await using var host = await FratHost.StartAsync();
        var first = (await host.EnrollAsync("7", Savage[0])).Person!;
        await host.EnrollAsync("6", Simm[0]);

        var result = await host.EnrollAsync("8", Savage[1], Savage[2]);

        result.Outcome.ShouldBe(EnrollmentOutcome.DuplicateFace);
        result.Person.ShouldBeNull();
        result.Duplicate!.Person.ShouldBe(first);
        result.Duplicate.Distance.ShouldBeInRange(0.01f, 0.6f);
        (await host.Get<IAuditTrail>().ReadAsync(personId: first.Id).ToListAsync())[^1].ShouldSatisfyAllConditions(
            entry => entry.Action.ShouldBe(AuditActions.DuplicateRefused),
            entry => entry.New.ShouldBeNull(),
            entry => entry.Old.ShouldBeNull());
        (await host.Get<IPersonStore>().FindAsync("8")).ShouldBeNull();
        host.Get<FaceGallery>().PersonCount.ShouldBe(2);
        (await host.CheckInAsync(Savage[3])).Receipt!.Day.Person.EmployeeId.ShouldBe("7");
    }

    [Fact]
    public async Task EnrollAsync_LikeSeveralPeople_IsTold()
    {
        await using var host = await FratHost.StartAsync();
        var first = (await host.EnrollAsync("7", Savage[0])).Person!;
        await host.EnrollAsync("6", Simm[0]);
        var second = (await host.EnrollAgainAsync("8", Savage[1])).Person!;

        var refused = await host.EnrollAsync("9", Savage[2]);
        var enrolled = await host.EnrollAgainAsync("9", Savage[2]);

        foreach (var result in new[] { refused, enrolled })
        {
            result.Alike.Select(one => one.Person).ShouldBe([first, second], ignoreOrder: true);
            result.Alike.Select(one => one.Distance).ShouldBeInOrder();
            result.Duplicate.ShouldBe(result.Alike[0]);
        }

        (refused.Outcome, enrolled.Outcome).ShouldBe((EnrollmentOutcome.DuplicateFace, EnrollmentOutcome.Enrolled));
        (await host.EnrollAsync("10", DebianPhotos.Johns["John_Salley"][0])).Alike.ShouldBeEmpty();
    }

    [Fact]
    public async Task EnrollAsync_WithAnOverride_EnrolsAndWritesWhoAndWhyIntoTheTrail()
    {
        await using var host = await FratHost.StartAsync();
        var first = (await host.EnrollAsync("7", Savage[0])).Person!;

        var result = await host.EnrollAgainAsync("8", Savage[1]);

        result.Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        result.Duplicate!.Person.ShouldBe(first);
        var entry = (await host.Get<IAuditTrail>().ReadAsync(personId: result.Person!.Id).ToListAsync())
            .Where(entry => entry.Action == AuditActions.DuplicateAccepted).ShouldHaveSingleItem();
        (entry.By, entry.Reason).ShouldBe((FratHost.TheyAreTwo.By, FratHost.TheyAreTwo.Reason));
        entry.New.ShouldBe($"person {first.Id}");
    }

    [Fact]
    public async Task EnrollAsync_OverrideThatIsNotNeeded_LeavesNoTrace()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        var result = await host.EnrollAgainAsync("8", Simm[0]);

        (result.Outcome, result.Duplicate).ShouldBe((EnrollmentOutcome.Enrolled, null));
        (await host.Get<IAuditTrail>().ReadAsync().ToListAsync()).ShouldNotContain(entry => entry.Action == AuditActions.DuplicateAccepted);
    }

    [Fact]
    public async Task EnrollAsync_OwnIdAgain_IsTakenRatherThanLike()
    {
        await using var host = await FratHost.StartAsync();
        await host.EnrollAsync("7", Savage[0]);

        (await host.EnrollAsync("7", Savage[1])).Outcome.ShouldBe(EnrollmentOutcome.EmployeeIdTaken);
        (await host.EnrollAgainAsync("7", Savage[1])).Outcome.ShouldBe(EnrollmentOutcome.EmployeeIdTaken);
    }

    [Fact]
    public async Task EnrollAsync_EnrolledByAnotherProcess_IsFoundAtOnce()
    {
        await using var host = await FratHost.StartAsync();
        await using var other = await FratHost.StartAsync(onDatabaseOf: host);
        await other.EnrollAsync("7", Savage[0]);

        (await host.EnrollAsync("8", Savage[1])).Duplicate!.Person.EmployeeId.ShouldBe("7");
    }

    [Fact]
    public async Task EnrollAsync_OneFaceFourTimesAtOnce_EnrolsOnce()
    {
        await using var host = await FratHost.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => host.EnrollAsync($"{i}", Savage[i]))));

        results.Select(result => result.Outcome).Order()
            .ShouldBe([
                EnrollmentOutcome.Enrolled,
                EnrollmentOutcome.DuplicateFace,
                EnrollmentOutcome.DuplicateFace,
                EnrollmentOutcome.DuplicateFace
            ]);
    }

    [Fact]
    public async Task EnrollAsync_LikeSomebodyWhoIsNotRecognised_IsEnrolled()
    {
        await using var host = await FratHost.StartAsync();
        var people = host.Get<IPersonStore>();
        var consents = host.Get<IConsentStore>();
        await people.SetActiveAsync((await host.EnrollAsync("7", Savage[0])).Person!.Id, active: false, FratHost.Note);
        await consents.RevokeAsync((await host.EnrollAsync("8", Simm[0])).Person!.Id, FratHost.Note);

        (await host.EnrollAsync("9", Savage[1])).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        (await host.EnrollAsync("10", Simm[1])).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
    }

    [Fact]
    public async Task EnrollAsync_DistanceBeyondTheLimitOfACheckIn_IsNoLikeness()
    {
        await using var host = await FratHost.StartAsync(options => options.Recognition.MaxDistance = 0.05f);
        await host.EnrollAsync("7", Savage[0]);

        (await host.EnrollAsync("8", Savage[1])).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        (await host.EnrollAsync("9", Savage[0])).Outcome.ShouldBe(EnrollmentOutcome.DuplicateFace);
    }

    [Theory]
    [InlineData("", "Twins")]
    [InlineData("Grace", " ")]
    [InlineData("101", "Twins")]
    [InlineData("Grace", "501")]
    public async Task EnrollAsync_OverrideWithoutWhoOrWhyOrTooLong_IsAWrongArgument(string by, string reason)
    {
        await using var host = await FratHost.StartAsync();
        var given = new DuplicateOverride
        {
            By = Actor.User(by == "101" ? new string('b', 101) : by), Reason = reason == "501" ? new string('r', 501) : reason
        };

        await Should.ThrowAsync<ArgumentException>(
            () => host.Enrollment.EnrollAsync(host.Request("7", Savage[0]) with { DuplicateOverride = given }));

        host.Get<FaceGallery>().PersonCount.ShouldBe(0);
    }
}
