using System.Globalization;

namespace Frat.WebHost;

/// <summary>What people are told, in the words of the API.</summary>
internal static class Sentences
{
    public static string Of(PhotoVerdict verdict) => verdict switch
    {
        PhotoVerdict.Good => "This photo is good.",
        PhotoVerdict.NoFace => "No face was found. Use a photo that shows the face from the front, in good light.",
        PhotoVerdict.Blurred => "The face is blurred. Hold still, wipe the lens, or use a sharper photo.",
        PhotoVerdict.Turned => "The face is turned aside. Use a photo that shows it from the front.",
        PhotoVerdict.TooDark => "The face is too dark. Turn towards the light.",
        PhotoVerdict.TooBright => "The light on the face is too strong. Move out of the direct light.",
        PhotoVerdict.SeveralFaces => "More than one face was found. Use a photo of one person alone.",
        _ => "The face is too small. Come closer to the camera, or use a larger photo.",
    };

    public static string Of(CheckInResult result) => result switch
    {
        { Outcome: IdentificationOutcome.Recognized, Receipt: { Day: var day, Marked: true } } =>
            $"Welcome, {day.Person.Name}. You are marked present at {Clock(day.Time)}.",
        { Outcome: IdentificationOutcome.Recognized, Receipt: { Day: var day } } =>
            $"Welcome back, {day.Person.Name}. You were marked present at {Clock(day.Time)} already.",
        { Outcome: IdentificationOutcome.NoFace } => "No face was found. Look straight into the camera, in good light.",
        { Outcome: IdentificationOutcome.SeveralFaces } => "More than one face was found. Step in front of the camera alone.",
        { Outcome: IdentificationOutcome.Unsure } => "It is not clear who you are. Look straight into the camera and try again.",
        _ => "You were not recognised. Please register first.",
    };

    private static string Clock(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}
