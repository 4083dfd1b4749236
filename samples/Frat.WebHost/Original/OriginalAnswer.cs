namespace Frat.WebHost;

/// <summary>How the original application answers, whatever was asked.</summary>
/// <param name="Status"><c>success</c>, <c>failed</c> or <c>already_marked</c>.</param>
/// <param name="Message">A sentence for a person.</param>
internal sealed record OriginalAnswer(string Status, string Message)
{
    public static OriginalAnswer Success(string message) => new("success", message);

    public static OriginalAnswer AlreadyMarked(string message) => new("already_marked", message);

    public static OriginalAnswer Failed(string message) => new("failed", message);

    public static OriginalAnswer Of(Failure failure) =>
        Failed(failure.Code == ImageFailures.Code ? $"Image processing failed: {failure.Message}" : failure.Message);
}
