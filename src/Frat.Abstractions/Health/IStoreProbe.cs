namespace Frat;

/// <summary>Tries whether a store can do its work now: for readiness checks. A store has it beside its records.</summary>
/// <remarks>Thread-safe; one instance serves the process.</remarks>
public interface IStoreProbe
{
    /// <summary>
    /// Reads, writes for real as much as a check-in does, so that a full disk is noticed, and asks for the keys of the templates. Who asks
    /// more often than every few seconds gets the last answer again, so a health check that anybody may call costs the database nothing.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was found: a store that can't work is an answer, not an exception.</returns>
    Task<StoreCondition> ProbeAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a probe of a store found. Immutable.</summary>
public sealed record StoreCondition
{
    /// <summary>When it was tried.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// What is wrong and what to do about it, in a sentence that may be shown to operators: it names no person. Null: all is well.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>Whether the store can do its work.</summary>
    public bool IsWorking => Problem is null;
}
