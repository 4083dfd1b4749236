namespace Frat.WebHost;

/// <summary>What a second look of a day means to those who work here.</summary>
internal enum AttendanceMode
{
    /// <summary>Nothing: the first one marks the day, as in the original application.</summary>
    PresenceOnly,

    /// <summary>A going, with the hours since the coming.</summary>
    InAndOut,
}
