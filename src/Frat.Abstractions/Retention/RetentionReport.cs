namespace Frat;

/// <summary>What was deleted by age, or would be. Immutable.</summary>
public sealed record RetentionReport
{
    /// <summary>Whether nothing was deleted, and these are the numbers of what would be.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Who has not been recognised since then has too old templates; null when age makes no difference.</summary>
    public DateTimeOffset? TemplatesBefore { get; init; }

    /// <summary>The first date whose attendance is kept; null when all is.</summary>
    public DateOnly? AttendanceBefore { get; init; }

    /// <summary>How many people's templates.</summary>
    public int TemplatePeople { get; init; }

    /// <summary>How many templates, those without a consent in force included.</summary>
    public int Templates { get; init; }

    /// <summary>How many people's attendance.</summary>
    public int AttendancePeople { get; init; }

    /// <summary>How many days.</summary>
    public int Days { get; init; }

    /// <summary>How many punches.</summary>
    public int Punches { get; init; }

    /// <summary>How many corrections of these punches.</summary>
    public int Corrections { get; init; }

    /// <summary>How many leaves.</summary>
    public int Leaves { get; init; }

    /// <summary>
    /// Why nothing was deleted, or would be: the clock can't be trusted, or much would go at once. The numbers then are of what would go.
    /// Null: nothing was in the way, or there was nothing to delete.
    /// </summary>
    public string? Refusal { get; init; }

    /// <summary>Whether there was anything.</summary>
    public bool IsEmpty => TemplatePeople == 0 && AttendancePeople == 0;
}
