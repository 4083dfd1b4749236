using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Frat.Testing;

/// <summary>
/// A face that is made up: a square of 16×16 cells of one colour each, which say in three bytes a cell who it is. Immutable.
/// </summary>
internal sealed class FaceTile
{
    public const int Size = Cells * Cell;

    private const int Cells = 16;
    private const int Cell = 12;
    private const int SmallCell = 3;
    private const int Header = 4;

    // Of the first two cells: no picture has them by accident, side by side and as large.
    private static readonly byte[] Mark = [0xF7, 0x1A, 0x7E, 0x0B, 0xE5, 0x3C];

    private readonly byte[] _name;

    public FaceTile(string person, int take, FakePhotoFault fault)
    {
        ArgumentException.ThrowIfNullOrEmpty(person);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, ushort.MaxValue);
        if (!Enum.IsDefined(fault))
        {
            throw new ArgumentException($"{fault} is no fault of a photo.", nameof(fault));
        }

        _name = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(person);
        if (_name.Length > FakeFaces.MaxNameBytes)
        {
            throw new ArgumentException($"The name has {_name.Length} bytes; {FakeFaces.MaxNameBytes} are the most.", nameof(person));
        }

        (Take, Fault) = (take, fault);
    }

    private FaceTile(byte[] name, int take, FakePhotoFault fault) => (_name, Take, Fault) = (name, take, fault);

    public ReadOnlySpan<byte> Name => _name;

    public int Take { get; }

    public FakePhotoFault Fault { get; }

    /// <summary>Its side, in pixels.</summary>
    public int Side => Cells * CellOf(Fault);

    public void Draw(RgbImage image, int left, int top)
    {
        var bytes = new byte[Cells * Cells * RgbImage.BytesPerPixel];
        Mark.CopyTo(bytes, 0);
        var payload = bytes.AsSpan(Mark.Length);
        payload[0] = (byte)Fault;
        BinaryPrimitives.WriteUInt16LittleEndian(payload[1..], (ushort)Take);
        payload[3] = (byte)_name.Length;
        _name.CopyTo(payload[Header..]);
        var length = Header + _name.Length;
        Sum(payload[..length]).CopyTo(payload[length..]);
        var side = CellOf(Fault);
        for (var y = 0; y < Side; y++)
        {
            var row = image.Row(top + y)[(left * RgbImage.BytesPerPixel)..];
            for (var x = 0; x < Side; x++)
            {
                var cell = (y / side * Cells) + (x / side);
                bytes.AsSpan(cell * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel).CopyTo(row[(x * RgbImage.BytesPerPixel)..]);
            }
        }
    }

    /// <summary>Finds the faces of an image, row by row.</summary>
    public static IEnumerable<(FaceTile Face, int Left, int Top)> Find(RgbImage image)
    {
        var found = new List<(FaceTile Face, int Left, int Top)>();
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                if (IsMark(image, x, y)
                    && !found.Exists(other => IsWithin(other.Face.Side, x - other.Left, y - other.Top))
                    && (Read(image, x, y, Cell) ?? Read(image, x, y, SmallCell)) is { } face)
                {
                    found.Add((face, x, y));
                }
            }
        }

        return found;
    }

    /// <summary>Reads a face whose upper left corner is known.</summary>
    /// <returns>Null where there is none.</returns>
    public static FaceTile? Read(RgbImage image, int left, int top, int cell = Cell)
    {
        if (left + (Cells * cell) > image.Width || top + (Cells * cell) > image.Height)
        {
            return null;
        }

        var bytes = new byte[Cells * Cells * RgbImage.BytesPerPixel];
        for (var i = 0; i < Cells * Cells; i++)
        {
            var (x, y) = (left + (i % Cells * cell) + (cell / 2), top + (i / Cells * cell) + (cell / 2));
            image.Row(y).Slice(x * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel).CopyTo(bytes.AsSpan(i * RgbImage.BytesPerPixel));
        }

        var payload = bytes.AsSpan(Mark.Length);
        var length = Header + payload[3];
        if (!bytes.AsSpan().StartsWith(Mark)
            || payload[3] > FakeFaces.MaxNameBytes
            || !payload.Slice(length, 4).SequenceEqual(Sum(payload[..length]))
            || !Enum.IsDefined((FakePhotoFault)payload[0]))
        {
            return null;
        }

        return new(
            payload[Header..length].ToArray(), BinaryPrimitives.ReadUInt16LittleEndian(payload[1..]), (FakePhotoFault)payload[0]);
    }

    private static bool IsWithin(int side, int x, int y) => x >= 0 && x < side && y >= 0 && y < side;

    private static bool IsMark(RgbImage image, int x, int y) =>
        image.Row(y).Slice(x * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel).SequenceEqual(Mark.AsSpan(0, RgbImage.BytesPerPixel));

    private static int CellOf(FakePhotoFault fault) => fault == FakePhotoFault.Small ? SmallCell : Cell;

    private static ReadOnlySpan<byte> Sum(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, 4);
}
