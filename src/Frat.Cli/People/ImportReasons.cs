using System.Globalization;

namespace Frat.Cli.People;

/// <summary>Why somebody was not enrolled, in a sentence.</summary>
internal static class ImportReasons
{
    public static string Of(EnrollmentResult result, PeopleCsvRow row) => result.Outcome switch
    {
        EnrollmentOutcome.InvalidName when row.Name.Length == 0 => "There is no name.",
        EnrollmentOutcome.InvalidName => $"The name is longer than {Person.MaxNameLength} characters, or has one that can't be shown.",
        EnrollmentOutcome.InvalidEmployeeId when row.EmployeeId.Length == 0 => "There is no employee ID.",
        EnrollmentOutcome.InvalidEmployeeId when Person.Normalize(row.EmployeeId) is "." or ".." =>
            "The employee ID can't be . or .., which mean something else in an address.",
        EnrollmentOutcome.InvalidEmployeeId =>
            $"The employee ID is longer than {Person.MaxEmployeeIdLength} characters, or has one that can't be seen.",
        EnrollmentOutcome.InvalidPhotoCount => $"There are more than {EnrollmentRequest.MaxPhotos} photos.",
        EnrollmentOutcome.PhotoRefused => $"Photo '{Terminal.Excerpt(row.Photos[result.PhotoIndex])}': {Of(result.Photo!.Verdict)}",
        EnrollmentOutcome.DifferentPeople => "The photos show different people.",
        EnrollmentOutcome.ConsentRequired => "The consent is not in force.",
        EnrollmentOutcome.DuplicateFace => string.Create(
            CultureInfo.InvariantCulture,
            $"The face is like that of '{Terminal.Excerpt(result.Duplicate!.Person.Name)}' "
                + $"({Terminal.Excerpt(result.Duplicate.Person.EmployeeId)}). If they are two people, say why in the column "
                + $"duplicate_reason."),
        _ => $"Not enrolled: {result.Outcome}.",
    };

    private static string Of(PhotoVerdict verdict) => verdict switch
    {
        PhotoVerdict.NoFace => "No face was found.",
        PhotoVerdict.SeveralFaces => "More than one face was found.",
        PhotoVerdict.FaceTooSmall => "The face is too small.",
        PhotoVerdict.Blurred => "The face is blurred.",
        PhotoVerdict.Turned => "The face is turned aside.",
        PhotoVerdict.TooDark => "The face is too dark.",
        PhotoVerdict.TooBright => "The light on the face is too strong.",
        _ => $"Not good enough: {verdict}.",
    };
}
