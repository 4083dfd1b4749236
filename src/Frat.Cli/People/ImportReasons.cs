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
        EnrollmentOutcome.DifferentPeople =>
            $"The photos show different people: '{Terminal.Excerpt(row.Photos[result.PhotoIndex])}' is least like the others.",
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
        PhotoVerdict.NoFace => "No face was found. Use one that shows the face from the front, in good light.",
        PhotoVerdict.SeveralFaces => "More than one face was found. Use one of one person alone, or cut the others off.",
        PhotoVerdict.FaceTooSmall => "The face is too small. Use a larger one, or one taken from nearer.",
        PhotoVerdict.Blurred => "The face is blurred. Use a sharper one.",
        PhotoVerdict.Turned => "The face is turned aside. Use one from the front.",
        PhotoVerdict.TooDark => "The face is too dark. Use one with light on the face.",
        PhotoVerdict.TooBright => "The light on the face is too strong. Use one in softer light.",
        _ => $"Not good enough: {verdict}.",
    };
}
