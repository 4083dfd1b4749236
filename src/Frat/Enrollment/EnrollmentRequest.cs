namespace Frat;

/// <summary>Somebody to enrol, as typed and photographed.</summary>
public sealed record EnrollmentRequest
{
    /// <summary>The most photos that one request may carry.</summary>
    public const int MaxPhotos = 10;

    /// <summary>The employee ID as typed; brought into its stored form by <see cref="Person.Normalize"/>.</summary>
    public required string? EmployeeId { get; init; }

    /// <summary>The name as typed, in any script; brought into its stored form by <see cref="Person.Normalize"/>.</summary>
    public required string? Name { get; init; }

    /// <summary>
    /// 1 to <see cref="MaxPhotos"/> image files, each with one face, all of the same person. Three are better than one. Borrowed until the
    /// call completes.
    /// </summary>
    public required IReadOnlyList<FaceImage> Photos { get; init; }

    /// <summary>
    /// The person's consent, such as <see cref="ConsentOptions.ToConsent"/> makes one; null, expired or withdrawn is refused.
    /// </summary>
    public required Consent? Consent { get; init; }

    /// <summary>See <see cref="Person.FirstDay"/>; null by default.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>See <see cref="Person.LastDay"/>; null by default.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Who enrols, for the audit trail.</summary>
    public required AuditNote Note { get; init; }

    /// <summary>
    /// Lets the person be enrolled although the face is like that of somebody who is enrolled already; null, the default, answers that with
    /// <see cref="EnrollmentOutcome.DuplicateFace"/>. Without such a likeness it does nothing, and leaves no trace.
    /// </summary>
    public DuplicateOverride? DuplicateOverride { get; init; }
}
