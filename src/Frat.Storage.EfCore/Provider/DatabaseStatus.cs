namespace Frat.Storage.EfCore;

/// <summary>How a database's schema compares with this version's. The lists are of migrations by id, oldest first. Immutable.</summary>
public sealed class DatabaseStatus
{
    /// <summary>What was applied, and is known to this version.</summary>
    public required IReadOnlyList<string> Applied { get; init; }

    /// <summary>What this version would apply.</summary>
    public required IReadOnlyList<string> Pending { get; init; }

    /// <summary>
    /// What a development version before the first release had applied, in place of which this version has other migrations: it doesn't
    /// start on it.
    /// </summary>
    public required IReadOnlyList<string> Older { get; init; }

    /// <summary>What a newer version of FRAT has applied: this version doesn't start on it.</summary>
    public required IReadOnlyList<string> Newer { get; init; }

    /// <summary>Whether this version works on the database as it is.</summary>
    public bool IsUpToDate => Pending.Count == 0 && Older.Count == 0 && Newer.Count == 0;
}
