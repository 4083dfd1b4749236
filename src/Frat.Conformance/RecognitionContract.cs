using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>
/// Who may be recognised by face, as <see cref="IAttendanceLog.AppendAsync"/> sees it in its own transaction: the search for the face
/// may have come before the change.
/// </summary>
public abstract class RecognitionContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;

    private readonly TestClock _clock = new(new DateTimeOffset(Monday.At(8), TimeSpan.Zero));

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task AppendAsync_FaceOfSomebodyWhoWasRevoked_StoresNothing()
    {
        var ada = await EnrollAsync();
        (await AppendAsync(ada)).ShouldNotBeNull();

        await Consents.RevokeAsync(ada.Id, Samples.Note);

        (await AppendAsync(ada)).ShouldBeNull();
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task AppendAsync_FaceOfSomebodyWhoseLastTemplateWasDeleted_StoresNothing()
    {
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        var templates = await Encodings.ListAsync(ada.Id);

        await Encodings.DeleteAsync(templates[0].Id, Samples.Note);
        (await AppendAsync(ada)).ShouldNotBeNull("one is left");
        await Encodings.DeleteAsync(templates[1].Id, Samples.Note);

        (await AppendAsync(ada)).ShouldBeNull();
    }

    [Fact]
    public async Task AppendAsync_FaceOfSomebodyWhoIsNotActive_StoresNothingUntilTheyAreActiveAgain()
    {
        var ada = await EnrollAsync();
        await People.SetActiveAsync(ada.Id, active: false, Samples.Note);

        (await AppendAsync(ada)).ShouldBeNull();
        (await CountAsync()).ShouldBe(0);

        await People.SetActiveAsync(ada.Id, active: true, Samples.Note);
        (await AppendAsync(ada)).ShouldNotBeNull();
    }

    [Fact]
    public async Task AppendAsync_TermOfTheConsentEnds_StoresNothingFromThatMomentOn()
    {
        var end = _clock.Now.AddHours(1);
        var ada =
            (await People.EnrollAsync(Samples.Enrollment("E-1") with { Consent = Samples.Consent() with { ExpiresAt = end } })).Person;

        // Nothing runs that would delete the templates: a moment before, and at the moment itself.
        _clock.Now = end.AddMilliseconds(-1);
        (await AppendAsync(ada)).ShouldNotBeNull();
        _clock.Now = end;
        (await AppendAsync(ada)).ShouldBeNull();
        (await Encodings.ListAsync(ada.Id)).ShouldHaveSingleItem();

        var sequence = await Encodings.GetSequenceAsync();
        await Consents.RecordAsync(ada.Id, Samples.Consent(), Samples.Note);
        (await AppendAsync(ada)).ShouldNotBeNull("the person agreed anew");
        (await Encodings.ListChangesAsync(sequence)).ShouldHaveSingleItem("galleries look again").PersonId.ShouldBe(ada.Id);
    }

    [Theory]
    [InlineData(PunchMethod.Pin)]
    [InlineData(PunchMethod.Manual)]
    [InlineData(PunchMethod.Import)]
    public async Task AppendAsync_WithoutTheFace_NeedsNoConsent(PunchMethod method)
    {
        var ada = await EnrollAsync();
        await Consents.RevokeAsync(ada.Id, Samples.Note);
        await People.SetActiveAsync(ada.Id, active: false, Samples.Note);

        (await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(9)) with { Method = method })).ShouldNotBeNull();
    }

    [Fact]
    public async Task AppendAsync_SentAgainAfterTheRevocation_GivesTheReceiptOfTheFirstTime()
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(9));
        var receipt = await Attendance.AppendAsync(punch);
        await Consents.RevokeAsync(ada.Id, Samples.Note);

        (await Attendance.AppendAsync(punch)).ShouldBe(receipt);
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task RevokeAsync_TwoHostsAreCheckingThePersonIn_NothingIsStoredOnceItHasReturned()
    {
        const int Rounds = 10;
        var other = (await StartHostAsync()).Services.GetRequiredService<IAttendanceLog>();
        for (var round = 0; round < Rounds; round++)
        {
            var ada = await EnrollAsync($"E-{round}");
            using var stop = new CancellationTokenSource();
            var stored = 0;
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var checkIns = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    if (await (i % 2 == 0 ? Attendance : other).AppendAsync(Samples.Punch(ada.Id, Monday.At(9))) is not null)
                    {
                        Interlocked.Increment(ref stored);
                        first.TrySetResult();
                    }
                }
            })).ToList();
            await first.Task.WaitAsync(TimeSpan.FromMinutes(1));

            (await Consents.RevokeAsync(ada.Id, Samples.Note)).ShouldBeTrue();

            // Some are on their way still.
            var after = await CountAsync(ada);
            await stop.CancelAsync();
            await Task.WhenAll(checkIns);
            (await CountAsync(ada)).ShouldBe(after);
            stored.ShouldBe(after);
        }
    }

    private Task<PunchReceipt?> AppendAsync(Person person) => Attendance.AppendAsync(Samples.Punch(person.Id, Monday.At(9)));

    private async Task<int> CountAsync(Person? person = null) =>
        (await ReadAsync(Attendance.ReadPunchesAsync(Monday, Monday, person?.Id))).Count;
}
