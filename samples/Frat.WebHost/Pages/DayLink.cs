namespace Frat.WebHost.Pages;

/// <summary>Where a person's day is shown.</summary>
internal static class DayLink
{
    /// <summary>The address, beginning with a tilde.</summary>
    public static string Of(string employeeId, DateOnly date) =>
        $"~/records/day?person={Uri.EscapeDataString(employeeId)}&date={DayText.Iso(date)}";
}
