using Microsoft.AspNetCore.Http.HttpResults;

namespace Frat.WebHost;

internal static class PhotosApi
{
    public const string Photo = "photo";

    public static void MapPhotos(this IEndpointRouteBuilder api) =>
        api.MapPost("/photos/assess", AssessAsync).TakesUploads(UploadKind.Other)
            .WithName("assessPhoto").WithTags("People")
            .WithSummary("Look at a photo as a registration would")
            .WithDescription("Finds the faces and says whether the photo is good enough to register with. Nothing is stored.")
            .WithMetadata(new FormBody(new FormField(Photo, "A JPEG, PNG or WebP image.", IsFile: true)))
            .Produces<AssessmentAnswer>()
            .ProducesValidationProblem()
            .Fails(408, 411, 413, 415, 500, 503);

    private static async Task<IResult> AssessAsync(HttpContext context, IEnrollmentService enrollment, UploadLimits limits)
    {
        using var form = await UploadedForm.ReadAsync(context.Request, limits);
        if (form.Failure is { } failure)
        {
            return new FailureResult(failure);
        }

        if (form.File(Photo) is not { } photo)
        {
            return new FailureResult(InvalidFields.Of((Photo, "Send the photo as a file.")));
        }

        return Answer(await enrollment.AssessAsync(photo.Content, context.RequestAborted));
    }

    private static Ok<AssessmentAnswer> Answer(PhotoAssessment photo) => TypedResults.Ok(new AssessmentAnswer(
        photo.Verdict,
        Sentences.Of(photo.Verdict),
        photo.Width,
        photo.Height,
        [.. photo.Faces.Select(
            face => new FaceAnswer(new BoxAnswer(face.Box.Left, face.Box.Top, face.Box.Right, face.Box.Bottom), face.Score))]));
}
