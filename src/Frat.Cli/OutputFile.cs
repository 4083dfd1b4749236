namespace Frat.Cli;

/// <summary>Writes a file that nobody can take for whole before it is.</summary>
internal static class OutputFile
{
    /// <summary>Writes beside the file, and moves what was written into place at the end.</summary>
    /// <param name="terminal">Where failures are told.</param>
    /// <param name="file">The file; one that is there is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="isPrivate">Whether only the user may read it, where the system knows of that.</param>
    /// <returns>Whether the file is there; if not, the user was told why.</returns>
    public static async Task<bool> WriteAsync(Terminal terminal, FileInfo file, Func<Stream, Task> write, bool isPrivate = false)
    {
        var partial = $"{file.FullName}.{Environment.ProcessId}.partial";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous,
            };
            if (isPrivate && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var stream = new FileStream(partial, options);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
            }

            File.Move(partial, file.FullName, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Complain($"{file}: {e.Message}");
            return false;
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }
}
