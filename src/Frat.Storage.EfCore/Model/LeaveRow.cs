namespace Frat.Storage.EfCore;

internal sealed class LeaveRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required DateOnly FirstDate { get; set; }

    public required DateOnly LastDate { get; set; }

    public required LeavePart Part { get; set; }

    public required LeaveKind Kind { get; set; }

    public TimeOnly? StartTime { get; set; }

    public TimeOnly? EndTime { get; set; }

    public string? Note { get; set; }

    public static LeaveRow From(Leave leave) => new()
    {
        Id = leave.Id,
        PersonId = leave.PersonId,
        FirstDate = leave.From,
        LastDate = leave.To,
        Part = leave.Part,
        Kind = leave.Kind,
        StartTime = leave.Start,
        EndTime = leave.End,
        Note = leave.Note,
    };

    public Leave ToLeave() => new()
    {
        Id = Id,
        PersonId = PersonId,
        From = FirstDate,
        To = LastDate,
        Part = Part,
        Kind = Kind,
        Start = StartTime,
        End = EndTime,
        Note = Note,
    };
}
