namespace Frat;

/// <summary>A new person with the templates to recognise them by. Immutable.</summary>
public sealed record Enrollment
{
    /// <summary>The employer's id, in the form of <see cref="Person.Normalize"/>; see <see cref="Person.IsEmployeeId"/>.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>The name, in the form of <see cref="Person.Normalize"/>; see <see cref="Person.IsName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>At least one encoding, all of one encoder.</summary>
    public required IReadOnlyList<FaceEncoding> Encodings { get; init; }
}

/// <summary>What came of an enrolment.</summary>
/// <param name="Person">The new person or, where the ID was taken, the person who has it.</param>
/// <param name="Created">False when the employee ID was taken: nothing was stored.</param>
public sealed record EnrollmentReceipt(Person Person, bool Created);
