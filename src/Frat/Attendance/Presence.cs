using NodaTime;

namespace Frat;

/// <summary>What of a shift a person was known and active for: nobody is late for a time at which nobody could know them.</summary>
/// <param name="Since">When the person was enrolled.</param>
/// <param name="IsNew">Whether that was in the middle of the shift.</param>
/// <param name="Inactive">
/// The times of the shift in which the person was not active; all of it before the first working day and after the last.
/// </param>
/// <param name="IsAway">Whether that was all of it.</param>
internal sealed record Presence(Instant Since, bool IsNew, IReadOnlyList<(Instant From, Instant To)> Inactive, bool IsAway)
{
    /// <summary>
    /// Whether the person was inactive at some time of the shift, and so nobody waited for them. Who is activated before a shift starts
    /// is expected for it.
    /// </summary>
    public bool WasInactive => Inactive.Count > 0;

    public bool IsPartial => IsNew || WasInactive;

    public static Presence Of(AttendanceFacts facts, ShiftTimes shift)
    {
        var since = Instant.FromDateTimeOffset(facts.Person.EnrolledAt);
        var inactive = facts.InactivePeriods
            .Select(period => (
                From: Instant.FromDateTimeOffset(period.From),
                To: period.To is { } end ? Instant.FromDateTimeOffset(end) : Instant.MaxValue))
            .Where(period => period.From < shift.End && period.To > shift.Start).ToList();
        if (!facts.Person.WorksOn(shift.Date))
        {
            inactive = [(shift.Start, shift.End)];
        }

        return new(
            since,
            since > shift.Start && since < shift.End,
            inactive,
            inactive.Exists(period => period.From <= shift.Start && period.To >= shift.End));
    }

    /// <summary>Whether the person was enrolled or activated only after they were to come, and had been by the time they came.</summary>
    public bool BeganAfter(Instant start, Instant came) =>
        (IsNew && Since > start) || Inactive.Any(period => period.From <= start && period.To > start && period.To <= came);

    /// <summary>Whether the person was deactivated before they were to go.</summary>
    public bool EndedBefore(Instant end) => Inactive.Any(period => period.From < end && period.To >= end);
}
