using Frat.Cli.Tests.Database;

namespace Frat.Cli.Tests.People;

public sealed class PeopleStatusTests : IDisposable
{
    private static readonly AuditNote Note = new() { By = Actor.User("test") };
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Status_TwoEncoders_TellsHowManyPeopleHaveWhich()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var first = await EnrolAsync(target, "J-1", templates: 2);
        await EnrolAsync(target, "J-2", templates: 1);
        await target.Get<IEncodingStore>().AddAsync(first.Id, [Template("other-v1")], Note);
        var gone = await EnrolAsync(target, "J-3", templates: 1);
        await target.People.SetActiveAsync(gone.Id, false, Note);

        var run = await FratRun.Of("people", "status", "--database", target.Address);

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
        [
            "Encoder People Without Templates",
            "dlib-resnet-v1 2 0 3",
            "other-v1 1 1 1",
            "2 people are active, 0 of them without a template.",
        ]);
    }

    [Fact]
    public async Task Status_ForAnEncoder_NamesWhoIsToBePhotographedAgainAndWhy()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await EnrolAsync(target, "J-1", templates: 1);
        var both = await EnrolAsync(target, "J-2", templates: 1);
        await target.Get<IEncodingStore>().AddAsync(both.Id, [Template("dlib-resnet-v1") with { Way = "mirrored+jitter5" }], Note);
        var other = await EnrolAsync(target, "J-3", templates: 0);
        await target.Get<IEncodingStore>().AddAsync(other.Id, [Template("other-v1")], Note);
        await EnrolAsync(target, "J-4", templates: 0);

        var run = await FratRun.Of("people", "status", "--database", target.Address, "--encoder", "dlib");
        var wrong = await FratRun.Of("people", "status", "--database", target.Address, "--encoder", "eigenfaces");

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
        [
            "Encoder People Without Templates",
            "dlib-resnet-v1 2 2 2",
            "dlib-resnet-v1 (mirrored+jitter5) 1 3 1",
            "other-v1 1 3 1",
            "4 people are active, 1 of them without a template.",
            "ID Name Photograph again, since",
            "J-1 J-1 the way of encoding is an older one",
            "J-3 J-3 the templates are of another encoder",
            "J-4 J-4 there is no template",
            "3 of 4 people are to be photographed again for dlib-resnet-v1 (mirrored).",
        ]);
        (wrong.ExitCode, wrong.Error).ShouldBe((2, wrong.Error));
        wrong.Error.ShouldContain("dlib, mobilefacenet");
    }

    private static NewTemplate Template(string encoder) => new() { Encoding = new FaceEncoding(encoder, new float[128]) };

    private static async Task<Person> EnrolAsync(TargetDatabase target, string employeeId, int templates) =>
        (await target.People.EnrollAsync(new Enrollment
        {
            EmployeeId = employeeId,
            Name = employeeId,
            Templates = [.. Enumerable.Range(0, templates).Select(_ => Template("dlib-resnet-v1"))],
            Consent = new ConsentOptions().ToConsent(ConsentBasis.Attested, Actor.User("test"), TimeProvider.System.GetUtcNow()),
            Note = Note,
        })).Person;
}
