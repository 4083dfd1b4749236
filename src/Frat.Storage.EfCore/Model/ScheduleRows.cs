namespace Frat.Storage.EfCore;

internal sealed class DefaultScheduleRow
{
    public required DateOnly FirstDate { get; init; }

    public Guid? ScheduleId { get; set; }

    public DefaultSchedule ToDefault() => new() { From = FirstDate, ScheduleId = ScheduleId };
}

internal sealed class ScheduleAssignmentRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid ScheduleId { get; set; }

    public required DateOnly FirstDate { get; set; }

    public DateOnly? LastDate { get; set; }

    public ScheduleAssignment ToAssignment() => new()
    {
        Id = Id,
        PersonId = PersonId,
        ScheduleId = ScheduleId,
        From = FirstDate,
        To = LastDate,
    };
}

internal sealed class HolidayCalendarRow
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public List<HolidayRow> Holidays { get; } = [];

    public HolidayCalendar ToCalendar() => new()
    {
        Id = Id,
        Name = Name,
        Holidays = [.. Holidays.OrderBy(row => row.Date).Select(row => new Holiday { Date = row.Date, Name = row.Name })],
    };
}

internal sealed class HolidayRow
{
    public required Guid CalendarId { get; init; }

    public required DateOnly Date { get; init; }

    public required string Name { get; set; }
}

internal sealed class LeaveRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required DateOnly FirstDate { get; set; }

    public required DateOnly LastDate { get; set; }

    public required LeavePart Part { get; set; }

    public string? Note { get; set; }

    public Leave ToLeave() => new() { Id = Id, PersonId = PersonId, From = FirstDate, To = LastDate, Part = Part, Note = Note };
}

/// <summary>
/// Days that are to be derived anew because of a change of what many people share, or of many days of one. Stays until all of them are.
/// </summary>
internal sealed class DerivationRow
{
    public long Sequence { get; init; }

    /// <summary>Whose days: of whoever is assigned this schedule; null: of everybody.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>Whose days: this person's alone.</summary>
    public Guid? PersonId { get; init; }

    public required DateOnly FirstDate { get; init; }

    public required DateOnly LastDate { get; init; }

    /// <summary>The last person who is done, in the order of ids.</summary>
    public Guid? DoneThrough { get; set; }

    /// <summary>The person who is done in part.</summary>
    public Guid? PartPersonId { get; set; }

    /// <summary>From which date on that person isn't done.</summary>
    public DateOnly? PartDate { get; set; }

    /// <summary>Until when a host is at it; another one takes over afterwards.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
}

/// <summary>
/// Through which date the leaves of whoever has no schedule were asked for: as they have none, no schedule's row can say so. There is one
/// row.
/// </summary>
internal sealed class LeaveMarkRow
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required DateOnly Through { get; set; }
}
