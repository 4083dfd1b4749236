namespace Frat.Storage.EfCore;

/// <summary>The one row that says since when the clock has gone on without a jump: see <see cref="ClockWatch"/>.</summary>
internal sealed class ClockRow
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    /// <summary>The first time that was seen since the last jump.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>The latest time that was seen.</summary>
    public required DateTimeOffset Last { get; set; }
}
