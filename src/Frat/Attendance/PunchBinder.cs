using NodaTime;

namespace Frat;

/// <summary>
/// Gives each punch its work date. Where two dates may have it, first by the stay that it makes with the punch before or after it, and then
/// by what each of the two dates has without it. Both look no farther than the punches that these dates and the ones next to them may have:
/// a date doesn't depend on all earlier ones.
/// </summary>
internal sealed class PunchBinder
{
    /// <summary>The longest stay that goes over from or to a date without a schedule.</summary>
    private static readonly Duration LongestUnscheduledStay = Duration.FromHours(18);

    private readonly Timetable _timetable;
    private readonly IReadOnlyList<EffectivePunch> _punches;
    private readonly Claim[] _claims;
    private readonly DateOnly[] _first;
    private readonly DateOnly[] _dates;
    private readonly bool[] _hasEcho;

    /// <param name="timetable">What is in force when.</param>
    /// <param name="punches">The punches that count, in order.</param>
    /// <param name="claims">The dates that each of them may belong to.</param>
    /// <param name="hasEcho">Whether it was followed at once by another look, which isn't among them.</param>
    private PunchBinder(Timetable timetable, IReadOnlyList<EffectivePunch> punches, Claim[] claims, bool[] hasEcho)
    {
        (_timetable, _punches, _claims, _hasEcho) = (timetable, punches, claims, hasEcho);
        _first = [.. punches.Select((_, i) => FirstGuess(i))];
        _dates = new DateOnly[punches.Count];
    }

    /// <summary>Finds the work date of each punch.</summary>
    public static DateOnly[] Bind(Timetable timetable, IReadOnlyList<EffectivePunch> punches, Claim[] claims, bool[] hasEcho)
    {
        var binder = new PunchBinder(timetable, punches, claims, hasEcho);
        for (var i = 0; i < punches.Count; i++)
        {
            binder._dates[i] = claims[i].IsContested ? binder.Decide(i) : claims[i].Earlier;
            if (i > 0 && binder._dates[i] < binder._dates[i - 1] && claims[i].Includes(binder._dates[i - 1]))
            {
                binder._dates[i] = binder._dates[i - 1];
            }
        }

        return binder._dates;
    }

    /// <summary>By the stays that the punch makes with its neighbours: the date of whose shift one of them covers more.</summary>
    private DateOnly FirstGuess(int i)
    {
        var claim = _claims[i];
        if (!claim.IsContested)
        {
            return claim.Earlier;
        }

        var earlier = Math.Max(Score(i - 1, i, claim.Earlier), Score(i, i + 1, claim.Earlier));
        var later = Math.Max(Score(i - 1, i, claim.Later), Score(i, i + 1, claim.Later));
        return earlier > later ? claim.Earlier : later > earlier ? claim.Later : claim.Nearer;
    }

    /// <summary>
    /// Half of the shift and more, some of it, or nothing: a few minutes decide nothing. Less than nothing where the two can't be of one
    /// date.
    /// </summary>
    private int Score(int from, int to, DateOnly date)
    {
        var covered = Covered(from, to, date);
        return covered < Duration.Zero ? -1
            : covered == Duration.Zero ? 0
            : covered * 2 >= _timetable.ShiftOn(date)!.Length ? 2
            : 1;
    }

    /// <summary>How much of a date's shift lies between two punches; less than nothing where they can't both belong to it.</summary>
    private Duration Covered(int from, int to, DateOnly date) =>
        from < 0 || to >= _punches.Count || !_claims[from].Includes(date) || !_claims[to].Includes(date) ? Duration.FromTicks(-1)
        : _timetable.ShiftOn(date)?.Covered(_punches[from].Instant, _punches[to].Instant) ?? Duration.Zero;

    private DateOnly Decide(int i)
    {
        var claim = _claims[i];
        var before = Before(i, claim.Earlier);
        if (Before(i, claim.Later).Count > 0)
        {
            return claim.Later;
        }

        var (earlier, later) = (_timetable.ShiftOn(claim.Earlier), _timetable.ShiftOn(claim.Later));
        var (punch, isOpen) = (_punches[i], IsOpen(earlier, before));
        if (earlier is null)
        {
            // Without a schedule nobody has to go where they came: only what is said, or a night before the first shift.
            isOpen = (later is null ? before.Count > 0 && before[^1].Direction == PunchDirection.In : isOpen)
                && punch.Instant - before[^1].Instant <= LongestUnscheduledStay;
            if (later is null)
            {
                return isOpen ? claim.Earlier : claim.Later;
            }
        }

        if (punch.Direction == PunchDirection.Out && Heeds(earlier))
        {
            return isOpen || earlier!.IsInWindow(punch.Instant) ? claim.Earlier : claim.Nearer;
        }

        if (punch.Direction == PunchDirection.In && Heeds(later))
        {
            // Anyone who says "in" doesn't end anything; but within the hours of a stay it is a repetition.
            return isOpen && earlier is not null && punch.Instant < earlier.End ? claim.Earlier
                : later!.IsInWindow(punch.Instant) && punch.Instant >= earlier?.End ? claim.Later
                : isOpen ? claim.Nearer
                : Begin(i);
        }

        if (punch.Direction == PunchDirection.Undetermined && (IsStrict(earlier) || IsStrict(later)))
        {
            return claim.Nearer;
        }

        return isOpen ? End(i, before[^1]) : Begin(i);
    }

