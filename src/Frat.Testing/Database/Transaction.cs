using Frat.Storage.EfCore;

namespace Frat.Testing;

/// <summary>A change in the making. One caller at a time.</summary>
internal sealed class Transaction(State state)
{
    public State State { get; set; } = state;

    public PersonRecord? Find(Guid personId) => State.Find(personId);

    /// <summary>Puts a person's records in place of what they were.</summary>
    public void Save(PersonRecord person) => State = State with { People = State.People.SetItem(person.Person.Id, person) };

    /// <summary>Writes an entry of the audit trail.</summary>
    public AuditEntry Audit(DateTimeOffset now, AuditNote note, string action, Guid? personId, string? old = null, string? @new = null)
    {
        var entry = new AuditEntry
        {
            Sequence = State.Audit.Count + 1,
            At = now.ToMicrosecond(),
            By = note.By,
            Action = action,
            PersonId = personId,
            Old = old,
            New = @new,
            Reason = note.Reason,
        };
        State = State with { Audit = State.Audit.Add(entry) };
        return entry;
    }

    /// <summary>Tells galleries that somebody's templates are no longer what they were.</summary>
    public void Tell(Guid personId) =>
        State = State with { Changes = State.Changes.Add(new TemplateChange { Sequence = State.Changes.Count + 1, PersonId = personId }) };

    /// <summary>
    /// Asks for the days of anyone who is assigned a schedule: of everybody, where it was ever the default, or where it is null.
    /// </summary>
    public void Ask(Guid? scheduleId)
    {
        var id = State.LastJob + 1;
        var isDefault = State.Defaults.Exists(entry => entry.ScheduleId == scheduleId);
        State = State with { LastJob = id, Jobs = State.Jobs.Add(new DerivationJob(id, isDefault ? null : scheduleId)) };
    }
}
