namespace Frat.WebHost;

/// <summary>Where things are in this host.</summary>
internal static class Addresses
{
    /// <summary>What stands before the addresses of the API.</summary>
    public const string Api = "/api/v1";

    /// <summary>Whether programs call an address, and understand problem details, and not pages.</summary>
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health");
}
