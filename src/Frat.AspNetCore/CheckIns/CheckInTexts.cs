using System.Globalization;

namespace Frat.AspNetCore;

/// <summary>What people are told who check in, in the words of the API.</summary>
internal static class CheckInTexts
{
    public static string Of(CheckInResult result) => result switch
    {
        { Outcome: CheckInOutcome.Recognized, Receipt: { Day: var day, Marked: true } } =>
            $"Welcome, {day.Person.Name}. You are marked present at {Clock(day.Time)}.",
        { Outcome: CheckInOutcome.Recognized, Receipt: { Day: var day } } =>
            $"Welcome back, {day.Person.Name}. You were marked present at {Clock(day.Time)} already.",
        { Outcome: CheckInOutcome.NoFace } => "No face was found. Look straight into the camera, in good light.",
        { Outcome: CheckInOutcome.SeveralFaces } => "More than one face was found. Step in front of the camera alone.",
        { Outcome: CheckInOutcome.Unsure } => "It is not clear who you are. Look straight into the camera and try again.",
        _ => "You were not recognised. Please register first.",
    };

    private static string Clock(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}
