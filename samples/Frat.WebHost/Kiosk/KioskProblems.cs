namespace Frat.WebHost;

/// <summary>Why a call of a kiosk is refused.</summary>
internal static class KioskProblems
{
    public static FratProblem Busy { get; } = Of(
        StatusCodes.Status429TooManyRequests, "busy", "This device sent a frame before it had the answer to the last one.");

    public static FratProblem TooLarge { get; } = Of(
        StatusCodes.Status413PayloadTooLarge, "requestTooLarge", $"A frame has at most {KioskVisit.MaxPictureBytes / 1024} KiB.");

    public static FratProblem SiteIsGone { get; } = Of(
        StatusCodes.Status409Conflict,
        "siteGone",
        "The site that this device stands at is not set up any more. An administrator adds the device anew.");

    public static FratProblem NotFrames { get; } = Of(
        StatusCodes.Status400BadRequest,
        "badRequest",
        "The body is not one to three frames, each behind its length as four bytes, the highest first.");

    public static FratProblem NotJson { get; } = Of(StatusCodes.Status400BadRequest, "badRequest", "The JSON can't be read.");

    public static FratProblem Invalid { get; } = Of(
        StatusCodes.Status400BadRequest, "invalidFields", "The ID, the PIN or the key is missing or too long.");

    public static FratProblem WrongTime { get; } = Of(
        StatusCodes.Status422UnprocessableEntity,
        "wrongTime",
        "The punch is more than a day old, or of a time that is still to come.");

    public static FratProblem KeyReused { get; } = Of(
        StatusCodes.Status422UnprocessableEntity, "idempotencyKeyReused", "This key belongs to another punch.");

    public static FratProblem TooLate { get; } = Of(
        StatusCodes.Status409Conflict, "tooLate", "This punch can't be taken back here any more.");

    private static FratProblem Of(int status, string code, string message) => new() { Status = status, Code = code, Message = message };
}
