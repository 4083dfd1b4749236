using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Frat.TestKit;
using SkiaSharp;

namespace Frat.Fuzz.Images;

/// <summary>PNG: of every depth and kind of colour, with a palette, interlaced.</summary>
internal sealed class PngTarget : ImageTarget
{
    private const int FirstChunk = 8;

    public override IReadOnlyList<byte[]> Corpus { get; } = Make();

    public override IEnumerable<(string Name, byte[] File)> Bombs
    {
        get
        {
            yield return ("60000×60000 zeros", PngFile.Zeros(60_000, 60_000, bitDepth: 1, colorType: 0));
            yield return ("as many pixels as are accepted, of 8 bytes", PngFile.Zeros(4000, 4000, bitDepth: 16, colorType: 6));
            yield return ("a colour profile of 300 MB",
                PngFile.Zeros(8, 8, 8, 2, ("iCCP", [.. "x\0\0"u8, .. PngFile.Deflate(300_000_000)])));
            yield return ("a text of 300 MB", PngFile.Zeros(8, 8, 8, 2, ("zTXt", [.. "x\0\0"u8, .. PngFile.Deflate(300_000_000)])));
            yield return ("very many texts",
                PngFile.Zeros(8, 8, 8, 2, [.. Enumerable.Repeat<(string, byte[])>(("tEXt", [.. "x\0"u8, .. new byte[50]]), 100_000)]));
            yield return ("more rows than the header says", PngFile.Assemble(8, 8, 8, 2, interlaced: false, PngFile.Deflate(300_000_000)));
        }
    }

    public override IReadOnlyList<Range> Parts(byte[] file) => [.. PngFile.Chunks(file).Select(chunk => chunk.Start..chunk.End)];

    public override IReadOnlyList<(int Offset, int Bytes)> Sizes(byte[] file) =>
        [(16, 4), (20, 4), (16, 8), (24, 5), .. PngFile.Chunks(file).Select(chunk => (chunk.Start, 4))];

    // The signature and the header, which Sizes reaches.
    public override int Start => 33;

    // All pixels in one chunk, whose data are the rows.
    public override byte[] Unpack(byte[] file)
    {
        var chunks = PngFile.Chunks(file).ConvertAll(
            chunk => (Type: Encoding.ASCII.GetString(file, chunk.Start + 4, 4), Data: file[(chunk.Start + 8)..(chunk.End - 4)]));
        using var packed = new MemoryStream([.. chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data)]);
        using var data = new ZLibStream(packed, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        data.CopyTo(rows);
        return PngChunks.File([.. chunks.Where(chunk => chunk.Type is not ("IDAT" or "IEND")), ("IDAT", rows.ToArray()), ("IEND", [])]);
    }

    public override byte[] Pack(byte[] file)
    {
        List<(string, byte[])> chunks = [];
        foreach (var (start, end) in PngFile.Chunks(file).Where(chunk => chunk.End - chunk.Start >= 12))
        {
            var (type, data) = (Encoding.Latin1.GetString(file, start + 4, 4), file[(start + 8)..(end - 4)]);
            chunks.Add((type, type == "IDAT" ? PngFile.Packed(data) : data));
        }

        return PngChunks.File(chunks);
    }

    public override void Repair(byte[] file)
    {
        foreach (var (start, end) in PngFile.Chunks(file).Where(chunk => chunk.End - chunk.Start >= 12))
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(end - 4), PngChunks.Crc(file.AsSpan(start + 4, end - start - 8)));
        }
    }

    private static List<byte[]> Make()
    {
        using var photo = Photo(0);
        var pixels = photo.GetPixelSpan().ToArray();
        var (width, height) = (photo.Width, photo.Height);
        byte Gray(int x, int y) => pixels[((y * width) + x) * 4];
        byte[] Rgb(int x, int y) => pixels.AsSpan(((y * width) + x) * 4, 3).ToArray();
        static byte[] Wide(IEnumerable<byte> values) => [.. values.SelectMany(value => new[] { value, value })];
        return
        [
            photo.Encode(SKEncodedImageFormat.Png, 100).ToArray(),
            PngFile.Write(width, height, 8, 0, (x, y) => [Gray(x, y)]),
            PngFile.Write(width, height, 16, 0, (x, y) => Wide([Gray(x, y)])),
            PngFile.Write(width, height, 16, 2, (x, y) => Wide(Rgb(x, y))),
            PngFile.Write(width, height, 8, 3, (x, y) => [Gray(x, y)], palette: true),
            PngFile.Write(width, height, 8, 4, (x, y) => [Gray(x, y), 200]),
            PngFile.Write(width, height, 16, 6, (x, y) => Wide([.. Rgb(x, y), 99])),
            PngFile.Write(width, height, 8, 2, Rgb, interlaced: true),
            PngFile.Write(width, height, 8, 3, (x, y) => [Gray(x, y)], palette: true, interlaced: true),
        ];
    }
}
