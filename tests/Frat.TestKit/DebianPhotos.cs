namespace Frat.TestKit;

/// <summary>
/// The example photos of Debian's package <c>libdlib19.1</c>. They show people, so they are not committed: the first use
/// downloads the package with apt and unpacks it, without installing it, into the user's cache.
/// </summary>
public static class DebianPhotos
{
    private const string Package = "libdlib19.1";
    private static readonly Lazy<string> Examples = new(Fetch);
    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<string>>> LazyJohns = new(FindJohns);
    private static readonly Lazy<IReadOnlyList<string>> LazyFaces = new(() => Photos(FacesFolder, 12));

    /// <summary>Five folders, one for each person, of eleven 150×150 photos of one face.</summary>
    public static string JohnsFolder => Path.Combine(Examples.Value, "johns");

    /// <summary>Twelve scenes with any number of faces.</summary>
    public static string FacesFolder => Path.Combine(Examples.Value, "faces");

    /// <summary>The photos of <see cref="JohnsFolder"/> by person, both in ordinal order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Johns => LazyJohns.Value;

    /// <summary>The photos of <see cref="FacesFolder"/>, in ordinal order.</summary>
    public static IReadOnlyList<string> Faces => LazyFaces.Value;

    private static SortedDictionary<string, IReadOnlyList<string>> FindJohns() => new(
        Directory.GetDirectories(JohnsFolder)
            .ToDictionary(folder => Path.GetFileName(folder), IReadOnlyList<string> (folder) => Photos(folder, 11)),
        StringComparer.Ordinal);

    // A test over too few photos would pass for the wrong reason.
    private static string[] Photos(string folder, int count)
    {
        var photos = Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToArray();
        return photos.Length == count
            ? photos
            : throw new InvalidOperationException(
                $"{folder} has {photos.Length} photos instead of {count}; delete it, and it is fetched again.");
    }

    private static string Fetch()
    {
        var root = TestCache.Folder(Package);
        var unpacked = Path.Combine(root, "unpacked");
        using (TestCache.Lock(Package))
        {
            if (!Directory.Exists(unpacked))
            {
                // Unpacked beside and moved into place, so that a run that was broken off leaves nothing half done.
                var partial = Path.Combine(root, "partial");
                if (Directory.Exists(partial))
                {
                    Directory.Delete(partial, recursive: true);
                }

                Directory.CreateDirectory(partial);
                Apt.Download(Package, partial);
                Command.Run("dpkg-deb", ["-x", Directory.GetFiles(partial, "*.deb").Single(), partial]);
                Directory.Move(partial, unpacked);
            }
        }

        return Path.Combine(unpacked, "usr/share/doc", Package, "examples");
    }
}
