namespace Frat;

/// <summary>How a report is written. Immutable.</summary>
public sealed record ReportOptions
{
    /// <summary>
    /// Whether a CSV file begins with U+FEFF, without which Excel doesn't see that it is UTF-8. Default false: programs may take it for a
    /// part of the first column's name. The other forms have none.
    /// </summary>
    public bool ByteOrderMark { get; init; }
}
