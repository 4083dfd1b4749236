namespace Frat;

/// <summary>What the engine calls its measurements and spans. None of them says who was on an image, or who did something.</summary>
public static class FratTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Frat";

    /// <summary>The source of the spans.</summary>
    public const string ActivitySourceName = "Frat";

    /// <summary>A histogram in seconds: from image to answer of a check-in, by <see cref="OutcomeTag"/>.</summary>
    public const string CheckInDuration = "frat.checkin.duration";

    /// <summary>A counter of enrollments that were tried, by <see cref="OutcomeTag"/>.</summary>
    public const string Enrollments = "frat.enrollments";

    /// <summary>A gauge: templates in this process's gallery.</summary>
    public const string GalleryTemplates = "frat.gallery.templates";

    /// <summary>What came of it, by the name of the outcome.</summary>
    public const string OutcomeTag = "frat.outcome";

    /// <summary>A span: an image file becomes pixels.</summary>
    public const string DecodeSpan = "frat.decode";

    /// <summary>A span: the nearest people of the gallery are looked for.</summary>
    public const string IdentifySpan = "frat.identify";

    /// <summary>A span: a punch is stored, and its day derived.</summary>
    public const string AppendSpan = "frat.append";
}
