using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace Frat.Dlib;

/// <summary>
/// Reads the primitives of dlib's serialization (dlib/serialize.h): integers behind a control byte, counted strings, booleans as
/// the letters 0 and 1, floating point numbers as mantissa and exponent, tensors of raw float32.
/// </summary>
/// <remarks>
/// A file may be damaged or hostile: each count is held against the bytes that are left before anything is allocated for it, so
/// that memory stays in proportion to the file. Whatever is not understood throws a <see cref="ModelFileException"/> that names
/// the file, the offset and what was found. Not thread-safe.
/// </remarks>
internal sealed class DlibFileReader : BufferedFile
{
    private const int ControlNegative = 0x80;
    private const int ControlSize = 0x0F;

    // dlib/float_details.h: exponents from here on stand for infinity and not-a-number.
    private const int SpecialExponent = 32000;

    /// <param name="stream">A seekable stream at its beginning; the reader disposes it.</param>
    /// <param name="fileName">The file's name for messages.</param>
    public DlibFileReader(Stream stream, string fileName)
        : base(stream, fileName)
    {
    }

    /// <exception cref="ModelFileException">The file can't be opened.</exception>
    public static DlibFileReader Open(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            // The reader has a buffer of its own.
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            return new DlibFileReader(stream, name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(name, $"The model file '{name}' can't be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Reads an integer that must lie in a range.</summary>
    /// <param name="what">What the integer is, for the message.</param>
    /// <param name="minimum">The smallest value that makes sense.</param>
    /// <param name="maximum">The largest value that makes sense.</param>
    public long ReadInteger(string what, long minimum, long maximum)
    {
        var offset = Position;
        var value = ReadInteger(what);
        return value >= minimum && value <= maximum ? value : throw Unexpected(offset, what, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads an integer that can only have one value.</summary>
    public void ExpectInteger(string what, long expected) => ReadInteger(what, expected, expected);

    /// <summary>Reads a count of things that take at least <paramref name="bytesEach"/> bytes each in the rest of the file.</summary>
    public int ReadCount(string what, int bytesEach, int maximum)
    {
        var offset = Position;
        var count = ReadInteger(what, 0, maximum);
        return count * bytesEach <= Remaining
            ? (int)count
            : throw Fail(offset, $"{what}: {count} of them can't be in the {Remaining} bytes that are left");
    }

    public bool ReadBoolean(string what)
    {
        var offset = Position;
        return ReadByte(what) switch
        {
            (byte)'0' => false,
            (byte)'1' => true,
            var other => throw Unexpected(offset, what, $"byte 0x{other:x2}"),
        };
    }

    /// <summary>Reads the tag that says which kind of layer follows, and in which version.</summary>
    /// <returns>The one of <paramref name="known"/> that was found.</returns>
    public string ReadTag(params ReadOnlySpan<string> known)
    {
        const int longest = 64;
        var offset = Position;
        var length = ReadInteger("length of a tag", 0, longest);
        Span<byte> bytes = stackalloc byte[longest];
        bytes = bytes[..(int)length];
        Read(bytes, "tag");
        var tag = Printable(bytes);
        foreach (var candidate in known)
        {
            if (tag == candidate)
            {
                return tag;
            }
        }

        throw Fail(offset, $"found the tag '{tag}' where {string.Join(" or ", known.ToArray().Select(name => $"'{name}'"))} was expected");
    }

    /// <summary>Reads a floating point number in dlib's portable form, mantissa × 2^exponent; infinity and NaN are refused.</summary>
    public float ReadSingle(string what)
    {
        var offset = Position;
        var value = (float)ReadDouble(what);
        return float.IsFinite(value) ? value : throw Unexpected(offset, what, "a number that is not finite");
    }

    /// <summary>The same as <see cref="ReadSingle"/>, in double precision.</summary>
    public double ReadDouble(string what)
    {
        var offset = Position;
        var mantissa = ReadInteger(what);
        var exponent = ReadInteger(what, short.MinValue, short.MaxValue);
        var value = exponent < SpecialExponent ? Math.ScaleB(mantissa, (int)exponent) : double.NaN;
        return double.IsFinite(value) ? value : throw Unexpected(offset, what, "a number that is not finite");
    }

    /// <summary>Reads a tensor of raw little-endian float32 whose shape is known.</summary>
    /// <param name="what">What the tensor is, for the message.</param>
    /// <param name="shape">Samples, channels, rows and columns.</param>
    /// <param name="values">Where the values go, as bytes in the same order.</param>
    /// <param name="rest">Where the values go that <paramref name="values"/> has no room for.</param>
    public void ReadTensor(
        string what, (int Samples, int Channels, int Rows, int Columns) shape, Span<byte> values, Span<byte> rest = default)
    {
        ExpectInteger($"version of {what}", 2);
        ExpectShape(what, shape);
        ReadFiniteSingles(what, values);
        ReadFiniteSingles(what, rest);
    }

    /// <summary>Reads past a tensor that only matters while a network is trained; most often it is empty.</summary>
    public void SkipTensor(string what)
    {
        ExpectInteger($"version of {what}", 2);
        var offset = Position;
        var elements = 1L;
        for (var i = 0; i < 4; i++)
        {
            // Both factors stay below 2^31, so the product can't overflow.
            elements *= ReadInteger($"size of {what}", 0, int.MaxValue);
            if (elements * sizeof(float) > Remaining)
            {
                throw Fail(offset, $"{what} is larger than the {Remaining} bytes that are left");
            }
        }

        Skip(elements * sizeof(float), what);
    }

    /// <summary>Reads the shape of a part of a tensor (dlib's alias_tensor), which has no values of its own.</summary>
    public void ExpectAlias(string what, (int Samples, int Channels, int Rows, int Columns) shape)
    {
        ExpectInteger($"version of {what}", 1);
        ExpectShape(what, shape);
    }

    /// <summary>The file must end here.</summary>
    public void ExpectEnd()
    {
        if (Remaining != 0)
        {
            throw Fail(Position, $"{Remaining} bytes follow after the end of the model");
        }
    }

    private void ReadFiniteSingles(string what, Span<byte> values)
    {
        var offset = Position;
        Read(values, what);
        // Of no number at all, IsFiniteAll says false.
        if (!values.IsEmpty && !TensorPrimitives.IsFiniteAll<float>(MemoryMarshal.Cast<byte, float>(values)))
        {
            throw Fail(offset, $"{what} holds a number that is not finite");
        }
    }

    private void ExpectShape(string what, (int Samples, int Channels, int Rows, int Columns) shape)
    {
        ExpectInteger($"samples of {what}", shape.Samples);
        ExpectInteger($"channels of {what}", shape.Channels);
        ExpectInteger($"rows of {what}", shape.Rows);
        ExpectInteger($"columns of {what}", shape.Columns);
    }

    private long ReadInteger(string what)
    {
        var offset = Position;
        var control = ReadByte(what);
        var size = control & ControlSize;
        if ((control & ~(ControlNegative | ControlSize)) != 0 || size is 0 or > sizeof(long))
        {
            throw Unexpected(offset, what, $"the control byte 0x{control:x2}");
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes.Clear();
        Read(bytes[..size], what);
        var magnitude = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (magnitude < 0)
        {
            throw Unexpected(offset, what, "an integer of more than 63 bits");
        }

        return (control & ControlNegative) != 0 ? -magnitude : magnitude;
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var letter in bytes)
        {
            text.Append(letter is >= 0x20 and < 0x7F ? (char)letter : '?');
        }

        return text.ToString();
    }
}
