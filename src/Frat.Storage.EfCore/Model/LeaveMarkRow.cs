namespace Frat.Storage.EfCore;

/// <summary>
/// Through which date the leaves of people without a schedule were asked for: as they have none, no schedule's row can say so. There is one
/// row.
/// </summary>
internal sealed class LeaveMarkRow
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required DateOnly Through { get; set; }
}
