using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Frat.Cli.Evaluate;

/// <summary>What came of a photo.</summary>
internal enum PhotoOutcome : byte
{
    Encoded,
    NoFace,
    SeveralFaces,
}

/// <summary>What came of a photo, and the encoding where there is one.</summary>
internal readonly record struct CachedPhoto(PhotoOutcome Outcome, FaceEncoding? Encoding);

/// <summary>
/// Keeps encodings between runs, by what is in the photo's file: one file for each encoder and way of encoding, which only grows. A run
/// that was broken off goes on where it was. For the user alone: encodings are biometric data.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EncodingCache : IDisposable
{
    private const int HashLength = SHA256.HashSizeInBytes;
    private static readonly byte[] Magic = "FRATENC1"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly Dictionary<string, CachedPhoto> _known = new(StringComparer.Ordinal);
    private readonly FaceEncoderInfo _encoder;
    private readonly FileStream _file;

    private EncodingCache(FaceEncoderInfo encoder, FileStream file) => (_encoder, _file) = (encoder, file);

    private int RecordLength => HashLength + 1 + (_encoder.Dimension * sizeof(float));

    /// <summary>Opens the file of an encoder, or makes it.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="way">What else an encoding depends on: detector, mirror, jitter.</param>
    /// <exception cref="IOException">It can't be opened, also because another run has it open.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be opened.</exception>
    public static EncodingCache Open(string folder, FaceEncoderInfo encoder, string way)
    {
        MakeFolder(folder);
        var head = SHA256.HashData(Encoding.UTF8.GetBytes($"{encoder.Id}\n{encoder.Dimension}\n{way}"));
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var cache = new EncodingCache(
            encoder, new FileStream(Path.Combine(folder, $"{Convert.ToHexStringLower(head.AsSpan(0, 8))}.encodings"), options));
        try
        {
            cache.Load([.. Magic, .. head]);
            return cache;
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    public static string KeyOf(ReadOnlySpan<byte> file) => Convert.ToHexString(SHA256.HashData(file));

    public CachedPhoto? Find(string key)
    {
        lock (_lock)
        {
            return _known.TryGetValue(key, out var known) ? known : null;
        }
    }

    public void Add(string key, CachedPhoto photo)
    {
        var record = new byte[RecordLength];
        Convert.FromHexString(key).CopyTo(record, 0);
        record[HashLength] = (byte)photo.Outcome;
        photo.Encoding?.ToBytes().CopyTo(record, HashLength + 1);
        lock (_lock)
        {
            if (_known.TryAdd(key, photo))
            {
                _file.Write(record);
                _file.Flush();
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Reads what is whole. A run that was ended may have left part of a record: it is written again.</summary>
    private void Load(byte[] head)
    {
        var found = new byte[head.Length];
        if (_file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < found.Length || !found.AsSpan().SequenceEqual(head))
        {
            _file.SetLength(0);
            _file.Write(head);
            return;
        }

        var end = _file.Position;
        var record = new byte[RecordLength];
        while (_file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length)
        {
            if (Read(record) is not { } photo)
            {
                break; // What follows a damaged record isn't trusted either.
            }

            _known[Convert.ToHexString(record.AsSpan(0, HashLength))] = photo;
            end = _file.Position;
        }

        _file.SetLength(end);
        _file.Position = end;
    }

    private CachedPhoto? Read(ReadOnlySpan<byte> record)
    {
        var outcome = (PhotoOutcome)record[HashLength];
        if (outcome != PhotoOutcome.Encoded)
        {
            return Enum.IsDefined(outcome) ? new CachedPhoto(outcome, null) : null;
        }

        var values = record[(HashLength + 1)..];
        for (var i = 0; i < values.Length; i += sizeof(float))
        {
            if (!float.IsFinite(BinaryPrimitives.ReadSingleLittleEndian(values[i..])))
            {
                return null;
            }
        }

        return new CachedPhoto(outcome, FaceEncoding.FromBytes(_encoder.Id, values));
    }
}
