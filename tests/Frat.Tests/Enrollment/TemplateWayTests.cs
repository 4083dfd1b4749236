using Frat.TestKit;
using Frat.Dlib;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Tests.Enrollment;

/// <summary>How templates were made: stored with each, told apart, and no matter of who is recognised.</summary>
public sealed class TemplateWayTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];

    [Fact]
    public async Task EnrollAsync_Defaults_MakesMirroredTemplatesAndAddingPhotosBringsOlderOnesUpToDate()
    {
        await using var host = await FratHost.StartAsync();
        var encoder = host.Get<IFaceEncoder>().Info;
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;
        var own = (await host.Get<IEncodingStore>().ListAsync(person.Id)).ShouldHaveSingleItem();
        (own.Way, own.StandingFor(encoder)).ShouldBe((FaceEncoderInfo.MirroredWay, TemplateStanding.Current));

        // As a host of yesterday made it: of the face as it is, and without a word of how.
        var old = await PlainAsync(host, Savage[1]);
        var other = await EnrollPlainAsync(host, "8", await PlainAsync(host, DebianPhotos.Johns["John_Simm"][0]));
        await host.Get<IEncodingStore>().AddAsync(person.Id, [new NewTemplate { Encoding = old }], FratHost.Note);

        (await host.Get<IEncodingStore>().ListAsync(person.Id)).Select(template => template.StandingFor(encoder))
            .ShouldBe([TemplateStanding.Current, TemplateStanding.OlderWay], ignoreOrder: true);
        await host.Get<FaceGallery>().RefreshAsync(); // They were put into the store past the engine.
        (await host.CheckInAsync(Savage[2])).Receipt!.Day.Person.EmployeeId.ShouldBe("7");
        (await host.CheckInAsync(DebianPhotos.Johns["John_Simm"][1])).Receipt!.Day.Person.EmployeeId.ShouldBe("8", "by its older template");
        (await host.Get<IEncodingStore>().ListAsync(other.Id))[0].StandingFor(encoder).ShouldBe(TemplateStanding.OlderWay);
        var added = await host.Enrollment.AddPhotosAsync(new AddPhotosRequest
        {
            PersonId = other.Id, Photos = [File.ReadAllBytes(DebianPhotos.Johns["John_Simm"][2])], Note = FratHost.Note,
        });
        added.Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        (await host.Get<IEncodingStore>().ListAsync(other.Id)).Select(template => template.StandingFor(encoder))
            .ShouldContain(TemplateStanding.Current);
    }

    [Fact]
    public async Task EnrollAsync_WithJitter_IsMadeOfCopiesAndACheckInIsnt()
    {
        await using var host = await FratHost.StartAsync(options => options.Enrollment.Jitter = 2);
        await using var without = await FratHost.StartAsync();
        var person = (await host.EnrollAsync("7", Savage[0])).Person!;
        await without.EnrollAsync("7", Savage[0]);

        var template = (await host.Get<IEncodingStore>().ListAsync(person.Id)).ShouldHaveSingleItem();

        (template.Way, template.StandingFor(host.Get<IFaceEncoder>().Info)).ShouldBe(("mirrored+jitter2", TemplateStanding.Current));
        (await without.CheckInAsync(Savage[0])).Distance!.Value.ShouldBeLessThan(1e-3f);
        (await host.CheckInAsync(Savage[0])).Distance!.Value.ShouldBeInRange(0.01f, 0.3f, "the face is as it is, its template isn't");
    }

    [Fact]
    public void StandingFor_AnyTemplate_DependsOnEncoderAndWayAndNotOnCopies()
    {
        var encoder = new FaceEncoderInfo
        {
            Id = "e", Dimension = 1, RecommendedMaxDistance = 1, Way = FaceEncoderInfo.MirroredWay, CanJitter = true,
        };
        var template = new TemplateInfo { Id = Guid.Empty, EncoderId = "e", CreatedAt = default, CreatedBy = Actor.User("test") };

        (template with { Way = "mirrored" }).StandingFor(encoder).ShouldBe(TemplateStanding.Current);
        (template with { Way = encoder.WayOf(7) }).StandingFor(encoder).ShouldBe(TemplateStanding.Current);
        (template with { Way = "plain" }).StandingFor(encoder).ShouldBe(TemplateStanding.OlderWay);
        template.StandingFor(encoder).ShouldBe(TemplateStanding.OlderWay);
        template.StandingFor(encoder with { Way = null }).ShouldBe(TemplateStanding.Current);
        (template with { EncoderId = "f", Way = "mirrored" }).StandingFor(encoder).ShouldBe(TemplateStanding.OtherEncoder);
        (encoder with { CanJitter = false }).WayOf(7).ShouldBe("mirrored");
    }

    private static async Task<FaceEncoding> PlainAsync(FratHost host, string photo)
    {
        await using var services = new ServiceCollection().AddDlibFaceEncoder(options => options.Mirror = false).BuildServiceProvider();
        using var image = await host.Get<IImageDecoder>().DecodeAsync(await File.ReadAllBytesAsync(photo));
        return (await services.GetRequiredService<IFaceEncoder>().EncodeAsync(image)).ShouldHaveSingleItem().Encoding;
    }

    private static async Task<Person> EnrollPlainAsync(FratHost host, string employeeId, FaceEncoding encoding) =>
        (await host.Get<IPersonStore>().EnrollAsync(new Frat.Enrollment
        {
            EmployeeId = employeeId,
            Name = employeeId,
            Templates = [new NewTemplate { Encoding = encoding }],
            Consent = host.Consent(),
            Note = FratHost.Note,
        })).Person;
}
