using System.Text.Json;

namespace Frat.AspNetCore;

/// <summary>What the sender of a file is told that can't be taken as an image.</summary>
internal static class ImageProblems
{
    public const string Code = "invalidImage";

    public static FratProblem Of(InvalidFaceImageException exception) => Of(exception.Reason, exception.Message);

    public static FratProblem TooLarge(long maxBytes) =>
        Of(InvalidImageReason.TooManyBytes, $"The image is larger than the {maxBytes / (1024 * 1024)} MiB that one image may have.");

    private static FratProblem Of(InvalidImageReason reason, string message) => new(
        reason == InvalidImageReason.TooManyBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, Code, message)
    {
        Facts = new Dictionary<string, object?> { ["reason"] = JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) },
    };
}
