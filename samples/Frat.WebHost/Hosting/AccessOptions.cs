namespace Frat.WebHost;

/// <summary>Who may reach the host.</summary>
internal enum AccessMode
{
    /// <summary>This machine only.</summary>
    Loopback,

    /// <summary>Whoever reaches the address that it listens on.</summary>
    Open,
}

/// <summary>The key <c>Frat:Access</c>. Until there is access control, the host keeps to its own machine unless this says otherwise.</summary>
internal sealed class AccessOptions
{
    public AccessMode Access { get; set; }
}
