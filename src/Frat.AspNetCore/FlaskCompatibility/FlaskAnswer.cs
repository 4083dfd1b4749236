using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("How the original application answers, whatever was asked.")]
internal sealed record FlaskAnswer(
    [property: Description("`success`, `failed` or `already_marked`.")]
    string Status,
    [property: Description("A sentence for a person.")]
    string Message)
{
    public static FlaskAnswer Success(string message) => new("success", message);

    public static FlaskAnswer AlreadyMarked(string message) => new("already_marked", message);

    public static FlaskAnswer Failed(string message) => new("failed", message);

    public static FlaskAnswer Of(FratProblem problem) =>
        Failed(problem.Code == ImageProblems.Code ? $"Image processing failed: {problem.Message}" : problem.Message);

    public Task WriteAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(this, FlaskJson.Wire.FlaskAnswer, contentType: null, context.RequestAborted);
}

/// <summary>How the original's answers look in JSON.</summary>
[JsonSerializable(typeof(FlaskAnswer))]
internal sealed partial class FlaskJson : JsonSerializerContext
{
    public static FlaskJson Wire { get; } = new(JsonAnswer.NewOptions());
}
