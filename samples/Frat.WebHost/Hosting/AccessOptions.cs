namespace Frat.WebHost;

/// <summary>Who may use the host.</summary>
internal enum AccessMode
{
    /// <summary>Who signs in, and programs with a key.</summary>
    SignIn,

    /// <summary>Anyone who reaches it, without a sign-in, as in the original application.</summary>
    Open,
}

/// <summary>The keys <c>Frat:Access</c>, <c>Frat:OpenToNetwork</c> and <c>Frat:Hosts</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>Default <see cref="AccessMode.SignIn"/>.</summary>
    public AccessMode Access { get; set; }

    /// <summary>
    /// Whether a host that is <see cref="AccessMode.Open"/> may listen beyond its own machine: who sets it wants every face, name and
    /// record to be anybody's on that network.
    /// </summary>
    public bool OpenToNetwork { get; set; }

    /// <summary>
    /// The names by which the host may be called beside <c>localhost</c> and the address that it is reached at, with commas or semicolons
    /// between: <c>frat.example.com</c>, <c>*.example.com</c>, or <c>*</c> for every name. Empty when left out; then <c>AllowedHosts</c> of
    /// ASP.NET Core counts.
    /// </summary>
    public string? Hosts { get; set; }
}

/// <summary>Reads what decides which services and pages there are, before there are options.</summary>
internal static class AccessSettings
{
    /// <summary>Whether <c>Frat:Access</c> is <see cref="AccessMode.Open"/>.</summary>
    public static bool IsOpen(this IConfiguration settings) => settings.GetValue<AccessMode>("Frat:Access") == AccessMode.Open;
}
