namespace Frat.Storage.EfCore;

/// <summary>A template that can't be decrypted or read: its person isn't recognised by it.</summary>
public sealed record UnreadableTemplate
{
    /// <summary>Which.</summary>
    public required Guid TemplateId { get; init; }

    /// <summary>Whose.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Whose, as the database has it; <c>?</c> where that can't be read.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>Why.</summary>
    public required string Problem { get; init; }
}
