namespace Frat.Storage.EfCore;

internal sealed class PersonRow
{
    public required Guid Id { get; init; }

    public required string EmployeeId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    public Person ToPerson() => new(Id, EmployeeId, Name, EnrolledAt);
}
