namespace Frat.Storage.EfCore;

/// <summary>Writes entries of the audit trail in the transaction of the change itself. Stateless.</summary>
internal static class AuditWriter
{
    /// <summary>Adds an entry, which is stored at the end of the transaction.</summary>
    /// <param name="context">The context of the change.</param>
    /// <param name="at">When.</param>
    /// <param name="note">Who and why.</param>
    /// <param name="action">What; see <see cref="AuditActions"/>.</param>
    /// <param name="personId">Whom it is about.</param>
    /// <param name="old">What was before. It can never be deleted: no names, no biometric data.</param>
    /// <param name="new">What is now. It can never be deleted: no names, no biometric data.</param>
    /// <returns>The row; its sequence is known once it is stored.</returns>
    public static AuditEntryRow Audit(
        this FratDbContext context,
        DateTimeOffset at,
        AuditNote note,
        string action,
        Guid? personId,
        string? old = null,
        string? @new = null)
    {
        var row = new AuditEntryRow
        {
            At = at.ToMicrosecond(),
            By = StoredActor.Write(note.By),
            Action = action,
            PersonId = personId,
            Old = Cut(old),
            New = Cut(@new),
            Reason = note.Reason,
        };
        context.Trail.Add(row);
        return row;
    }

    private static string? Cut(string? value) => value?.Length > AuditEvent.MaxValueLength ? value[..AuditEvent.MaxValueLength] : value;
}
