namespace Frat;

/// <summary>Photos to add to a person.</summary>
public sealed record AddPhotosRequest
{
    /// <summary>Whose.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>
    /// 1 to <see cref="EnrollmentRequest.MaxPhotos"/> image files, each with one face, all of the person. Borrowed until the call
    /// completes.
    /// </summary>
    public required IReadOnlyList<FaceImage> Photos { get; init; }

    /// <summary>
    /// A new consent, such as <see cref="ConsentOptions.ToConsent"/> makes one, which is recorded with the photos: required where none of
    /// the person's is in force, as after a revocation. Null to add the photos under the one that is.
    /// </summary>
    public Consent? Consent { get; init; }

    /// <summary>Who adds them, for the audit trail.</summary>
    public required AuditNote Note { get; init; }

    /// <summary>
    /// Lets the photos be added although the face is like that of somebody else who is enrolled; null, the default, answers that with
    /// <see cref="EnrollmentOutcome.DuplicateFace"/>.
    /// </summary>
    public DuplicateOverride? DuplicateOverride { get; init; }
}
