using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>From the photos of a request to templates, through the gate: the part that enrolling and adding photos share.</summary>
internal sealed class PhotoReader(
    FaceFinder finder, IFaceEncoder encoder, IOptions<FratOptions> options, SecondEncoder? second = null)
{
    /// <summary>Looks at a photo.</summary>
    public async Task<PhotoAssessment> AssessAsync(FaceImage photo, CancellationToken cancellationToken) =>
        Judge(await finder.FindAsync(photo, WorkKind.Photo, cancellationToken).ConfigureAwait(false));

    /// <summary>Makes templates of photos of one person.</summary>
    /// <returns>The templates, or why there are none.</returns>
    public async Task<(PhotoTemplates Templates, EnrollmentResult? Refusal)> ReadAsync(
        IReadOnlyList<FaceImage> photos, CancellationToken cancellationToken)
    {
        var templates = new List<NewTemplate>(photos.Count);
        var others = new List<NewTemplate>();
        for (var i = 0; i < photos.Count; i++)
        {
            var found = await finder.FindAsync(photos[i], WorkKind.Enrollment, cancellationToken).ConfigureAwait(false);
            var photo = Judge(found);
            if (photo.Verdict != PhotoVerdict.Good)
            {
                var refusal = new EnrollmentResult { Outcome = EnrollmentOutcome.PhotoRefused, Photo = photo, PhotoIndex = i };
                return (PhotoTemplates.None, refusal);
            }

            templates.Add(ToTemplate(photo.Faces[0], encoder.Info));
            if (found.Other is { } other)
            {
                others.Add(ToTemplate(other, second!.Encoder.Info));
            }
        }

        return PhotoAgreement.FindOdd([.. templates.Select(template => template.Encoding)], encoder.Info) is { } odd
            ? (PhotoTemplates.None, new EnrollmentResult { Outcome = EnrollmentOutcome.DifferentPeople, PhotoIndex = odd })
            : (new PhotoTemplates(templates, AreOne(others) ? others : []), null);
    }

    private NewTemplate ToTemplate(Face face, FaceEncoderInfo by) => new()
    {
        Encoding = face.Encoding, Quality = face.Quality, Way = by.WayOf(options.Value.Enrollment.Jitter),
    };

    private PhotoAssessment Judge(FacesInImage found) => new()
    {
        Verdict = PhotoGate.Judge(found.Faces, options.Value.Enrollment), Width = found.Width, Height = found.Height, Faces = found.Faces,
    };

    private bool AreOne(List<NewTemplate> others) =>
        second is null || PhotoAgreement.FindOdd([.. others.Select(other => other.Encoding)], second.Encoder.Info) is null;
}

/// <summary>What is made of photos of one person.</summary>
/// <param name="Of">The templates by which the person is recognised.</param>
/// <param name="Others">Those of the second encoder, which may see less in them, or nothing.</param>
internal sealed record PhotoTemplates(IReadOnlyList<NewTemplate> Of, IReadOnlyList<NewTemplate> Others)
{
    public static PhotoTemplates None { get; } = new([], []);
}
