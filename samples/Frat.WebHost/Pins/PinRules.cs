using System.Security.Cryptography;

namespace Frat.WebHost;

/// <summary>Why a PIN is not set.</summary>
internal enum PinRefusal
{
    /// <summary>It isn't 4 to 6 digits.</summary>
    NotDigits,

    /// <summary>It is one of those that are tried first.</summary>
    TooSimple,

    /// <summary>It is in the employee ID, which everybody sees.</summary>
    InEmployeeId,

    /// <summary>There is no such person, or not any more.</summary>
    NoSuchPerson,
}

/// <summary>What a PIN has to be. Stateless.</summary>
internal static class PinRules
{
    public const int MinLength = 4;
    public const int MaxLength = 6;

    private const string Digits = "0123456789";

    public static bool IsPin(string? text) => text is { Length: >= MinLength and <= MaxLength } && text.All(char.IsAsciiDigit);

    /// <summary>Whether a text can be somebody's PIN.</summary>
    /// <returns>Why it can't; null when it can.</returns>
    public static PinRefusal? Refuse(string? pin, string employeeId) =>
        !IsPin(pin) ? PinRefusal.NotDigits
        : IsRow(pin!) || IsRepetition(pin!) ? PinRefusal.TooSimple
        : employeeId.Contains(pin!, StringComparison.Ordinal) ? PinRefusal.InEmployeeId
        : null;

    /// <summary>Makes one of the longest, which nobody chose and nobody guesses.</summary>
    public static string Create(string employeeId)
    {
        while (true)
        {
            var pin = RandomNumberGenerator.GetString(Digits, MaxLength);
            if (Refuse(pin, employeeId) is null)
            {
                return pin;
            }
        }
    }

    public static string Words(PinRefusal refusal) => refusal switch
    {
        PinRefusal.NotDigits => $"A PIN has {MinLength} to {MaxLength} digits.",
        PinRefusal.TooSimple => "This PIN is one of those that are tried first: choose one without a row or a repetition.",
        PinRefusal.InEmployeeId => "This PIN is part of the employee ID, which others know.",
        _ => "There is no such person any more.",
    };

    // 1234, 654321, and on from 9 to 0; the same digit over and over is a row of steps of 0.
    private static bool IsRow(string pin) =>
        Enumerable.Range(1, pin.Length - 1).Select(i => (pin[i] - pin[i - 1] + 10) % 10).Distinct().ToList() is [0 or 1 or 9];

    // 1212, 123123, 121212.
    private static bool IsRepetition(string pin) =>
        (pin.Length % 2 == 0 && pin[..(pin.Length / 2)] == pin[(pin.Length / 2)..])
        || (pin.Length % 2 == 0 && pin.Chunk(2).Select(pair => new string(pair)).Distinct().Count() == 1);
}
