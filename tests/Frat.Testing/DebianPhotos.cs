namespace Frat.Testing;

/// <summary>
/// The example photos of Debian's package <c>libdlib19.1</c>. They show people, so they are not committed: the first use
/// downloads the package with apt and unpacks it, without installing it, into the user's cache.
/// </summary>
public static class DebianPhotos
{
    private const string Package = "libdlib19.1";
    private static readonly Lazy<string> Examples = new(Fetch);

    /// <summary>Five folders, one for each person, of eleven 150×150 photos of one face.</summary>
    public static string JohnsFolder => Path.Combine(Examples.Value, "johns");

    /// <summary>Twelve scenes with any number of faces.</summary>
    public static string FacesFolder => Path.Combine(Examples.Value, "faces");

    /// <summary>The photos of <see cref="JohnsFolder"/> by person, both in ordinal order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Johns { get; } = new SortedDictionary<string, IReadOnlyList<string>>(
        Directory.GetDirectories(JohnsFolder).ToDictionary(folder => Path.GetFileName(folder), IReadOnlyList<string> (folder) => Photos(folder)),
        StringComparer.Ordinal);

    /// <summary>The photos of <see cref="FacesFolder"/>, in ordinal order.</summary>
    public static IReadOnlyList<string> Faces { get; } = Photos(FacesFolder);

    private static string[] Photos(string folder) => [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal)];

    private static string Fetch()
    {
        var root = TestCache.Folder(Package);
        var examples = Path.Combine(root, "usr/share/doc", Package, "examples");
        using (TestCache.Lock(Package))
        {
            if (!Directory.Exists(Path.Combine(examples, "johns")))
            {
                Apt.Download(Package, root);
                Command.Run("dpkg-deb", ["-x", Directory.GetFiles(root, "*.deb").Single(), root]);
            }
        }

        return examples;
    }
}
