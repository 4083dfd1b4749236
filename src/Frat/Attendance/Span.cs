using NodaTime;

namespace Frat;

/// <summary>A span of time, its end not included. May be empty, never negative where it was made by these methods.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
internal readonly record struct Span(Instant From, Instant To)
{
    public Duration Length => To - From;

    public bool Overlaps(Span other) => From < other.To && other.From < To;

    /// <summary>How much of it is in others, which don't overlap one another.</summary>
    public Duration Within(IEnumerable<Span> others)
    {
        var sum = Duration.Zero;
        foreach (var other in others.Where(Overlaps))
        {
            sum += Instant.Min(To, other.To) - Instant.Max(From, other.From);
        }

        return sum;
    }

    /// <summary>What is left of spans where another one is cut out.</summary>
    public static List<Span> Cut(IEnumerable<Span> spans, Span other) =>
        [.. spans.SelectMany(span => span.Overlaps(other)
            ? new[] { new Span(span.From, other.From), new Span(other.To, span.To) }.Where(rest => rest.From < rest.To)
            : [span])];

    public static Duration Sum(IEnumerable<Span> spans) => spans.Aggregate(Duration.Zero, (sum, span) => sum + span.Length);
}
