using System.Buffers.Binary;
using System.IO.Compression;
using Frat.TestKit;

namespace Frat.WebHost.Tests;

/// <summary>Image files to send: real photos, and files that are not what they seem.</summary>
internal static class Photos
{
    /// <summary>What the comments of <see cref="WithComments"/> say.</summary>
    public const string Comment = "of a photo that nobody keeps";

    private const int SegmentBytes = 60_000;

    /// <summary>The people of Debian's example photos, with eleven photos each.</summary>
    public static IReadOnlyList<IReadOnlyList<byte[]>> People { get; } =
        [.. DebianPhotos.Johns.Values.Select(IReadOnlyList<byte[]> (files) => [.. files.Select(File.ReadAllBytes)])];

    public static byte[] Scene(string name) => File.ReadAllBytes(DebianPhotos.Faces.Single(file => Path.GetFileName(file) == name));

    /// <summary>A photo without a face, as the detector sees it: a plain grey one.</summary>
    public static byte[] NoFace { get; } = Png(320, 240);

    /// <summary>The same photo, made longer by comments that a decoder skips.</summary>
    public static byte[] WithComments(byte[] jpeg, int bytes)
    {
        var comment = new byte[SegmentBytes];
        for (var i = 0; i < SegmentBytes; i++)
        {
            comment[i] = (byte)Comment[i % Comment.Length];
        }

        using var longer = new MemoryStream();
        longer.Write(jpeg, 0, 2);
        for (var written = 0; written < bytes; written += SegmentBytes)
        {
            longer.Write([0xFF, 0xFE, (SegmentBytes + 2) >> 8, (SegmentBytes + 2) & 0xFF]);
            longer.Write(comment);
        }

        longer.Write(jpeg, 2, jpeg.Length - 2);
        return longer.ToArray();
    }

    /// <summary>A PNG of black and white pixels, all black: of any size, it is a small file.</summary>
    public static byte[] Png(int width, int height)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + ((width + 7) / 8)];
            for (var y = 0; y < height; y++)
            {
                zlib.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1; // One bit a pixel; greyscale, deflate, no filter, no interlace are the zeros behind it.
        return PngChunks.File(("IHDR", header), ("IDAT", pixels.ToArray()), ("IEND", []));
    }
}
