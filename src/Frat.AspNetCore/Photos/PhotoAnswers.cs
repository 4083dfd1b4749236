using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("Where a face is, in pixels of the image. Edges are inside the box; a box may reach beyond the image.")]
internal sealed record BoxAnswer(
    [property: Description("The leftmost column.")]
    int Left,
    [property: Description("The topmost row.")]
    int Top,
    [property: Description("The rightmost column.")]
    int Right,
    [property: Description("The lowest row.")]
    int Bottom);

[Description("A face that was found.")]
internal sealed record FaceAnswer(
    [property: Description("Where it is.")]
    BoxAnswer Box,
    [property: Description("How sure the detector is; 0 and up.")]
    float Score);

[Description("Whether a photo is good enough to register with.")]
internal sealed record AssessmentAnswer(
    [property: Description("Whether it is good enough.")]
    [property: JsonConverter(typeof(CamelCase<PhotoVerdict>))] PhotoVerdict Verdict,
    [property: Description("The same as a sentence for a person.")]
    string Message,
    [property: Description("Width of the decoded image in pixels.")]
    int Width,
    [property: Description("Height of the decoded image in pixels.")]
    int Height,
    [property: Description("The faces, the surest first.")]
    IReadOnlyList<FaceAnswer> Faces);

/// <summary>How photos look in JSON.</summary>
[JsonSerializable(typeof(AssessmentAnswer))]
internal sealed partial class PhotoJson : JsonSerializerContext
{
    public static PhotoJson Wire { get; } = new(JsonAnswer.NewOptions());
}
