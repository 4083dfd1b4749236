namespace Frat;

/// <summary>What <see cref="BackgroundProblems"/> calls its measurements.</summary>
public static class BackgroundTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Frat.Background";

    /// <summary>A counter of work in the background that failed and is tried again, by <see cref="WorkTag"/>.</summary>
    public const string Failures = "frat.background.failures";

    /// <summary>Which work, such as <c>retention</c>.</summary>
    public const string WorkTag = "frat.work";
}
