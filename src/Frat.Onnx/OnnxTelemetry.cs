namespace Frat.Onnx;

/// <summary>
/// What networks in ONNX files call their measurements and spans: YuNet's and the embedders', one meter for all. None of them says who is
/// on an image.
/// </summary>
public static class OnnxTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Frat.Onnx";

    /// <summary>The source of the spans: one for each step, named <see cref="SpanPrefix"/> and the step.</summary>
    public const string ActivitySourceName = "Frat.Onnx";

    /// <summary>A histogram in seconds: what a step of a call takes, by <see cref="StepTag"/>.</summary>
    public const string StepDuration = "frat.onnx.step.duration";

    /// <summary>An up-down counter of calls that wait for their turn.</summary>
    public const string CallsWaiting = "frat.onnx.calls.waiting";

    /// <summary>A counter of faces that were encoded.</summary>
    public const string FacesEncoded = "frat.onnx.faces.encoded";

    /// <summary>What a duration is of: one of the steps.</summary>
    public const string StepTag = "frat.onnx.step";

    /// <summary>What the name of a span begins with.</summary>
    public const string SpanPrefix = "frat.onnx.";

    /// <summary>From the call to its turn.</summary>
    public const string WaitStep = "wait";

    /// <summary>All faces of an image are looked for, with their landmarks.</summary>
    public const string DetectStep = "detect";

    /// <summary>Faces that were cut out are encoded, all of a call.</summary>
    public const string EmbedStep = "embed";
}
