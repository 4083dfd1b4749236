namespace Frat;

/// <summary>A new person with the templates to recognise them by. Immutable.</summary>
public sealed record Enrollment
{
    /// <summary>The employer's id, in the form of <see cref="Person.Normalize"/>; see <see cref="Person.IsEmployeeId"/>.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>The name, in the form of <see cref="Person.Normalize"/>; see <see cref="Person.IsName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The templates, all of one encoder. None for somebody who is not to be recognised by face.</summary>
    public required IReadOnlyList<NewTemplate> Templates { get; init; }

    /// <summary>The person's consent, in force now. Only somebody without templates may come without one.</summary>
    public required Consent? Consent { get; init; }

    /// <summary>See <see cref="Person.FirstDay"/>.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>See <see cref="Person.LastDay"/>.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Who enrols.</summary>
    public required AuditNote Note { get; init; }

    /// <summary>The person with a like face who was found, and is somebody else; null when nobody was.</summary>
    public AcceptedDuplicate? AcceptedDuplicate { get; init; }

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="enrollment">The value.</param>
    /// <exception cref="ArgumentException">
    /// A text is empty, too long or not well-formed or not in its normal form, the templates are of several encoders, or the last
    /// working day is before the first.
    /// </exception>
    public static void ThrowIfInvalid(Enrollment enrollment)
    {
        ArgumentNullException.ThrowIfNull(enrollment);
        Person.ThrowIfNoEmployeeId(enrollment.EmployeeId);
        Person.ThrowIfNoName(enrollment.Name);
        Person.ThrowIfNoWorkingDays(enrollment.FirstDay, enrollment.LastDay);
        AuditNote.ThrowIfInvalid(enrollment.Note);
        NewTemplate.ThrowIfInvalid(enrollment.Templates);
        if (enrollment.Consent is { } consent)
        {
            Consent.ThrowIfInvalid(consent);
        }

        if (enrollment.AcceptedDuplicate is { } duplicate)
        {
            AuditNote.ThrowIfInvalid(duplicate.Note);
            ArgumentChecks.CheckText(duplicate.Note.Reason, AuditNote.MaxReasonLength);
        }
    }
}

/// <summary>That somebody looked at two people with a like face, and answers for their being two. Immutable.</summary>
public sealed record AcceptedDuplicate
{
    /// <summary>The person who was enrolled before.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Who says so, and why: the reason is required.</summary>
    public required AuditNote Note { get; init; }
}

/// <summary>What came of an enrolment.</summary>
public sealed record EnrollmentReceipt
{
    /// <summary>The new person or, where the ID was taken, the person who has it.</summary>
    public required Person Person { get; init; }

    /// <summary>False when the employee ID was taken: nothing was stored.</summary>
    public required bool Created { get; init; }
}
