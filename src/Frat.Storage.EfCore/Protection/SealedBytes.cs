using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Frat.Storage.EfCore;

/// <summary>
/// Writes values so that no two lists of values give the same bytes: each part has a fixed length, or its length before it. What is sealed
/// is written so. Not thread-safe.
/// </summary>
internal sealed class SealedBytes
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public SealedBytes Add(ReadOnlySpan<byte> value)
    {
        Add(value.Length);
        _bytes.Write(value);
        return this;
    }

    public SealedBytes Add(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    public SealedBytes Add(Guid? value)
    {
        Span<byte> bytes = stackalloc byte[16];
        return value is { } id && id.TryWriteBytes(bytes, bigEndian: true, out _) ? Add(bytes) : Add(-1);
    }

    public SealedBytes Add(string? value) => value is null ? Add(-1) : Add(Encoding.UTF8.GetBytes(value));

    /// <summary>The instant to the microsecond, which is what every database keeps.</summary>
    public SealedBytes Add(DateTimeOffset value) => Add(value.UtcTicks / TimeSpan.TicksPerMicrosecond);
}