    /// <summary>Where the earlier date is open: the punch ends its stay, unless the later date lacks it.</summary>
    private DateOnly End(int i, EffectivePunch open)
    {
        var (claim, punch) = (_claims[i], _punches[i]);
        var (earlier, later) = (_timetable.ShiftOn(claim.Earlier), _timetable.ShiftOn(claim.Later));
        if (later is null)
        {
            return punch.Instant - open.Instant <= LongestUnscheduledStay ? claim.Earlier : claim.Later;
        }

        var ends = earlier?.Covered(open.Instant, punch.Instant) ?? Duration.Zero;
        var begins = Duration.Max(Covered(i, i + 1, claim.Later), Duration.Zero);
        if (CountAfter(i, claim.Later) % 2 == 0)
        {
            // Between the first and the last of a day there may be any number of passages: what makes the day whole says less there than
            // what the stays cover.
            var isRough = earlier?.Schedule is { Direction: DirectionRule.Alternating, Hours: HoursRule.FirstInLastOut }
                && !earlier.IsInWindow(punch.Instant);
            return isRough && ends < begins ? claim.Later : claim.Earlier;
        }

        // Both want it. Two looks in a row are both: going, and coming again.
        return begins == Duration.Zero && ends > Duration.Zero ? claim.Earlier
            : ends == Duration.Zero && begins > Duration.Zero ? claim.Later
            : _hasEcho[i] && earlier is not null && Duration.Zero < ends ? claim.Earlier
            : claim.Nearer;
    }

    /// <summary>
    /// Where nobody is there by the earlier date's punches: the punch begins a stay, of the date of which it covers more, or in whose
    /// window both ends are.
    /// </summary>
    private DateOnly Begin(int i)
    {
        var claim = _claims[i];
        var (earlier, later) = (_timetable.ShiftOn(claim.Earlier), _timetable.ShiftOn(claim.Later));
        if (earlier is null && later is not null)
        {
            // Before the first shift: the other date's, unless the shift lacks its coming or nothing else is known.
            var rest = CountAfter(i, claim.Later, withoutQuestion: true);
            return rest == 0 ? claim.Nearer : rest % 2 == 1 ? claim.Later : claim.Earlier;
        }

        if (i + 1 >= _punches.Count)
        {
            return claim.Nearer;
        }

        var canBeLater = _claims[i + 1].IsContested || CountAfter(i, claim.Later) % 2 == 1;
        var (asEarlier, asLater) = (Stay(claim.Earlier), canBeLater ? Stay(claim.Later) : default);
        return asEarlier.CompareTo(asLater) switch
        {
            > 0 when asEarlier != default => claim.Earlier,
            < 0 => claim.Later,
            _ => claim.Nearer,
        };

        (int Possible, Duration Covered, bool IsInWindow) Stay(DateOnly date) =>
            Covered(i, i + 1, date) is var covered && covered < Duration.Zero ? default
            : (1, covered, IsInWindow(date, _punches[i]) && IsInWindow(date, _punches[i + 1]));
    }

    private bool IsInWindow(DateOnly date, EffectivePunch punch) =>
        _timetable.ShiftOn(date) is not { } shift ? punch.LocalDate == date
        : shift.IsInWindow(punch.Instant)
            || (!shift.IsWorkday && punch.Instant >= shift.Midnight && punch.Instant <= shift.WindowEnd);

    /// <summary>The punches before one that are of a date; those that are contested between other dates by first guess.</summary>
    private List<EffectivePunch> Before(int i, DateOnly date)
    {
        var found = new List<EffectivePunch>();
        for (var j = i - 1; j >= 0 && _claims[j].Later >= date.AddDays(-1); j--)
        {
            if ((_claims[j] is { IsContested: true } other && (other.Earlier, other.Later) == (_claims[i].Earlier, _claims[i].Later)
                ? _dates[j]
                : _first[j]) == date)
            {
                found.Add(_punches[j]);
            }
        }

        found.Reverse();
        return found;
    }

    private int CountAfter(int i, DateOnly date, bool withoutQuestion = false)
    {
        var count = 0;
        for (var j = i + 1; j < _punches.Count && _claims[j].Earlier <= date.AddDays(1); j++)
        {
            count += withoutQuestion ? _claims[j] == new Claim(date) ? 1 : 0 : _first[j] == date ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether, by the punches that a date has so far, somebody is there.</summary>
    private static bool IsOpen(ShiftTimes? shift, List<EffectivePunch> punches)
    {
        var rule = shift?.Schedule.Direction ?? DirectionRule.Alternating;
        if (rule == DirectionRule.Alternating)
        {
            // From the first to the last, the punches between are passages: anyone who was seen after the end of the shift has left, odd or
            // not.
            return punches.Count % 2 == 1 && !(punches.Count > 1
                && shift is { IsWorkday: true, Schedule.Hours: HoursRule.FirstInLastOut }
                && punches[^1].Instant >= shift.End && punches[^1].Instant <= shift.WindowEnd);
        }

        var isOpen = false;
        foreach (var punch in punches)
        {
            isOpen = punch.Direction switch
            {
                PunchDirection.In => true,
                PunchDirection.Out => false,
                _ => rule == DirectionRule.Device ? !isOpen : isOpen,
            };
        }

        return isOpen;
    }

    private static bool Heeds(ShiftTimes? shift) => shift is not null && shift.Schedule.Direction != DirectionRule.Alternating;

    private static bool IsStrict(ShiftTimes? shift) => shift?.Schedule.Direction == DirectionRule.Strict;
}
