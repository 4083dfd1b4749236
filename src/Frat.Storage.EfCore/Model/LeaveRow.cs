namespace Frat.Storage.EfCore;

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
