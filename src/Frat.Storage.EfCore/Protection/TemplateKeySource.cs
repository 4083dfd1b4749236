using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>Which file the keys are in, when the environment has none.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsNamed">Whether the application named it: then the environment isn't asked, and no file is made.</param>
internal sealed record TemplateKeyLocation(string Path, bool IsNamed);

/// <summary>The keys of who brings no provider of their own: from <see cref="Variable"/>, or from a file.</summary>
internal sealed class TemplateKeySource(TimeProvider time, ILogger<TemplateKeySource> logger, TemplateKeyLocation? location = null)
    : ITemplateKeyProvider
{
    /// <summary>The environment variable: <c>ID:BASE64</c> entries, divided by commas or white space; the last is written with.</summary>
    public const string Variable = "FRAT_KEYS";

    private readonly string? _entries = location?.IsNamed == true ? null : Environment.GetEnvironmentVariable(Variable);
    private readonly Lock _lock = new();
    private (DateTime WrittenAt, long Length, TemplateKeyRing Ring)? _read;

    /// <summary>
    /// Whether FRAT may make the file, as it is missing. Only who knows that no template is encrypted yet calls <see cref="Create"/>.
    /// </summary>
    public bool CanCreate => string.IsNullOrWhiteSpace(_entries) && location is { IsNamed: false } && !File.Exists(location.Path);

    public ValueTask<TemplateKeyRing> GetKeysAsync(string? unknownKeyId = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(GetKeys());
        }
    }

    /// <summary>Makes the file.</summary>
    public void Create()
    {
        if (TemplateKeyFile.Create(location!.Path, TemplateKey.Create(time.GetUtcNow())))
        {
            Log.KeyFileCreated(logger, location.Path);
        }
    }

    private static TemplateKeyRing Parse(string entries)
    {
        try
        {
            var keys = entries.Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(entry =>
                entry.Split(':') is [var id, var secret]
                    ? new TemplateKey(id, DateTimeOffset.UnixEpoch, Convert.FromBase64String(secret))
                    : throw new FormatException());
            return new TemplateKeyRing(keys);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            //// Without the cause, which may quote a secret.
            throw new TemplateKeyException(
                $"{Variable} can't be read: it holds ID:BASE64 entries, divided by commas, the newest last. \"frat keys create\" prints "
                    + "one.");
        }
    }

    private TemplateKeyRing GetKeys()
    {
        if (!string.IsNullOrWhiteSpace(_entries))
        {
            return (_read ??= (default, 0, Parse(_entries))).Ring;
        }

        if (location is null)
        {
            throw new TemplateKeyException(
                "There are no keys to encrypt templates with. All hosts of one database share them: make one with \"frat keys create\", "
                    + $"and give it to each, in {Variable} or in a file (Frat:KeyFile, --keys, UseTemplateKeyFile).");
        }

        // Looked at each time: another process may have rotated the keys, and with keys that are gone nothing may be encrypted.
        var file = new FileInfo(location.Path);
        if (_read is not { } read || !file.Exists || file.LastWriteTimeUtc != read.WrittenAt || file.Length != read.Length)
        {
            var ring = TemplateKeyFile.Read(location.Path);
            _read = read = (file.LastWriteTimeUtc, file.Length, ring);
        }

        return read.Ring;
    }
}
