namespace Frat.Storage.EfCore;

internal sealed class DefaultScheduleRow
{
    public required DateOnly FirstDate { get; init; }

    public Guid? ScheduleId { get; set; }

    public DefaultSchedule ToDefault() => new() { From = FirstDate, ScheduleId = ScheduleId };
}
