using System.Runtime.CompilerServices;
using System.Text;

namespace Frat.Storage.EfCore;

/// <summary>The argument checks of the contracts, the same for every database.</summary>
internal static class Arguments
{
    /// <summary>The longest IANA id has about 30 characters.</summary>
    public const int MaxTimeZoneLength = 100;

    public const int MaxEncoderIdLength = 200;

    public static void Check(Enrollment enrollment)
    {
        ArgumentNullException.ThrowIfNull(enrollment);
        CheckNormal(enrollment.EmployeeId, Person.MaxEmployeeIdLength);
        CheckNormal(enrollment.Name, Person.MaxNameLength);
        var encodings = enrollment.Encodings;
        if (encodings is null || encodings.Count == 0 || encodings.Any(encoding => encoding is null))
        {
            throw new ArgumentException("An enrolment has at least one encoding, and none of them is null.", nameof(enrollment));
        }

        if (encodings.Any(encoding => encoding.EncoderId != encodings[0].EncoderId || encoding.Dimension != encodings[0].Dimension))
        {
            throw new ArgumentException("All encodings of an enrolment are of one encoder.", nameof(enrollment));
        }

        CheckText(encodings[0].EncoderId, MaxEncoderIdLength);
    }

    public static void Check(Punch punch)
    {
        ArgumentNullException.ThrowIfNull(punch);
        CheckText(punch.TimeZone, MaxTimeZoneLength);
        CheckText(punch.Source, Punch.MaxSourceLength);
        CheckText(punch.IdempotencyKey, Punch.MaxIdempotencyKeyLength);
        if (!Enum.IsDefined(punch.Direction) || !Enum.IsDefined(punch.Method))
        {
            throw new ArgumentException($"{punch.Direction} and {punch.Method} are not both known.", nameof(punch));
        }

        if (punch is { Distance: { } distance } && !float.IsFinite(distance) || punch is { DetectionScore: { } score } && !float.IsFinite(score))
        {
            throw new ArgumentException("Distance and score are finite numbers.", nameof(punch));
        }
    }

    public static void Check(PunchCorrection correction)
    {
        ArgumentNullException.ThrowIfNull(correction);
        CheckText(correction.By, PunchCorrection.MaxByLength);
        CheckText(correction.Reason, PunchCorrection.MaxReasonLength);
        if (correction.Direction is { } direction && !Enum.IsDefined(direction))
        {
            throw new ArgumentException($"The direction {direction} is not known.", nameof(correction));
        }
    }

    private static void CheckNormal(string? text, int longest, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        CheckText(text, longest, name);
        if (Person.Normalize(text) != text)
        {
            throw new ArgumentException("The text is not in the form of Person.Normalize.", name);
        }
    }

    private static void CheckText(string? text, int longest, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        if (text.Length > longest)
        {
            throw new ArgumentException($"The text has {text.Length} characters; {longest} is the most.", name);
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The text contains U+0000, which PostgreSQL can't keep.", name);
        }

        // UTF-8 would turn each unpaired surrogate into the same character, and make different keys equal.
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                throw new ArgumentException("The text is not well-formed Unicode.", name);
            }

            rest = rest[used..];
        }
    }
}
