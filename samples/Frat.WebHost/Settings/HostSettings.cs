namespace Frat.WebHost;

/// <summary>What the office decided about the host. Immutable.</summary>
internal sealed record HostSettings
{
    /// <summary>As the original application has it, until something else is chosen.</summary>
    public AttendanceMode Mode { get; init; }

    /// <summary>When the mode was chosen at the set-up; null while nobody has.</summary>
    public DateTimeOffset? ChosenAt { get; init; }
}
