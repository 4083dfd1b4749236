namespace Frat.AspNetCore;

/// <summary>What is said where a consent is missing, or is one to another text.</summary>
internal static class ConsentRefusals
{
    public const string Field = "consent";

    public static FratProblem Required { get; } = Refuse(
        "consentRequired", "Nobody is registered without having agreed. Ask the person, and send the version of the text.");

    /// <summary>
    /// Why a version is no consent to the present text; null when it is. The version says which text the person saw: a page that was opened
    /// before the text changed must not record consent to the new one.
    /// </summary>
    public static FratProblem? Of(string? version, ConsentOptions consent) => version switch
    {
        null or "" => Required,
        _ when version != consent.Version => Refuse(
            "consentOutdated", "The text of the consent has changed. Show the person the present one, and ask again."),
        _ => null,
    };

    private static FratProblem Refuse(string code, string message) => new(StatusCodes.Status422UnprocessableEntity, code, message);
}
