namespace Frat.Storage.EfCore;

/// <summary>
/// A line of the audit trail. Triggers of the database refuse to change or delete it. There is no foreign key: it outlives the person,
/// whose id is then a pseudonym that leads nowhere.
/// </summary>
internal sealed class AuditEntryRow
{
    /// <summary>Given by the database.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string Action { get; init; }

    public Guid? PersonId { get; init; }

    public string? Old { get; init; }

    public string? New { get; init; }

    public string? Reason { get; init; }

    public AuditEntry ToEntry() => new()
    {
        Sequence = Sequence,
        At = At,
        By = StoredActor.Read(By),
        Action = Action,
        PersonId = PersonId,
        Old = Old,
        New = New,
        Reason = Reason,
    };
}
