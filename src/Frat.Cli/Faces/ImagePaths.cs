namespace Frat.Cli.Faces;

/// <summary>A path to an image; or, where <paramref name="Error"/> isn't null, to what gives none.</summary>
internal readonly record struct ImagePath(string Path, string? Error = null);

/// <summary>The image files that the arguments name: files as they are, folders with all below them.</summary>
/// <param name="passedOver">Gets the files of folders that are left out.</param>
internal sealed class ImagePaths(PassedOver passedOver)
{
    /// <summary>The argument that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Why something can't be read that may never end, or has nothing to read.</summary>
    public const string NoFile = "It is empty, or no file that can be read.";

    // What is named so and is none is told as a failure.
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp"];

    /// <summary>Finds them while they are asked for: one folder's names are in memory at a time, of each level.</summary>
    /// <returns>In the order of the arguments; within a folder, first its files and then its folders, both in ordinal order.</returns>
    public IEnumerable<ImagePath> Find(IEnumerable<string> arguments) =>
        arguments.SelectMany(
            argument => argument != StandardInput && Directory.Exists(argument) ? FindInFolder(argument) : [OfArgument(argument)]);

    // Pipes, sockets and devices have no length, as empty files.
    private static bool HasContent(FileInfo file) => file.Exists && file.Length > 0;

    private static ImagePath OfArgument(string argument) =>
        argument != StandardInput && new FileInfo(argument) is { Exists: true } file && !HasContent(file)
            ? new ImagePath(argument, NoFile)
            : new ImagePath(argument);

    private IEnumerable<ImagePath> FindInFolder(string folder)
    {
        var none = true;
        foreach (var path in Walk(folder))
        {
            none = false;
            yield return path;
        }

        if (none)
        {
            yield return new ImagePath(folder, "The folder holds no JPEG, PNG or WebP files.");
        }
    }

    private IEnumerable<ImagePath> Walk(string folder)
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
        foreach (var file in entries.OfType<FileInfo>())
        {
            if (Look(file, Path.Combine(folder, file.Name)) is { } path)
            {
                yield return path;
            }
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

    // What a file is, its first bytes say.
    private ImagePath? Look(FileInfo file, string path)
    {
        var isNamedSo = Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);
        try
        {
            if (new FileInfo(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path) is var target && !HasContent(target))
            {
                return isNamedSo
                    ? new ImagePath(path, target.Exists ? NoFile : "The link leads nowhere.")
                    : PassOver(path, "empty, or no file");
            }

            var format = FileKind.Of(path);
            return isNamedSo || format is FileKind.Accepted ? new ImagePath(path) : PassOver(path, format);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImagePath(path, e.Message);
        }
    }

    private ImagePath? PassOver(string path, string? what)
    {
        passedOver.Add(path, what);
        return null;
    }
}
