namespace Frat.Storage.EfCore;

internal sealed class PersonRow
{
    public required Guid Id { get; init; }

    public required string EmployeeId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    public bool IsActive { get; set; } = true;

    /// <summary>When a face last led to a punch, to the day or so: retention counts from it. Null when it never did.</summary>
    public DateTimeOffset? LastRecognizedAt { get; set; }

    public Person ToPerson() => new(Id, EmployeeId, Name, EnrolledAt, IsActive);
}
