namespace Frat.Testing;

/// <summary>Memory always works.</summary>
internal sealed class InMemoryProbe(TimeProvider time) : IStoreProbe
{
    public Task<StoreCondition> ProbeAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new StoreCondition { At = time.GetUtcNow(), Problem = null });
}
