namespace Frat.Cli;

/// <summary>
/// Writes files that nobody else can read, change or foresee: what the commands write is about people. Each is made anew beside its place,
/// under a name that can't be guessed and with rights for the user alone, and moved into place: a file or link that somebody left there is
/// replaced, and neither written to nor followed.
/// </summary>
internal static class OutputFile
{
    /// <summary>Writes a file that nobody can take for whole before it is.</summary>
    /// <param name="terminal">Where failures are told.</param>
    /// <param name="file">The file; one that is there is replaced at the end.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>Whether the file is there; if not, the user was told why.</returns>
    public static async Task<bool> WriteAsync(Terminal terminal, FileInfo file, Func<Stream, Task> write)
    {
        string? partial = null;
        try
        {
            var stream = Create(file, out partial);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, file.FullName, overwrite: true);
            partial = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.WriteError($"{file}: {e.Message}");
            return false;
        }
        finally
        {
            if (partial is not null)
            {
                File.Delete(partial);
            }
        }
    }

    /// <summary>Opens a file that is in its place from the start, for what is to be there after a kill, too.</summary>
    /// <param name="file">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be made.</exception>
    public static FileStream Open(FileInfo file)
    {
        var stream = Create(file, out var partial);
        try
        {
            File.Move(partial, file.FullName, overwrite: true);
            return stream;
        }
        catch
        {
            stream.Dispose();
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Makes a file beside its place, to be moved there by who fills it.</summary>
    /// <param name="file">The place.</param>
    /// <param name="partial">The path of what was made.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be made.</exception>
    public static FileStream Create(FileInfo file, out string partial)
    {
        var path = $"{file.FullName}.{Path.GetRandomFileName()}.partial";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access =
                FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        partial = path;
        return stream;
    }
}
