namespace Frat.WebHost;

/// <summary>Where things are in this host.</summary>
internal static class Addresses
{
    /// <summary>What stands before the addresses of the API.</summary>
    public const string Api = "/api/v1";

    /// <summary>The page at the door, and what stands before the calls of it. Only devices are anybody there.</summary>
    public const string Kiosk = "/kiosk";

    /// <summary>What stands before the calls of the page at the door.</summary>
    public const string KioskCalls = Kiosk + "/calls";

    /// <summary>Whether programs call an address, and understand problem details, and not pages.</summary>
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health")
        || path.StartsWithSegments(KioskCalls);
}
