using System.Security.Cryptography;

namespace Frat.Vision;

/// <summary>The folder of verified files, and a hidden folder inside it for what is being pulled.</summary>
/// <remarks>
/// A file appears under its own name only once it is complete and verified, by an atomic move. What is half done lies in
/// <c>.pull</c>, on the same file system, and is touched only by the holder of the lock.
/// </remarks>
internal sealed class ModelFolder(string path)
{
    private const int BufferSize = 128 * 1024;

    public string FullPath { get; } = Path.GetFullPath(path);

    public string PathOf(ModelFile file) => Path.Combine(FullPath, file.Name);

    /// <summary>Where something that is being pulled is kept until it is complete.</summary>
    public string WorkPath(string name) => Path.Combine(FullPath, ".pull", name);

    /// <summary>
    /// Checks the size, then the SHA-256. Hashing the 32 MB of the default files takes about 30 ms with the processor's SHA instructions,
    /// so it is done each time instead of trusting a stamp, which can be set along with the file.
    /// </summary>
    public async Task<ModelFileState> StateAsync(ModelFile file, CancellationToken cancellationToken)
    {
        var info = new FileInfo(PathOf(file));
        if (!info.Exists)
        {
            return ModelFileState.Missing;
        }

        if (info.Length != file.Size)
        {
            return ModelFileState.Damaged;
        }

        var stream = Open(file);
        await using (stream.ConfigureAwait(false))
        {
            return IsHash(file, await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false))
                ? ModelFileState.Verified
                : ModelFileState.Damaged;
        }
    }

    /// <summary>Reads a file into memory, and verifies what is there.</summary>
    /// <returns>The content, or null when it is another one.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    public async Task<byte[]?> ReadAsync(ModelFile file, CancellationToken cancellationToken)
    {
        var content = new byte[file.Size];
        var stream = Open(file);
        await using (stream.ConfigureAwait(false))
        {
            var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return length == content.Length && IsHash(file, SHA256.HashData(content)) ? content : null;
        }
    }

    /// <summary>Whether anybody on the machine may replace or change the file.</summary>
    public bool MayBeChangedByOthers(ModelFile file) => !OperatingSystem.IsWindows()
        && ((File.GetUnixFileMode(FullPath) | File.GetUnixFileMode(PathOf(file))) & UnixFileMode.OtherWrite) != 0;

    /// <summary>
    /// Creates the folder and holds its lock until the result is disposed. The operating system frees the lock when a process
    /// ends, however it ends, so the lock file that stays behind blocks nobody.
    /// </summary>
    public async Task<FileStream> LockAsync(Action onWait, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(FullPath, ".pull"));
        for (var waited = false; ; waited = true)
        {
            try
            {
                return OpenLock();
            }
            catch (IOException e) when (IsHeldByAnother(e))
            {
                if (!waited)
                {
                    onWait();
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Writes a file from a stream, reading no more than one byte beyond its size; it appears only if its SHA-256 is right.
    /// </summary>
    /// <exception cref="InvalidDataException">The content has another length or SHA-256.</exception>
    public async Task StoreAsync(ModelFile file, Stream content, CancellationToken cancellationToken)
    {
        var unverified = WorkPath(file.Name + ".new");
        try
        {
            // Anew: what somebody else may have left there is neither written to nor followed.
            File.Delete(unverified);
            var target = new FileStream(unverified, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (target.ConfigureAwait(false))
            {
                await CopyVerifiedAsync(file, content, target, cancellationToken).ConfigureAwait(false);
                target.Flush(flushToDisk: true);
            }

            File.Move(unverified, PathOf(file), overwrite: true);
        }
        catch
        {
            File.Delete(unverified);
            throw;
        }
    }

    private FileStream Open(ModelFile file) =>
        new(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.SequentialScan);

    // For its owner alone: anyone who can open it can hold the lock, and nobody gets the models.
    private FileStream OpenLock()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(WorkPath("lock"), options);
        }

        options.UnixCreateMode = OwnerOnly;
        var stream = new FileStream(WorkPath("lock"), options);
        try
        {
            // An earlier version made it for all.
            File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // It is another user's.
        }

        return stream;
    }

    private static async Task CopyVerifiedAsync(ModelFile file, Stream content, FileStream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var total = 0L;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            total += read;
            if (total > file.Size)
            {
                throw new InvalidDataException($"the content is longer than the {file.Size} bytes of {file.Name}");
            }

            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        if (total != file.Size)
        {
            throw new InvalidDataException($"the content has {total} bytes instead of the {file.Size} of {file.Name}");
        }

        var actual = hash.GetHashAndReset();
        if (!IsHash(file, actual))
        {
            throw new InvalidDataException($"the content has the SHA-256 {Convert.ToHexStringLower(actual)}, not that of {file.Name}");
        }
    }

    private static bool IsHash(ModelFile file, byte[] hash) =>
        string.Equals(Convert.ToHexStringLower(hash), file.Sha256, StringComparison.OrdinalIgnoreCase);

    // ERROR_SHARING_VIOLATION on Windows; EWOULDBLOCK of flock on Linux (11) and on macOS and BSD (35).
    private static bool IsHeldByAnother(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35;
}
