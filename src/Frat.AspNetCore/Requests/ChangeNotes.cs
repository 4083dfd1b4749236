using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>Reads who makes a change, and why.</summary>
internal static class ChangeNotes
{
    public const string By = "by";
    public const string Reason = "reason";

    /// <summary>Who it is said to be where nobody says.</summary>
    private static readonly Actor Nobody = Actor.Claimed("web");

    /// <summary>Who makes the request, where the application knows.</summary>
    public static Actor? ActorOf(HttpContext context)
    {
        var actor = OptionsOf(context).Actor(context);
        try
        {
            if (actor is not null)
            {
                Actor.ThrowIfInvalid(actor);
            }

            return actor;
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException(
                $"FratEndpointOptions.Actor gave an actor that can't be kept. {exception.Message}", exception);
        }
    }

    /// <summary>Who makes the request: the user; or, where nobody is known, whom the caller names, or <c>web</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="said">What the caller says.</param>
    /// <returns>Who, and what is wrong with what the caller says; null when nothing is.</returns>
    public static (Actor By, string? Error) ReadBy(HttpContext context, string? said)
    {
        var text = said?.Trim() ?? "";
        var actor = ActorOf(context);
        return text.Length == 0 ? (actor ?? Nobody, null)
            : actor is null && OptionsOf(context).CallersNameThemselves
                ? (Actor.Claimed(text), Actor.IsId(text) ? null : ErrorOf(Actor.MaxIdLength))
            : (actor ?? Nobody, "Leave this out: the application itself says who makes a call.");
    }

    /// <summary>What is wrong with a text that says why; null when nothing is.</summary>
    public static string? ErrorOfReason(string reason) => AuditNote.IsReason(reason) ? null : ErrorOf(AuditNote.MaxReasonLength);

    /// <summary>The note, or what is wrong with it.</summary>
    public static (AuditNote Note, FratProblem Invalid) Read(HttpContext context, string? by, string? reason)
    {
        var (who, error) = ReadBy(context, by);
        var why = reason?.Trim() is { Length: > 0 } text ? text : null;
        return (
            new AuditNote { By = who, Reason = why },
            InvalidFields.Of((By, error), (Reason, why is null ? null : ErrorOfReason(why))));
    }

    private static FratEndpointOptions OptionsOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<FratEndpointOptions>>().Value;

    private static string ErrorOf(int maxLength) => $"Write at most {maxLength} characters that can be shown.";
}
