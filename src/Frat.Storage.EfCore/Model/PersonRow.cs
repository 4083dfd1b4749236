namespace Frat.Storage.EfCore;

internal sealed class PersonRow
{
    public required Guid Id { get; init; }

    public required string EmployeeId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    public bool IsActive { get; set; } = true;

    /// <summary>For when a face last led to a punch, from which retention will count. Null: this version doesn't keep it.</summary>
    public DateTimeOffset? LastRecognizedAt { get; set; }

    public Person ToPerson() => new(Id, EmployeeId, Name, EnrolledAt, IsActive);
}
