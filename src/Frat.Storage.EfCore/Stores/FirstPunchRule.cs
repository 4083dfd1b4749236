namespace Frat.Storage.EfCore;

/// <summary>A punch as it counts: its own time, or that of the correction that holds.</summary>
/// <param name="Id">The punch's id.</param>
/// <param name="LocalTime">The time that counts.</param>
internal readonly record struct EffectivePunch(Guid Id, DateTime LocalTime)
{
    /// <summary>Applies the latest correction, whatever the order in which they arrived; ties go to the greater id.</summary>
    /// <returns>Null when the punch is void.</returns>
    public static EffectivePunch? Of(Guid id, DateTime localTime, IEnumerable<PunchCorrectionRow> corrections)
    {
        var latest = corrections.MaxBy(correction => (correction.At, correction.Id));
        return (latest is null ? localTime : latest.LocalTime) is { } time ? new(id, time) : null;
    }
}

/// <summary>What a day comes to.</summary>
/// <param name="Time">The local time of the punch that marks it.</param>
/// <param name="Status">The status.</param>
/// <param name="PunchId">The punch that marks it.</param>
internal readonly record struct DerivedDay(TimeOnly Time, AttendanceStatus Status, Guid PunchId);

/// <summary>
/// The rule where there is no schedule, which is the original application's: the first punch of the local day marks it
/// present. A pure function of the punches: the order in which they arrived makes no difference.
/// </summary>
internal static class FirstPunchRule
{
    /// <summary>Derives a day.</summary>
    /// <param name="date">The day; punches of other dates are passed over.</param>
    /// <param name="punches">One person's effective punches, in any order.</param>
    /// <returns>What the day comes to; null when no punch is left.</returns>
    public static DerivedDay? Derive(DateOnly date, IEnumerable<EffectivePunch> punches)
    {
        EffectivePunch? first = null;
        foreach (var punch in punches)
        {
            if (DateOnly.FromDateTime(punch.LocalTime) == date
                && (first is not { } earliest || (punch.LocalTime, punch.Id).CompareTo((earliest.LocalTime, earliest.Id)) < 0))
            {
                first = punch;
            }
        }

        return first is { } mark ? new(TimeOnly.FromDateTime(mark.LocalTime), AttendanceStatus.Present, mark.Id) : null;
    }
}
