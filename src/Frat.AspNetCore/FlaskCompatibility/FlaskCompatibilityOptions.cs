namespace Frat.AspNetCore;

/// <summary>How the original application's calls behave: see <c>MapFratFlaskCompatibility()</c>.</summary>
public sealed class FlaskCompatibilityOptions
{
    /// <summary>
    /// Whether <c>POST /register</c>, which has no way to ask, registers a face like that of somebody who is registered, as the original
    /// did; it is recorded in the audit trail. Default true; when false, such a registration is refused.
    /// </summary>
    public bool AcceptDuplicates { get; set; } = true;
}
