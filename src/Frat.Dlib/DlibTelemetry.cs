namespace Frat.Dlib;

/// <summary>What the encoder calls its measurements and spans. None of them says who is on an image.</summary>
public static class DlibTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Frat.Dlib";

    /// <summary>The source of the spans: one for each step, named <see cref="SpanPrefix"/> and the step.</summary>
    public const string ActivitySourceName = "Frat.Dlib";

    /// <summary>A histogram in seconds: what a step of a call takes, by <see cref="StepTag"/>.</summary>
    public const string StepDuration = "frat.dlib.step.duration";

    /// <summary>An up-down counter of calls that wait for their turn.</summary>
    public const string CallsWaiting = "frat.dlib.calls.waiting";

    /// <summary>A counter of faces that were encoded.</summary>
    public const string FacesEncoded = "frat.dlib.faces.encoded";

    /// <summary>What a duration is of: one of the steps.</summary>
    public const string StepTag = "frat.dlib.step";

    /// <summary>What the name of a span begins with.</summary>
    public const string SpanPrefix = "frat.dlib.";

    /// <summary>From the call to its turn.</summary>
    public const string WaitStep = "wait";

    /// <summary>All faces of an image are looked for.</summary>
    public const string DetectStep = "detect";

    /// <summary>The landmarks of all faces of an image.</summary>
    public const string LandmarksStep = "landmarks";

    /// <summary>Chips are cut out and encoded, all of a call.</summary>
    public const string EmbedStep = "embed";
}
