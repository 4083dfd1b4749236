namespace Frat;

/// <summary>
/// A set of attendance rules that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingAttendanceRules(IAttendanceRules inner) : IAttendanceRules
{
    /// <summary>The inner one.</summary>
    protected IAttendanceRules Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual IReadOnlyList<DayDetail> Derive(AttendanceFacts facts) =>
        Inner.Derive(facts);

    /// <inheritdoc/>
    public virtual DateOnly FindLastClosedDate(Schedule schedule, DateTimeOffset asOf) =>
        Inner.FindLastClosedDate(schedule, asOf);

    /// <inheritdoc/>
    public virtual void Check(Schedule schedule) =>
        Inner.Check(schedule);

    /// <inheritdoc/>
    public virtual void Check(Punch punch, DateTimeOffset asOf) =>
        Inner.Check(punch, asOf);

    /// <inheritdoc/>
    public virtual void Check(PunchCorrection correction, DateTimeOffset asOf) =>
        Inner.Check(correction, asOf);
}
