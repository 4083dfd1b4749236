namespace Frat.WebHost;

/// <summary>The key <c>Frat:WarmUp</c>.</summary>
internal sealed class StartOptions
{
    /// <summary>
    /// Whether the host goes the way of a check-in once before it listens, so that whoever comes first waits no longer than who comes next.
    /// Default true; without it, the start is some seconds shorter.
    /// </summary>
    public bool WarmUp { get; set; } = true;
}
