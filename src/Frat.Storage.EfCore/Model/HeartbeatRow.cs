namespace Frat.Storage.EfCore;

/// <summary>The one row that a probe of the store writes: see <see cref="StoreProbe"/>.</summary>
internal sealed class HeartbeatRow
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Random, so that it takes the room that it says.</summary>
    public required byte[] Ballast { get; set; }
}
