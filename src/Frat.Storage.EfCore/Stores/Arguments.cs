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
        Check(enrollment.Note);
        Check(enrollment.Templates);
        if (enrollment.Consent is { } consent)
        {
            Check(consent);
        }

        if (enrollment.AcceptedDuplicate is { } duplicate)
        {
            Check(duplicate.Note);
            CheckText(duplicate.Note.Reason, AuditNote.MaxReasonLength);        }
    }

    /// <summary>Checks templates, of which there may be none.</summary>
    public static void Check(IReadOnlyList<NewTemplate> templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        if (templates.Any(template => template?.Encoding is null))
        {
            throw new ArgumentException("No template is null, nor is its encoding.", nameof(templates));
        }

        if (templates.Count > 0)
        {
            var first = templates[0].Encoding;
            if (templates.Any(template => template.Encoding.EncoderId != first.EncoderId || template.Encoding.Dimension != first.Dimension))
            {
                throw new ArgumentException("All templates of a call are of one encoder.", nameof(templates));
            }

            CheckText(first.EncoderId, MaxEncoderIdLength);
        }
    }

    public static void Check(Consent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        CheckText(consent.TextVersion, Consent.MaxTextVersionLength);
        CheckText(consent.Purpose, Consent.MaxPurposeLength);
        CheckText(consent.RecordedBy, AuditNote.MaxByLength);
        if (!Enum.IsDefined(consent.Basis))
        {
            throw new ArgumentException($"{consent.Basis} is no known basis.", nameof(consent));
        }

        if (consent.WithdrawnAt is not null || consent.WithdrawnBy is not null)
        {
            throw new ArgumentException("A consent is recorded as it was given. Withdraw it with RevokeAsync.", nameof(consent));
        }
    }

    public static void Check(AuditNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        CheckText(note.By, AuditNote.MaxByLength);
        if (note.Reason is not null)
        {
            CheckText(note.Reason, AuditNote.MaxReasonLength);
        }
    }

    public static void Check(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        CheckText(auditEvent.Action, AuditEvent.MaxActionLength);
        Check(auditEvent.Note);
        foreach (var value in new[] { auditEvent.Old, auditEvent.New }.OfType<string>())
        {
            CheckText(value, AuditEvent.MaxValueLength);
        }
    }

    public static void Check(Punch punch)
    {
        ArgumentNullException.ThrowIfNull(punch);
        CheckText(punch.TimeZone, MaxTimeZoneLength);
        CheckText(punch.Source, Punch.MaxSourceLength);
        CheckText(punch.IdempotencyKey, Punch.MaxIdempotencyKeyLength);
        if (punch.RequestDigest is { } digest)
        {
            CheckText(digest, Punch.MaxRequestDigestLength);
        }

        if (!Enum.IsDefined(punch.Direction) || !Enum.IsDefined(punch.Method))
        {
            throw new ArgumentException($"{punch.Direction} and {punch.Method} are not both known.", nameof(punch));
        }

        if (punch is { Distance: { } distance } && !float.IsFinite(distance)
            || punch is { DetectionScore: { } score } && !float.IsFinite(score))
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

    public static void Check(HolidayCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        CheckName(calendar.Name, HolidayCalendar.MaxNameLength);
        ArgumentNullException.ThrowIfNull(calendar.Holidays);
        if (calendar.Holidays.DistinctBy(holiday => holiday.Date).Count() != calendar.Holidays.Count)
        {
            throw new ArgumentException("A date is in the calendar twice.", nameof(calendar));
        }

        foreach (var holiday in calendar.Holidays)
        {
            CheckName(holiday.Name, HolidayCalendar.MaxNameLength);
        }
    }

    public static void Check(Leave leave)
    {
        ArgumentNullException.ThrowIfNull(leave);
        if (leave.To < leave.From || leave.To.DayNumber - leave.From.DayNumber > 3653)
        {
            throw new ArgumentException("A leave's last date is not before its first, nor more than ten years after it.", nameof(leave));
        }

        if (!Enum.IsDefined(leave.Part))
        {
            throw new ArgumentException($"The part {leave.Part} is not known.", nameof(leave));
        }

        if (leave.Note is not null)
        {
            CheckText(leave.Note, Leave.MaxNoteLength);
        }
    }

    public static void CheckName(string? name, int longest) => CheckText(name, longest);

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
