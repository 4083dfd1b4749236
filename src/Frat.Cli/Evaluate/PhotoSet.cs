using Frat.Cli.Faces;

namespace Frat.Cli.Evaluate;

/// <summary>A photo of a set: whose it is, and where.</summary>
/// <param name="Person">The folder's name.</param>
/// <param name="Group">The name of the folder above, where the set has groups.</param>
/// <param name="Path">The file.</param>
/// <param name="Name">The file as results name it: below the set's folder.</param>
internal sealed record SetPhoto(string Person, string? Group, string Path, string Name);

/// <summary>
/// The photos of a folder: <c>person/photo</c>, or <c>group/person/photo</c>. A folder that has folders and no image by itself is a group.
/// </summary>
internal sealed class PhotoSet
{
    private PhotoSet(IReadOnlyList<SetPhoto> photos, bool hasGroups) => (Photos, HasGroups) = (photos, hasGroups);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<SetPhoto> Photos { get; }

    public bool HasGroups { get; }

    /// <summary>Reads the names of all files.</summary>
    /// <param name="folder">The set.</param>
    /// <param name="passedOver">Gets what is no image.</param>
    /// <param name="limit">The most people, drawn by the seed; null for all.</param>
    /// <param name="seed">What is drawn by.</param>
    /// <exception cref="IOException">A folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder can't be read.</exception>
    public static PhotoSet Read(string folder, PassedOver passedOver, int? limit, int seed)
    {
        var images = new ImagePaths(passedOver);
        var people = new List<SetPhoto[]>();
        var hasGroups = false;
        foreach (var child in FoldersOf(folder))
        {
            if (IsGroup(child))
            {
                hasGroups = true;
                people.AddRange(FoldersOf(child).Select(person => PhotosOf(person, Path.GetFileName(child))));
            }
            else
            {
                people.Add(PhotosOf(child, null));
            }
        }

        people.RemoveAll(person => person.Length == 0);
        if (limit is { } most && most < people.Count)
        {
            var drawn = people.ToArray();
            new Random(seed).Shuffle(drawn);
            people = [.. drawn.Take(most).OrderBy(person => person[0].Name, StringComparer.Ordinal)];
        }

        return new PhotoSet([.. people.SelectMany(person => person)], hasGroups);

        SetPhoto[] PhotosOf(string person, string? group)
        {
            var name = Path.GetFileName(person);
            return [.. images.Find([person]).Where(path => path.Error is null).Select(path => new SetPhoto(
                group is null ? name : $"{group}/{name}", group, path.Path, Path.GetRelativePath(folder, path.Path)))];
        }

        bool IsGroup(string path) =>
            FoldersOf(path).Any() && !images.Find(Directory.EnumerateFiles(path)).Any(image => image.Error is null);
    }

    private static IEnumerable<string> FoldersOf(string folder) => Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal);
}
