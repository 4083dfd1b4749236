using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>From the photos of a request to templates, through the gate: the part that enrolling and adding photos share.</summary>
internal sealed class PhotoReader(FaceFinder finder, IdentificationRule rule, IOptions<FratOptions> options)
{
    /// <summary>Looks at a photo.</summary>
    public async Task<PhotoAssessment> AssessAsync(FaceImage photo, CancellationToken cancellationToken)
    {
        var (width, height, faces) = await finder.FindAsync(photo, WorkKind.Photo, cancellationToken).ConfigureAwait(false);
        return new PhotoAssessment
        {
            Verdict = PhotoGate.Judge(faces, options.Value.Enrollment), Width = width, Height = height, Faces = faces,
        };
    }

    /// <summary>Makes templates of photos of one person.</summary>
    /// <returns>The templates, or why there are none.</returns>
    public async Task<(IReadOnlyList<NewTemplate> Templates, EnrollmentResult? Refusal)> ReadAsync(
        IReadOnlyList<FaceImage> photos, CancellationToken cancellationToken)
    {
        var templates = new List<NewTemplate>(photos.Count);
        for (var i = 0; i < photos.Count; i++)
        {
            var photo = await AssessAsync(photos[i], cancellationToken).ConfigureAwait(false);
            if (photo.Verdict != PhotoVerdict.Good)
            {
                return ([], new EnrollmentResult { Outcome = EnrollmentOutcome.PhotoRefused, Photo = photo, PhotoIndex = i });
            }

            templates.Add(new NewTemplate { Encoding = photo.Faces[0].Encoding, Quality = photo.Faces[0].Quality });
        }

        return rule.AreOne([.. templates.Select(template => template.Encoding)])
            ? (templates, null)
            : ([], new EnrollmentResult { Outcome = EnrollmentOutcome.DifferentPeople });
    }
}
