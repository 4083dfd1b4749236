namespace Frat.Conformance;

/// <summary>What <see cref="IAttendanceLog"/> promises about corrections, whatever the database.</summary>
public abstract class PunchCorrectionContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;
    private static readonly DateOnly Tuesday = Samples.Monday.AddDays(1);

    [Fact]
    public async Task CorrectAsync_TimeOfTheMarkingPunch_MovesTheDayAndKeepsThePunch()
    {
        var (_, punch) = await PunchAsync(Monday.At(9));

        (await Attendance.CorrectAsync(Samples.Correction(punch.Id, Monday.At(8, 15)))).ShouldBeTrue();

        (await DaysAsync()).ShouldBe([(Monday, new TimeOnly(8, 15), punch.Id)]);
        (await AppendedAsync(Monday, Monday, punch.PersonId)).ShouldBe([punch]);
    }

    [Fact]
    public async Task CorrectAsync_VoidOfTheOnlyPunch_RemovesTheDay()
    {
        var (_, punch) = await PunchAsync(Monday.At(9));

        (await Attendance.CorrectAsync(Samples.Correction(punch.Id, null))).ShouldBeTrue();

        (await DaysAsync()).ShouldBeEmpty();
        (await AppendedAsync(Monday, Monday, punch.PersonId)).ShouldBe([punch]);
    }

    [Fact]
    public async Task CorrectAsync_VoidOfTheFirstOfTwo_LeavesTheDayToTheSecond()
    {
        var (person, punch) = await PunchAsync(Monday.At(8));
        var second = Samples.Punch(person.Id, Monday.At(17));
        await Attendance.AppendAsync(second);

        await Attendance.CorrectAsync(Samples.Correction(punch.Id, null));

        (await DaysAsync()).ShouldBe([(Monday, new TimeOnly(17, 0), second.Id)]);
    }

    [Fact]
    public async Task CorrectAsync_ToAnotherDate_DerivesBothDays()
    {
        var (person, punch) = await PunchAsync(Monday.At(8));
        var second = Samples.Punch(person.Id, Monday.At(9));
        var tuesday = Samples.Punch(person.Id, Tuesday.At(9));
        await Attendance.AppendAsync(second);
        await Attendance.AppendAsync(tuesday);

        await Attendance.CorrectAsync(Samples.Correction(punch.Id, Tuesday.At(8)));

        (await DaysAsync()).ShouldBe([(Tuesday, new TimeOnly(8, 0), punch.Id), (Monday, new TimeOnly(9, 0), second.Id)]);
    }

    [Fact]
    public async Task CorrectAsync_BackAgain_TheLatestHoldsWhateverTheOrderOfArrival()
    {
        var (_, punch) = await PunchAsync(Monday.At(8));

        await Attendance.CorrectAsync(Samples.Correction(punch.Id, Tuesday.At(7), madeAtMinute: 10));
        await Attendance.CorrectAsync(Samples.Correction(punch.Id, null, madeAtMinute: 5)); // Earlier, arrives later.
        (await DaysAsync()).ShouldBe([(Tuesday, new TimeOnly(7, 0), punch.Id)]);

        await Attendance.CorrectAsync(Samples.Correction(punch.Id, null, madeAtMinute: 20));
        (await DaysAsync()).ShouldBeEmpty();

        await Attendance.CorrectAsync(Samples.Correction(punch.Id, Monday.At(8), madeAtMinute: 30));
        (await DaysAsync()).ShouldBe([(Monday, new TimeOnly(8, 0), punch.Id)]);
    }

    [Fact]
    public async Task CorrectAsync_SameCorrectionAgain_ChangesNothing()
    {
        var (_, punch) = await PunchAsync(Monday.At(8));
        var correction = Samples.Correction(punch.Id, Monday.At(7), madeAtMinute: 1);
        await Attendance.CorrectAsync(correction);
        await Attendance.CorrectAsync(Samples.Correction(punch.Id, Monday.At(6), madeAtMinute: 2));

        (await Attendance.CorrectAsync(correction with { LocalTime = Monday.At(5), At = correction.At.AddHours(1) })).ShouldBeTrue();

        (await DaysAsync()).ShouldBe([(Monday, new TimeOnly(6, 0), punch.Id)]);
    }

    [Fact]
    public async Task CorrectAsync_UnknownPunch_GivesFalse() =>
        (await Attendance.CorrectAsync(Samples.Correction(Guid.NewGuid(), null))).ShouldBeFalse();

    [Fact]
    public async Task CorrectAsync_ArgumentThatCannotBeKept_IsRefused()
    {
        var (person, punch) = await PunchAsync(Monday.At(8));
        var other = Samples.Punch(person.Id, Monday.At(9));
        await Attendance.AppendAsync(other);
        var correction = Samples.Correction(punch.Id, null);

        PunchCorrection[] wrong =
        [
            correction with { By = Actor.User("") },
            correction with { By = Actor.User(new string('b', Actor.MaxIdLength + 1)) },
            correction with { Reason = " " },
            correction with { Reason = new string('r', PunchCorrection.MaxReasonLength + 1) },
        ];
        foreach (var one in wrong)
        {
            await Should.ThrowAsync<ArgumentException>(() => Attendance.CorrectAsync(one));
        }

        await Should.ThrowAsync<ArgumentNullException>(() => Attendance.CorrectAsync(null!));
        (await DaysAsync()).Count.ShouldBe(1);

        await Attendance.CorrectAsync(correction);
        await Should.ThrowAsync<ArgumentException>(() => Attendance.CorrectAsync(correction with { PunchId = other.Id }));
    }

    [Fact]
    public async Task AppendAsync_AfterTheDayWasVoided_MarksItAgainAndReplaysKeepTheirReceipts()
    {
        var (person, punch) = await PunchAsync(Monday.At(8));
        await Attendance.CorrectAsync(Samples.Correction(punch.Id, null));

        var second = (await Attendance.AppendAsync(Samples.Punch(person.Id, Monday.At(10)))).ShouldNotBeNull();

        second.Marked.ShouldBeTrue();
        second.Day.Time.ShouldBe(new TimeOnly(10, 0));
        var replay = (await Attendance.AppendAsync(punch)).ShouldNotBeNull();
        replay.Marked.ShouldBeTrue();
        replay.Day.Time.ShouldBe(new TimeOnly(8, 0));
    }

    [Fact]
    public async Task AppendAsync_OnADayThatACorrectionFilled_CountsTheCorrectedPunch()
    {
        var (person, punch) = await PunchAsync(Monday.At(8));
        await Attendance.CorrectAsync(Samples.Correction(punch.Id, Tuesday.At(7)));

        var receipt = (await Attendance.AppendAsync(Samples.Punch(person.Id, Tuesday.At(8)))).ShouldNotBeNull();

        receipt.Marked.ShouldBeFalse();
        receipt.Day.PunchId.ShouldBe(punch.Id);
        (await DaysAsync()).ShouldBe([(Tuesday, new TimeOnly(7, 0), punch.Id)]);
    }

    [Fact]
    public async Task CorrectAsync_WhilePunchesAreAppended_EndsInTheDayThatTheFactsGive()
    {
        var (person, first) = await PunchAsync(Monday.At(12));
        var later = Enumerable.Range(0, 20).Select(i => Samples.Punch(person.Id, Monday.At(13, i))).ToArray();

        await Task.WhenAll(later.Select(punch => Task.Run(() => Attendance.AppendAsync(punch)))
            .Append(Task.Run<PunchReceipt?>(async () =>
            {
                await Attendance.CorrectAsync(Samples.Correction(first.Id, null));
                return null;
            })));

        (await DaysAsync()).ShouldBe([(Monday, new TimeOnly(13, 0), later[0].Id)]);
    }

    private async Task<(Person Person, Punch Punch)> PunchAsync(DateTime localTime)
    {
        var person = await EnrollAsync();
        var punch = Samples.Punch(person.Id, localTime);
        await Attendance.AppendAsync(punch);
        return (person, punch);
    }

    private async Task<List<(DateOnly Date, TimeOnly? Time, Guid? PunchId)>> DaysAsync() =>
        [.. (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue))).Select(
            day => (day.Date, day.Time, day.PunchId))];
}
