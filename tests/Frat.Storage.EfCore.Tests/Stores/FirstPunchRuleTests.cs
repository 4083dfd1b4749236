namespace Frat.Storage.EfCore.Tests.Stores;

public sealed class FirstPunchRuleTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly Guid Low = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid High = new("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void Derive_NoPunches_GivesNoDay() => FirstPunchRule.Derive(Day, []).ShouldBeNull();

    [Fact]
    public void Derive_PunchesOfOtherDates_GiveNoDay() =>
        FirstPunchRule.Derive(Day, [At(Low, -1, 23, 59), At(High, 1, 0, 0)]).ShouldBeNull();

    [Fact]
    public void Derive_InAnyOrder_TheEarliestMarks()
    {
        EffectivePunch[] punches = [At(High, 0, 0, 0), At(Low, 0, 8, 0), At(Guid.NewGuid(), 0, 17, 0), At(Guid.NewGuid(), -1, 8, 0)];
        var expected = new DerivedDay(TimeOnly.MinValue, AttendanceStatus.Present, High);

        for (var i = 0; i < 50; i++)
        {
            new Random(i).Shuffle(punches);
            FirstPunchRule.Derive(Day, punches).ShouldBe(expected);
        }
    }

    [Fact]
    public void Derive_TwoAtOneTime_TheSmallerIdMarks()
    {
        FirstPunchRule.Derive(Day, [At(Low, 0, 8, 0), At(High, 0, 8, 0)])!.Value.PunchId.ShouldBe(Low);
        FirstPunchRule.Derive(Day, [At(High, 0, 8, 0), At(Low, 0, 8, 0)])!.Value.PunchId.ShouldBe(Low);
    }

    [Fact]
    public void Of_NoCorrections_IsThePunchItself() =>
        EffectivePunch.Of(Low, Day.ToDateTime(new TimeOnly(8, 0)), []).ShouldBe(At(Low, 0, 8, 0));

    [Fact]
    public void Of_SeveralCorrections_TheLatestHoldsInAnyOrder()
    {
        var corrections = new[] { Correction(1, null), Correction(3, 7), Correction(2, 9) };

        EffectivePunch.Of(Low, Day.ToDateTime(new TimeOnly(8, 0)), corrections).ShouldBe(At(Low, 0, 7, 0));
        EffectivePunch.Of(Low, Day.ToDateTime(new TimeOnly(8, 0)), corrections.Reverse()).ShouldBe(At(Low, 0, 7, 0));
    }

    [Fact]
    public void Of_LatestCorrectionIsVoid_GivesNothing() =>
        EffectivePunch.Of(Low, Day.ToDateTime(new TimeOnly(8, 0)), [Correction(2, null), Correction(1, 9)]).ShouldBeNull();

    [Fact]
    public void Of_TwoCorrectionsOfOneMoment_TheGreaterIdHoldsInAnyOrder()
    {
        PunchCorrectionRow[] corrections = [Correction(1, 9, High), Correction(1, 7, Low)];

        EffectivePunch.Of(Low, Day.ToDateTime(new TimeOnly(8, 0)), corrections).ShouldBe(At(Low, 0, 9, 0));
        EffectivePunch.Of(Low, Day.ToDateTime(new TimeOnly(8, 0)), corrections.Reverse()).ShouldBe(At(Low, 0, 9, 0));
    }

    private static EffectivePunch At(Guid id, int day, int hour, int minute) =>
        new(id, Day.AddDays(day).ToDateTime(new TimeOnly(hour, minute)));

    private static PunchCorrectionRow Correction(int minute, int? hour, Guid? id = null) => new()
    {
        Id = id ?? Guid.NewGuid(),
        PunchId = Low,
        PersonId = High,
        LocalTime = hour is { } h ? Day.ToDateTime(new TimeOnly(h, 0)) : null,
        By = "HR",
        Reason = "A test.",
        At = new DateTimeOffset(2026, 3, 5, 12, minute, 0, TimeSpan.Zero),
    };
}
