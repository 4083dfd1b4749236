using System.Globalization;

namespace Frat.AspNetCore;

/// <summary>What people are told who check in, in the words of the API.</summary>
internal static class CheckInTexts
{
    public static string Of(CheckInResult result) => result switch
    {
        { Outcome: IdentificationOutcome.Recognized, Receipt: { } receipt } => Of(receipt),
        { Outcome: IdentificationOutcome.NoFace } => "No face was found. Look straight into the camera, in good light.",
        { Outcome: IdentificationOutcome.SeveralFaces } => "More than one face was found. Step in front of the camera alone.",
        { Outcome: IdentificationOutcome.TooFar } => "You are too far away. Come closer, and look straight into the camera.",
        { Outcome: IdentificationOutcome.FacesDiffer } =>
            "The pictures don't show one and the same face. Stay in front of the camera alone, and try again.",
        { Outcome: IdentificationOutcome.Unsure } => "It is not clear who you are. Look straight into the camera and try again.",
        _ => "You were not recognised. Please register first.",
    };

    public static string Of(PunchReceipt receipt) => receipt.Marked
        ? $"Welcome, {receipt.Day.Person.Name}. You are marked present at {Clock(receipt.Day.Time)}."
        : $"Welcome back, {receipt.Day.Person.Name}. You were marked present at {Clock(receipt.Day.Time)} already.";

    private static string Clock(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}
