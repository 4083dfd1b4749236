namespace Frat.WebHost;

/// <summary>Who may reach the host.</summary>
internal enum AccessMode
{
    /// <summary>This machine only.</summary>
    Loopback,

    /// <summary>Anyone who reaches the address that it listens on.</summary>
    Open,
}

/// <summary>
/// The keys <c>Frat:Access</c> and <c>Frat:Hosts</c>. Until there is access control, the host keeps to its own machine unless they say
/// otherwise.
/// </summary>
internal sealed class AccessOptions
{
    public AccessMode Access { get; set; }

    /// <summary>
    /// The names by which the host may be called beside <c>localhost</c> and the address that it is reached at, with commas or semicolons
    /// between: <c>frat.example.com</c>, <c>*.example.com</c>, or <c>*</c> for every name. Empty when left out; then <c>AllowedHosts</c> of
    /// ASP.NET Core counts.
    /// </summary>
    public string? Hosts { get; set; }
}
