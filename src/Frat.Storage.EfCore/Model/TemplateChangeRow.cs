namespace Frat.Storage.EfCore;

/// <summary>
/// The outbox: written in the transaction of the change itself, so a change that is stored is also told. Rows are never
/// pruned: one takes some 50 bytes, and a reader that fell behind needs every one of them. There is no foreign key: the row
/// of a forgotten person has to outlive the person.
/// </summary>
internal sealed class TemplateChangeRow
{
    /// <summary>Given by the database.</summary>
    public long Sequence { get; init; }

    public required Guid PersonId { get; init; }
}
