using System.Text.Json;

namespace Frat.AspNetCore;

/// <summary>What is said of photos that can't be registered, whether they are a person's first ones or more.</summary>
internal static class EnrollmentRefusals
{
    // Not whose it is, nor how near: a photo would tell a name, and distances are what guessing a face needs.
    private const string DuplicateMessage = "This face is registered already, under another employee ID.";

    public static FratProblem Of(EnrollmentResult result) => result.Outcome switch
    {
        EnrollmentOutcome.DuplicateFace => new(StatusCodes.Status409Conflict, "duplicateFace", DuplicateMessage),
        EnrollmentOutcome.DifferentPeople => new(
            StatusCodes.Status422UnprocessableEntity, "differentPeople", "The photos show different people. Use photos of one person.")
        {
            Facts = new Dictionary<string, object?> { ["photoIndex"] = result.PhotoIndex },
        },
        EnrollmentOutcome.PhotoRefused => new(
            StatusCodes.Status422UnprocessableEntity, "photoRefused", PhotoTexts.Of(result.Photo!.Verdict))
        {
            Facts = new Dictionary<string, object?>
            {
                ["verdict"] = JsonNamingPolicy.CamelCase.ConvertName(result.Photo.Verdict.ToString()),
                ["photoIndex"] = result.PhotoIndex,
            },
        },
        EnrollmentOutcome.UnknownPerson => PersonRoute.NotFound,
        EnrollmentOutcome.ConsentRequired => ConsentRefusals.Required,
        _ => InvalidFields.Of((PhotoEndpoints.Photo, "Send other photos.")),
    };
}
