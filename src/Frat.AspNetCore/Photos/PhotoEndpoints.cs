namespace Frat.AspNetCore;

internal static class PhotoEndpoints
{
    public const string Photo = "photo";

    public static void MapPhotos(this IEndpointRouteBuilder api) =>
        api.MapPost("/photos/assess", AssessAsync).TakesUploads(UploadKind.Other)
            .Is("assessPhoto", "People", FratPolicies.ManagePeople)
            .WithSummary("Look at a photo as a registration would")
            .WithDescription("Finds the faces and says whether the photo is good enough to register with. Nothing is stored.")
            .WithMetadata(new FormBody(new FormField(Photo, "A JPEG, PNG or WebP image.", IsFile: true)))
            .Produces<AssessmentAnswer>()
            .ProducesValidationProblem()
            .Fails(408, 411, 413, 415, 500, 503);

    private static async Task<IResult> AssessAsync(HttpContext context, EnrollmentService enrollment, UploadLimits limits)
    {
        using var form = await UploadedForm.ReadAsync(context.Request, limits);
        if (form.Problem is { } problem)
        {
            return problem;
        }

        if (form.File(Photo) is not { } photo)
        {
            return InvalidFields.Of((Photo, "Send the photo as a file."));
        }

        return Answer(await enrollment.AssessAsync(photo.Content, context.RequestAborted));
    }

    private static JsonAnswer<AssessmentAnswer> Answer(PhotoAssessment photo) => JsonAnswer.Ok(
        new AssessmentAnswer(
            photo.Verdict,
            PhotoTexts.Of(photo.Verdict),
            photo.Width,
            photo.Height,
            [.. photo.Faces.Select(
                face => new FaceAnswer(new BoxAnswer(face.Box.Left, face.Box.Top, face.Box.Right, face.Box.Bottom), face.Score))]),
        PhotoJson.Wire.AssessmentAnswer);
}
