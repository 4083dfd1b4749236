using Frat.TestKit;

namespace Frat.Tests.Enrollment;

/// <summary>Which of the photos of one enrolment isn't of whom the others show.</summary>
public sealed class PhotoAgreementTests
{
    private static readonly FaceEncoderInfo Encoder = new() { Id = "made-up", Dimension = 3, RecommendedMaxDistance = 0.6f };

    [Theory]
    [InlineData("a", null)]
    [InlineData("a a a a", null)]
    [InlineData("a b", 1)]
    [InlineData("a a b", 2)]
    [InlineData("b a a", 0)]
    [InlineData("a b a a", 1)]
    [InlineData("a a a b b", 4)]
    [InlineData("b a b a b", 3)]
    public void FindOdd_PhotosOfTwoPeople_FindsOneOfTheFewer(string people, int? odd) =>
        PhotoAgreement.FindOdd([.. people.Split(' ').Select((person, i) => Of(person == "a" ? 0 : 2, i * 0.01f))], Encoder).ShouldBe(odd);

    // Shaved, with a beard, and in between.
    [Fact]
    public void FindOdd_TwoPhotosFarApartWithOneBetween_AreOnePersons() =>
        PhotoAgreement.FindOdd([Of(0, 0), Of(0.5f, 0), Of(1, 0)], Encoder).ShouldBeNull();

    // Whatever the numbers and the order, nobody is enrolled with photos of two.
    [Fact]
    public void FindOdd_AnyMixOfTwo_NeverPasses()
    {
        for (var mix = 1; mix < (1 << EnrollmentRequest.MaxPhotos) - 1; mix++)
        {
            var photos = Enumerable.Range(0, EnrollmentRequest.MaxPhotos).Select(photo => (mix >> photo) & 1).ToList();

            var odd = PhotoAgreement.FindOdd([.. photos.Select((person, i) => Of(2 * person, i * 0.01f))], Encoder);

            var fewer = photos.Count(person => person == 1) * 2 <= photos.Count ? 1 : 0;
            odd.ShouldNotBeNull();
            (photos[odd.Value] == fewer || photos.Sum() * 2 == photos.Count).ShouldBeTrue(string.Join(' ', photos));
        }
    }

    [Fact]
    public async Task EnrollAsync_APhotoOfSomebodyElse_SaysWhichAndStoresNothing()
    {
        await using var host = await FratHost.StartAsync();
        var (savage, simm) = (DebianPhotos.Johns["John_Savage"], DebianPhotos.Johns["John_Simm"]);

        var refused = await host.EnrollAsync("7", simm[0], savage[0], savage[1], savage[2]);

        (refused.Outcome, refused.PhotoIndex).ShouldBe((EnrollmentOutcome.DifferentPeople, 0));
        (await host.Get<IPersonStore>().FindAsync("7")).ShouldBeNull();
        var person = (await host.EnrollAsync("7", savage[0])).Person!;
        var added = await host.Enrollment.AddPhotosAsync(new AddPhotosRequest
        {
            PersonId = person.Id, Photos = [File.ReadAllBytes(simm[0])], Note = FratHost.Note,
        });
        (added.Outcome, added.PhotoIndex).ShouldBe((EnrollmentOutcome.DifferentPeople, 0));
    }

    private static FaceEncoding Of(float x, float y) => new(Encoder.Id, [x, y, 0]);
}
