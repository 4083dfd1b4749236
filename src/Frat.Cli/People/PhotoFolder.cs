using System.Collections.Concurrent;
using System.Text;

namespace Frat.Cli.People;

/// <summary>The folder with the photos: names from a list lead to files in it and below it, and nowhere else.</summary>
/// <param name="folder">The folder.</param>
/// <param name="maxBytes">The largest photo.</param>
internal sealed class PhotoFolder(string folder, long maxBytes)
{
    private readonly string _root = Path.GetFullPath(folder);

    // The names in a folder, by what they are in one form: a list and a disk may write the same characters differently.
    private readonly ConcurrentDictionary<string, ILookup<string, string>> _names = new(StringComparer.Ordinal);

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
            if (Match(path, part, out problem) is not { } match)
            {
                return null;
            }

            path = Path.Combine(path, match);

            // A link may lead anywhere.
            if (new FileInfo(path).LinkTarget is not null)
            {
                problem = "The name leads through a link, which is not followed.";
                return null;
            }
        }

        var file = new FileInfo(path);
        problem = !file.Exists ? "There is no such file in the folder of the photos."
            // As a pipe is, that would never end.
            : (file.Attributes & (FileAttributes.Directory | FileAttributes.Device)) != 0
                || file.Length == 0 ? "The file is empty, or no file."
            : file.Length > maxBytes ? string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"The file has more than {maxBytes / (1024 * 1024)} MiB.")
            : null;
        return problem is null ? file : null;
    }

    // The name as it is, or the one name that differs from it by nothing but the form of its characters.
    private string? Match(string path, string part, out string? problem)
    {
        problem = null;
        if (Path.Exists(Path.Combine(path, part)) || part.All(char.IsAscii) || Composed(part) is not { } composed)
        {
            return part;
        }

        var names = _names.GetOrAdd(path, static path => Directory.Exists(path)
            ? new DirectoryInfo(path).EnumerateFileSystemInfos().Select(entry => entry.Name)
                .ToLookup(name => Composed(name) ?? name, StringComparer.Ordinal)
            : Enumerable.Empty<string>().ToLookup(name => name));
        switch (names[composed].Take(2).ToList())
        {
            case [var only]:
                return only;
            case []:
                return part;
            default:
                problem = "Several files have this name, in different forms of its characters.";
                return null;
        }
    }

    private static string? Composed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return null; // No well-formed Unicode.
        }
    }
}
