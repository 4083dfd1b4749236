using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>
/// How people are recognized and enrolled, and where. The names are the configuration keys below the section <c>Frat</c>, such as
/// <c>Frat:Recognition:MaxDistance</c>.
/// </summary>
public sealed class FratOptions
{
    /// <summary>How a face at the door becomes a person.</summary>
    [ValidateObjectMembers]
    public RecognitionOptions Recognition { get; } = new();

    /// <summary>What a photo has to be to enroll with.</summary>
    [ValidateObjectMembers]
    public EnrollmentOptions Enrollment { get; } = new();

    /// <summary>The site: where a request is from that names no other.</summary>
    public SiteOptions Site { get; } = new();

    /// <summary>
    /// Further sites by name, 1 to <see cref="Punch.MaxSourceLength"/> characters each, where one host serves several; upper and lower case
    /// don't count. Empty by default.
    /// </summary>
    public IDictionary<string, SiteOptions> Sites { get; } = new Dictionary<string, SiteOptions>(StringComparer.OrdinalIgnoreCase);
}
