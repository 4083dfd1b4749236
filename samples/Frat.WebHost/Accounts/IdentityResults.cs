using Microsoft.AspNetCore.Identity;

namespace Frat.WebHost;

/// <summary>What Identity says no with.</summary>
internal static class IdentityResults
{
    /// <summary>Why, in sentences; none when it succeeded.</summary>
    public static IReadOnlyList<string> Sentences(this IdentityResult result) => [.. result.Errors.Select(error => error.Description)];
}
