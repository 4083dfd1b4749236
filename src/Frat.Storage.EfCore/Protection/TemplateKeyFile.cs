using System.Security.Cryptography;
using System.Text.Json;

namespace Frat.Storage.EfCore;

/// <summary>
/// A file that holds a key ring: JSON, for the account that runs FRAT alone. Anyone who gets it and the database can read the templates, so
/// back the two up apart from each other; without it nobody can read them.
/// </summary>
/// <remarks>
/// Each change replaces the file at once and is on the disk when the call returns. Changes at the same moment, of other processes too, wait
/// for each other. The file beside it that ends with <c>.lock</c> is for that, is empty, and stays. On Windows the files have the rights of
/// their folder.
/// </remarks>
public static class TemplateKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MaxSize = 1 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>Where the keys of an SQLite database are, unless they are given otherwise: beside it.</summary>
    /// <param name="databasePath">The database's file.</param>
    /// <returns>The path with <c>.keys</c> at the end.</returns>
    public static string Beside(string databasePath) => $"{databasePath}.keys";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its keys.</returns>
    /// <exception cref="TemplateKeyException">The file is missing, others than its owner may use it, or it is no key file.</exception>
    public static TemplateKeyRing Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (!OperatingSystem.IsWindows()
                && (File.GetUnixFileMode(stream.SafeFileHandle) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
            {
                throw new TemplateKeyException($"Others than its owner may use the key file {path}. Forbid it: chmod 600 \"{path}\"");
            }

            // Larger than any key ring: whatever it is, don't read it into memory.
            var content = stream.Length <= MaxSize ? JsonSerializer.Deserialize<Content>(stream, Json) : null;
            return new TemplateKeyRing(
                (content?.Keys ?? []).Select(key => key is null
                    ? throw new FormatException()
                    : new TemplateKey(key.Id, key.CreatedAt, Convert.FromBase64String(key.Secret))));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TemplateKeyException(
                $"There is no key file {path}. Restore it from its backup, or name the file that there is.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TemplateKeyException($"The key file {path} can't be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException)
        {
            //// Without the cause, which may quote a secret.
            throw new TemplateKeyException($"The file {path} is no key file, or is damaged. Restore it from its backup.");
        }
    }

    /// <summary>Makes a file with one new key.</summary>
    /// <param name="path">A file that isn't there yet; its folder is.</param>
    /// <param name="key">The key.</param>
    /// <returns>False when there is a file already, which then stays as it is.</returns>
    /// <exception cref="TemplateKeyException">It can't be written.</exception>
    public static bool Create(string path, TemplateKey key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            Write(path, new TemplateKeyRing([key]), replace: false);
            return true;
        }
        catch (TemplateKeyException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>
    /// Adds a key, which templates are encrypted with from then on when it is the newest. Hosts that use the file see it at their next
    /// write.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">There is a key of this id.</exception>
    /// <exception cref="TemplateKeyException">The file can't be read or written; it is as it was.</exception>
    public static void Add(string path, TemplateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Change(path, ring => new TemplateKeyRing([.. ring.Keys, key]));
    }

    /// <summary>
    /// Removes a key. What was encrypted with it can't be read any more, in backups too: see
    /// <see cref="TemplateProtection.ReencryptAsync"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="keyId">The key's id.</param>
    /// <returns>False when there is no such key.</returns>
    /// <exception cref="ArgumentException">It is the only key.</exception>
    /// <exception cref="TemplateKeyException">The file can't be read or written; it is as it was.</exception>
    public static bool Remove(string path, string keyId)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        return Change(path, ring => ring.Find(keyId) is null ? null : new TemplateKeyRing(ring.Keys.Where(key => key.Id != keyId)));
    }

    /// <returns>False when there was nothing to change.</returns>
    private static bool Change(string path, Func<TemplateKeyRing, TemplateKeyRing?> change)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _ = Read(path); // Where there is no file, no lock is left beside it.
        using var alone = TemplateKeyFileLock.Take(path);
        if (change(Read(path)) is not { } changed)
        {
            return false;
        }

        Write(path, changed, replace: true);
        return true;
    }

    private static void Write(string path, TemplateKeyRing ring, bool replace)
    {
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var stream = new FileStream(temporary, options))
            {
                var content = new Content(
                    [.. ring.Keys.Select(key => new Entry(key.Id, key.CreatedAt, Convert.ToBase64String(key.Secret)))]);
                JsonSerializer.Serialize(stream, content, Json);
                stream.Flush(flushToDisk: true); // Before any template is encrypted with it: who loses the key loses them all.
            }

            File.Move(temporary, path, replace);
            TemplateKeyFileLock.FlushFolder(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw new TemplateKeyException($"The key file {path} can't be written: {exception.Message}", exception);
        }
    }

    private sealed record Content(IReadOnlyList<Entry?>? Keys);

    private sealed record Entry(string Id, DateTimeOffset CreatedAt, string Secret);
}
