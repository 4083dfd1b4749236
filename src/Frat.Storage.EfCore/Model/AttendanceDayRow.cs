namespace Frat.Storage.EfCore;

/// <summary>Derived from the punches, and derived anew whenever they or their corrections change.</summary>
internal sealed class AttendanceDayRow
{
    public required Guid PersonId { get; init; }

    public PersonRow? Person { get; init; }

    public required DateOnly Date { get; init; }

    public TimeOnly Time { get; set; }

    public AttendanceStatus Status { get; set; }

    public Guid PunchId { get; set; }

    public AttendanceDay ToDay(Person person) => new(person, Date, Time, Status, PunchId);
}
