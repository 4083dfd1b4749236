using System.Buffers.Binary;
using System.IO.Compression;
using Frat.TestKit;
using SkiaSharp;

namespace Frat.Compare.Attack;

/// <summary>Pictures of a few bytes or kilobytes that take a decoder, or the search for faces, long.</summary>
internal static class HostilePictures
{
    public const string Lossless = "w2-16mp-lossless.webp";
    public const string Scans = "j3-100-scans.jpg";
    public const string OneBit = "p1-100mp-1bit.png";
    public const string Deep = "p3-100mp-rgba16-paeth.png";
    public const string Wide = "p4-1000000x100-rgba16.png";
    public const string Crowd = "c1-324-faces.jpg";
    public const string SomebodyRegistered = "registered.jpg";

    private const int Megapixels16 = 4000;
    private const int Megapixels100 = 10_000;
    private const byte Gray = 0;
    private const byte Rgba = 6;
    private const byte Paeth = 4;

    /// <summary>Makes all of them.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="registered">A photo of somebody who is registered.</param>
    public static void Make(string folder, byte[] registered)
    {
        Write(Lossless, OneColour(Megapixels16));
        Write(Scans, FlatScans(Megapixels16, scans: 100));
        Write(OneBit, Rows(Megapixels100, Megapixels100, depth: 1, Gray, filter: 0, bytesInRow: (Megapixels100 + 7) / 8));
        Write(Deep, Rows(Megapixels100, Megapixels100, depth: 16, Rgba, Paeth, bytesInRow: Megapixels100 * 8));
        Write(Wide, Rows(1_000_000, 100, depth: 16, Rgba, Paeth, bytesInRow: 8_000_000));
        Write(Crowd, Mosaic(2048, tilesASide: 18));
        Write(SomebodyRegistered, registered);

        void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private static byte[] OneColour(int side)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(new SKColor(90, 120, 150));
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 0))!;
        return data.ToArray();
    }

    // One row, again and again.
    private static byte[] Rows(int width, int height, byte depth, byte colour, byte filter, int bytesInRow)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + bytesInRow];
            row[0] = filter;
            for (var y = 0; y < height; y++)
            {
                zlib.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colour);
        return PngChunks.File([("IHDR", header), ("IDAT", packed.ToArray()), ("IEND", [])]);
    }

    // A gray JPEG (ITU-T T.81): one scan of the mean values, a bit for each block, and scans of one frequency each, in which nearly all
    // blocks share an end (G.1.2.2).
    private static byte[] FlatScans(int side, int scans)
    {
        var blocks = side / 8 * (side / 8);
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment([0xDB, 0, .. Enumerable.Repeat((byte)1, 64)]);
        Segment([0xC2, 8, (byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side, 1, 1, 0x11, 0]);
        Segment([0xC4, 0x00, 1, .. new byte[15], 0x00]);
        Segment([0xC4, 0x10, 1, .. new byte[15], 0xE0]); // One code, the bit 0: as many blocks end as the next 14 bits say, and 16 384.
        Segment([0xDA, 1, 1, 0, 0, 0, 0]);
        file.Write(new byte[(blocks + 7) / 8]);
        var ends = Ends(blocks);
        for (var scan = 1; scan < scans; scan++)
        {
            var frequency = (byte)(1 + (scan % 63));
            Segment([0xDA, 1, 1, 0, frequency, frequency, 0]);
            file.Write(ends);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();

        void Segment(byte[] content) =>
            file.Write([0xFF, content[0], (byte)((content.Length + 1) >> 8), (byte)(content.Length + 1), .. content.AsSpan(1)]);
    }

    private static byte[] Ends(int blocks)
    {
        const int least = 1 << 14;
        var bits = new List<bool>();
        for (var runs = blocks / least; runs > 0; runs--)
        {
            // What is left over goes with the last run, which has room for nearly twice as many.
            var more = runs == 1 ? blocks % least : 0;
            bits.Add(false);
            bits.AddRange(Enumerable.Range(0, 14).Select(bit => ((more >> (13 - bit)) & 1) != 0));
        }

        var bytes = new List<byte>();
        for (var i = 0; i < bits.Count; i += 8)
        {
            var value = (byte)Enumerable.Range(i, 8).Aggregate(0, (sum, bit) => (sum << 1) | (bit >= bits.Count || bits[bit] ? 1 : 0));
            bytes.AddRange(value == 0xFF ? [value, 0] : [value]);
        }

        return [.. bytes];
    }

    private static byte[] Mosaic(int side, int tilesASide)
    {
        var photos = DebianPhotos.Johns.SelectMany(person => person.Value).ToArray();
        using var bitmap = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            var tile = (float)side / tilesASide;
            for (var i = 0; i < tilesASide * tilesASide; i++)
            {
                using var photo = SKImage.FromEncodedData(photos[i % photos.Length]);
                canvas.DrawImage(
                    photo,
                    SKRect.Create(i % tilesASide * tile, i / tilesASide * tile, tile, tile),
                    new SKSamplingOptions(SKCubicResampler.Mitchell));
            }
        }

        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return jpeg.ToArray();
    }
}
