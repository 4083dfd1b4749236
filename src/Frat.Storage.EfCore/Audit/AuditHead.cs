using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Frat.Storage.EfCore;

/// <summary>
/// An entry of the audit trail and the digest of everything up to it. Kept outside of the database, it shows later whether the trail still
/// goes on from there: <see cref="AuditVerifier"/>. Immutable.
/// </summary>
public sealed record AuditHead
{
    /// <summary>The entry's sequence; 0 before the first.</summary>
    public required long Sequence { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="head">What it says.</param>
    /// <returns>False when it is no such text.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out AuditHead? head)
    {
        ArgumentNullException.ThrowIfNull(text);
        head = text.Trim().Split(':') is [var sequence, { Length: 64 } digest]
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && digest.All(char.IsAsciiHexDigit)
            ? new() { Sequence = number, Digest = digest.ToLowerInvariant() }
            : null;
        return head is not null;
    }

    /// <summary>The form to keep.</summary>
    /// <returns><c>SEQUENCE:DIGEST</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Digest}");
}
