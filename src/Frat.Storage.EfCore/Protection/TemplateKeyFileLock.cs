using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Frat.Storage.EfCore;

/// <summary>Keeps those apart who change a key file at the same moment, and makes what they did last.</summary>
internal static partial class TemplateKeyFileLock
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Waits until nobody else changes the file. Not the file itself is locked, which is replaced, but one beside it that stays. The
    /// operating system frees it when the process ends, however it ends.
    /// </summary>
    /// <exception cref="TemplateKeyException">Others have held it for too long, or it can't be made.</exception>
    public static FileStream Take(string path, TimeSpan? patience = null)
    {
        var name = $"{path}.lock";
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly; // Or anybody on the machine could hold it.
        }

        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                var stream = new FileStream(name, options);
                if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(stream.SafeFileHandle) & ~OwnerOnly) == 0)
                {
                    return stream;
                }

                stream.Dispose();
                throw new TemplateKeyException(
                    $"Others than its owner may use {name}, and keep the keys from being changed. Forbid it: chmod 600 \"{name}\"");
            }
            catch (IOException exception) when (exception.HResult is unchecked((int)0x80070020) or 11 or 35)
            {
                // A sharing violation: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK of Linux and of macOS.
                if (Stopwatch.GetElapsedTime(started) >= (patience ?? Patience))
                {
                    throw new TemplateKeyException(
                        $"Another process is changing the key file {path}. Try again; if it stays so, find who holds {name}.", exception);
                }

                Thread.Sleep(Pause); // The callers are short programs, and the calls are synchronous.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new TemplateKeyException($"The key file {path} can't be changed: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Makes a new name in a folder last, also when the power fails. Windows does so by itself.</summary>
    public static void FlushFolder(string path)
    {
        const int CloseOnExecLinux = 0x80000;
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return;
        }

        using var folder = new SafeFileHandle(
            Open(Path.GetDirectoryName(Path.GetFullPath(path))!, OperatingSystem.IsLinux() ? CloseOnExecLinux : 0), ownsHandle: true);
        if (!folder.IsInvalid)
        {
            RandomAccess.FlushToDisk(folder);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);
}
