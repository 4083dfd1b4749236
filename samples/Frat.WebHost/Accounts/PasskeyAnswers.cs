using System.Text.Json;

namespace Frat.WebHost;

/// <summary>What browsers send of a passkey.</summary>
internal static class PasskeyAnswers
{
    private const int MaxLength = 16 * 1024;

    public static bool CanBe(string? credential) => credential is { Length: > 0 and < MaxLength };

    /// <summary>Whether Identity throws since what was sent is no answer to what this host asked.</summary>
    public static bool IsRefusal(Exception exception) => exception is InvalidOperationException or JsonException or FormatException;
}
