namespace Frat.WebHost;

/// <summary>What the office decided about the host, apart from its configuration.</summary>
internal sealed class Setting
{
    public const int MaxKeyLength = 60;
    public const int MaxValueLength = 4000;

    public required string Key { get; init; }

    public required string Value { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>The account that changed it.</summary>
    public required string ChangedBy { get; set; }
}
