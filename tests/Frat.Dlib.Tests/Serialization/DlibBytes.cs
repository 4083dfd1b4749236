using System.Buffers.Binary;
using System.Text;

namespace Frat.Dlib.Tests.Serialization;

/// <summary>Writes what dlib's serialize() writes, for small files made by hand.</summary>
internal sealed class DlibBytes
{
    private readonly List<byte> _bytes = [];

    public DlibBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public DlibBytes Integers(params ReadOnlySpan<long> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)Math.Abs(value));
            var size = Math.Max(1, bytes.TrimEnd((byte)0).Length);
            Raw((byte)(size | (value < 0 ? 0x80 : 0)));
            Raw(bytes[..size]);
        }

        return this;
    }

    public DlibBytes Text(string text) => Integers(text.Length).Raw(Encoding.ASCII.GetBytes(text));

    /// <summary>Numbers with a short binary fraction, as mantissa and exponent.</summary>
    public DlibBytes Singles(params ReadOnlySpan<float> values)
    {
        const int exponent = -10;
        foreach (var value in values)
        {
            Integers((long)MathF.ScaleB(value, -exponent), exponent);
        }

        return this;
    }

    public DlibFileReader Open() => new(new MemoryStream([.. _bytes]), "test.dat");
}
