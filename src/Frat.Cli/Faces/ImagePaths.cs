namespace Frat.Cli.Faces;

/// <summary>A path to an image; or, where <paramref name="Error"/> isn't null, to a folder that gives none.</summary>
internal readonly record struct ImagePath(string Path, string? Error = null);

/// <summary>The image files that the arguments name: files as they are, folders with all below them.</summary>
internal static class ImagePaths
{
    /// <summary>The argument that stands for standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Finds them while they are asked for: one folder's names are in memory at a time, of each level.</summary>
    /// <returns>In the order of the arguments; within a folder, first its files and then its folders, both in ordinal order.</returns>
    public static IEnumerable<ImagePath> Find(IEnumerable<string> arguments) =>
        arguments.SelectMany(argument => argument != StandardInput && Directory.Exists(argument) ? FindInFolder(argument) : [new ImagePath(argument)]);

    private static IEnumerable<ImagePath> FindInFolder(string folder)
    {
        var none = true;
        foreach (var path in Walk(folder))
        {
            none = false;
            yield return path;
        }

        if (none)
        {
            yield return new ImagePath(folder, $"The folder holds no {string.Join(", ", Extensions)} files.");
        }
    }

    private static IEnumerable<ImagePath> Walk(string folder)
    {
        FileSystemInfo[] entries = [];
        string? error = null;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = $"The folder can't be read: {e.Message}";
        }

        if (error is not null)
        {
            yield return new ImagePath(folder, error);
            yield break;
        }

        Array.Sort(entries, (first, second) => string.CompareOrdinal(first.Name, second.Name));
        foreach (var file in entries.OfType<FileInfo>().Where(file => Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)))
        {
            yield return new ImagePath(Path.Combine(folder, file.Name));
        }

        // A link to a folder may lead back here.
        foreach (var child in entries.OfType<DirectoryInfo>().Where(child => child.LinkTarget is null))
        {
            foreach (var path in Walk(Path.Combine(folder, child.Name)))
            {
                yield return path;
            }
        }
    }
}
