using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>The real rules, which count how many days they were asked for. Thread-safe.</summary>
public sealed class CountingRules : IAttendanceRules
{
    private readonly IAttendanceRules _rules =
        new ServiceCollection().AddAttendanceRules().BuildServiceProvider().GetRequiredService<IAttendanceRules>();

    private long _days;

    /// <summary>How many days were asked for since this was set to 0.</summary>
    public long Days
    {
        get => Interlocked.Read(ref _days);
        set => Interlocked.Exchange(ref _days, value);
    }

    public IReadOnlyList<DayDetail> Derive(AttendanceFacts facts)
    {
        Interlocked.Add(ref _days, facts.LastDate.DayNumber - facts.FirstDate.DayNumber + 1);
        return _rules.Derive(facts);
    }

    public DateOnly FindLastClosedDate(Schedule schedule, DateTimeOffset asOf) => _rules.FindLastClosedDate(schedule, asOf);

    public void Check(Schedule schedule) => _rules.Check(schedule);

    public void Check(Punch punch, DateTimeOffset asOf) => _rules.Check(punch, asOf);

    public void Check(PunchCorrection correction, DateTimeOffset asOf) => _rules.Check(correction, asOf);
}
