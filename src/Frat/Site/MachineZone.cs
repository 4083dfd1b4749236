namespace Frat;

/// <summary>
/// The machine's own zone, as an IANA id. .NET takes a zone that it has no file for to be UTC, and calls one that it has no name for
/// "Local"; here such a zone is none, unless what the machine is set to says which it is.
/// </summary>
internal static class MachineZone
{
    private const string LocalTimeFile = "/etc/localtime";
    private const int MaxLinks = 8;

    /// <summary>Finds the zone.</summary>
    /// <param name="local">What .NET makes of the machine's settings, or the zone that an application's clock has in its place.</param>
    /// <param name="source">Where the zone is set, for messages.</param>
    /// <returns>Null when it can't be said which zone it is.</returns>
    public static SiteZone? Find(TimeZoneInfo local, out string source)
    {
        if (!ReferenceEquals(local, TimeZoneInfo.Local) || OperatingSystem.IsWindows())
        {
            source = local.Id;
            return OfName(local);
        }

        if (Environment.GetEnvironmentVariable("TZ") is not { } setting)
        {
            source = LocalTimeFile;
            return OfFile(LocalTimeFile) ?? OfName(local);
        }

        source = $"TZ={setting}";
        var name = setting.StartsWith(':') ? setting[1..] : setting;
        return name.Length == 0 ? SiteZone.Utc // As POSIX has it, and .NET.
            : SiteZone.TryFind(name, out var zone) ? zone
            : Path.IsPathRooted(name) && File.Exists(name) ? OfFile(name) ?? OfName(local)
            : null;
    }

    private static SiteZone? OfName(TimeZoneInfo local) =>
        SiteZone.TryFind(local.Id, out var zone)
            || (TimeZoneInfo.TryConvertWindowsIdToIanaId(local.Id, out var id) && SiteZone.TryFind(id, out zone)) ? zone : null;

    // Such a file is named after its zone, below a folder zoneinfo, or it is a link to one that is, which need not be there.
    private static SiteZone? OfFile(string path)
    {
        for (var links = 0; links < MaxLinks; links++)
        {
            if (NameOf(path) is { } zone)
            {
                return zone;
            }

            if (new FileInfo(path).LinkTarget is not { } target)
            {
                return null;
            }

            path = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }

        return null;
    }

    private static SiteZone? NameOf(string path)
    {
        const string Folder = "zoneinfo/";
        if (path.LastIndexOf(Folder, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return null;
        }

        var name = path[(at + Folder.Length)..];
        foreach (var variant in (string[])["posix/", "right/"])
        {
            name = name.StartsWith(variant, StringComparison.Ordinal) ? name[variant.Length..] : name;
        }

        return SiteZone.TryFind(name, out var zone) ? zone : null;
    }
}
