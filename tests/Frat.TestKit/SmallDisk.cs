namespace Frat.TestKit;

/// <summary>A file system in memory that is full after a few megabytes; unmounted at the end. Needs root.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Makes one.</summary>
    /// <param name="megabytes">How much it holds.</param>
    /// <param name="owner">The account that it belongs to; null for this process's.</param>
    /// <returns>Null where this process may not mount anything, as in many containers.</returns>
    public static SmallDisk? TryCreate(int megabytes, string? owner = null)
    {
        var folder = Directory.CreateTempSubdirectory("frat-disk-").FullName;
        try
        {
            Command.Run("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m,mode=0777", "tmpfs", folder]);
        }
        catch (InvalidOperationException)
        {
            Directory.Delete(folder);
            return null;
        }

        if (owner is not null)
        {
            Command.Run("chown", [owner, folder]);
        }

        return new SmallDisk(folder);
    }

    /// <summary>Writes a file that takes all the room that is left.</summary>
    /// <returns>Deletes the file.</returns>
    public IDisposable Fill()
    {
        var ballast = new Ballast(Path.Combine(Folder, "ballast"));
        using var stream = new FileStream(ballast.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                stream.Write(block);
            }
        }
        catch (IOException)
        {
            return ballast;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Command.Run("umount", ["--lazy", Folder]);
        Directory.Delete(Folder);
    }

    private sealed class Ballast(string path) : IDisposable
    {
        public string Path { get; } = path;

        public void Dispose() => File.Delete(Path);
    }
}
