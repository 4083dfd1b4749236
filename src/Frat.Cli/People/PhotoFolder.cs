namespace Frat.Cli.People;

/// <summary>The folder with the photos: names from a list lead to files in it and below it, and nowhere else.</summary>
/// <param name="folder">The folder.</param>
/// <param name="maxBytes">The largest photo.</param>
internal sealed class PhotoFolder(string folder, long maxBytes)
{
    private readonly string _root = Path.GetFullPath(folder);

    /// <summary>Finds a photo.</summary>
    /// <param name="name">Its name, with folders in between if need be, by / or \.</param>
    /// <param name="problem">Why it can't be used.</param>
    /// <returns>The file, or null.</returns>
    public FileInfo? Find(string name, out string? problem)
    {
        var parts = name.Split('/', '\\');
        problem = Path.IsPathRooted(name) || name.Contains(':', StringComparison.Ordinal) || parts.Any(part => part is ".." or "." or "")
            ? "The name leads out of the folder of the photos, or is none."
            : name.Any(char.IsControl) ? "The name has a character that no file's name has."
            : null;
        if (problem is not null)
        {
            return null;
        }

        var path = _root;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);

            // A link may lead anywhere.
            if (new FileInfo(path).LinkTarget is not null)
            {
                problem = "The name leads through a link, which is not followed.";
                return null;
            }
        }

        var file = new FileInfo(path);
        problem = !file.Exists ? "There is no such file in the folder of the photos."
            : (file.Attributes & (FileAttributes.Directory | FileAttributes.Device)) != 0 || file.Length == 0 ? "The file is empty, or no file." // As a pipe is, that would never end.
            : file.Length > maxBytes ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The file has more than {maxBytes / (1024 * 1024)} MiB.")
            : null;
        return problem is null ? file : null;
    }
}
