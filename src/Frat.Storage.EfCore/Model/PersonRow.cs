namespace Frat.Storage.EfCore;

internal sealed class PersonRow
{
    public required Guid Id { get; init; }

    public required string EmployeeId { get; set; }

    public required string Name { get; set; }

    public required DateTimeOffset EnrolledAt { get; init; }

    public bool IsActive { get; set; } = true;

    public DateOnly? FirstDay { get; set; }

    public DateOnly? LastDay { get; set; }

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

    /// <summary>Binds employee ID and name to the id, as <see cref="PersonSeal"/> does.</summary>
    public required byte[] Seal { get; set; }

    /// <summary>What searches look into: see <see cref="SearchText"/>.</summary>
    public string SearchText { get; set; } = "";

    public Person ToPerson() => new()
    {
        Id = Id,
        EmployeeId = EmployeeId,
        Name = Name,
        EnrolledAt = EnrolledAt,
        IsActive = IsActive,
        FirstDay = FirstDay,
        LastDay = LastDay,
    };
}
