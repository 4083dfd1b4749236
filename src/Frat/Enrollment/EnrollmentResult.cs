namespace Frat;

/// <summary>What came of an enrolment. Everything but <see cref="Enrolled"/> stored nothing.</summary>
public enum EnrollmentOutcome
{
    /// <summary>The person is enrolled, or has the added photos, and is recognized by them from now on.</summary>
    Enrolled,

    /// <summary>The name is none by <see cref="Person.IsName"/>.</summary>
    InvalidName,

    /// <summary>The employee ID is none by <see cref="Person.IsEmployeeId"/>.</summary>
    InvalidEmployeeId,

    /// <summary>There is no photo, or there are more than <see cref="EnrollmentRequest.MaxPhotos"/>.</summary>
    InvalidPhotoCount,

    /// <summary>A photo is not good enough; <see cref="EnrollmentResult.Photo"/> says why.</summary>
    PhotoRefused,

    /// <summary>The photos show more than one person, or somebody else than the person to whom they were to be added.</summary>
    DifferentPeople,

    /// <summary>Somebody else has the employee ID.</summary>
    EmployeeIdTaken,

    /// <summary>There is nobody with this id to add photos to.</summary>
    UnknownPerson,

    /// <summary>There is no consent that is in force.</summary>
    ConsentRequired,

    /// <summary>
    /// Somebody who is enrolled already has a like face; <see cref="EnrollmentResult.Duplicate"/> says who. Either it is the same person,
    /// or somebody has to answer for their being two: see <see cref="EnrollmentRequest.DuplicateOverride"/>. The attempt is in the audit
    /// trail, as <see cref="AuditActions.DuplicateRefused"/>.
    /// </summary>
    DuplicateFace,
}

/// <summary>What came of an enrolment.</summary>
public sealed record EnrollmentResult
{
    /// <summary>How many people with a like face are told of at most.</summary>
    public const int MaxAlike = 10;

    /// <summary>What came of it.</summary>
    public required EnrollmentOutcome Outcome { get; init; }

    /// <summary>The person, when <see cref="EnrollmentOutcome.Enrolled"/>.</summary>
    public Person? Person { get; init; }

    /// <summary>The photo that was refused, when <see cref="EnrollmentOutcome.PhotoRefused"/>.</summary>
    public PhotoAssessment? Photo { get; init; }

    /// <summary>
    /// Which photo was refused, counted from 0; when <see cref="EnrollmentOutcome.DifferentPeople"/>, the one that is least like the
    /// others or, where photos were to be added, the first that is like none that the person has.
    /// </summary>
    public int PhotoIndex { get; init; }

    /// <summary>
    /// Who has a like face, when <see cref="EnrollmentOutcome.DuplicateFace"/>, and when that was overridden. Who sees this can tell whose
    /// a photo is, and the distance is what guessing a face needs: an application shows neither to somebody who may only enrol.
    /// </summary>
    public DuplicateFace? Duplicate => Alike.Count > 0 ? Alike[0] : null;

    /// <summary>
    /// Everybody with a like face, the nearest first, <see cref="MaxAlike"/> at most: <see cref="Duplicate"/> is the first of them. Where
    /// somebody is enrolled and there are two or more, check-ins may take them for one another, and whoever enrols should be warned. To be
    /// shown as <see cref="Duplicate"/> is; how many there are, anyone may be told.
    /// </summary>
    public IReadOnlyList<DuplicateFace> Alike { get; init; } = [];
}
