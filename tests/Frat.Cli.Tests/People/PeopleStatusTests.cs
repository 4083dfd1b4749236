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
