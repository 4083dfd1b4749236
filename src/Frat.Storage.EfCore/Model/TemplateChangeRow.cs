namespace Frat.Storage.EfCore;

/// <summary>
/// The outbox: written in the transaction of the change itself, so a change that is stored is also told. A row that a later one of the same
/// person makes useless goes after a while: see <see cref="ChangeCompaction"/>. There is no foreign key: the row of a forgotten person has
/// to outlive the person.
/// </summary>
internal sealed class TemplateChangeRow
{
    /// <summary>Given by the database.</summary>
    public long Sequence { get; init; }

    public required Guid PersonId { get; init; }
}
