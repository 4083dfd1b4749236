namespace Frat.Storage.EfCore;

internal sealed class PersonRow
{
    public required Guid Id { get; init; }

    public required string EmployeeId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    public bool IsActive { get; set; } = true;

    /// <summary>
    /// When a face last led to a punch, to the day: of the punches of one day (UTC), it is the first. Retention of templates counts from
    /// here.
    /// </summary>
    public DateTimeOffset? LastRecognizedAt { get; set; }

    /// <summary>
    /// The first date whose attendance retention has left. Before it there are facts that nobody has any more, so nothing but a punch that
    /// is there makes a day: no absence is derived. Null: nothing was deleted yet.
    /// </summary>
    public DateOnly? AttendanceKeptFrom { get; set; }

    /// <summary>Binds employee ID and name to the id, as <see cref="PersonSeal"/> does. Empty: an older version stored the row.</summary>
    public required byte[] Seal { get; set; }

    public Person ToPerson() => new(Id, EmployeeId, Name, EnrolledAt, IsActive);
}
