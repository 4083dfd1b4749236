using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Frat.TestKit;
using SkiaSharp;

namespace Frat.Imaging.Png;

public sealed class PngPictureTests
{
    private const int NoLimit = 16_384;

    // Bit depth and colour type, and whether one colour is transparent.
    public static TheoryData<int, int, bool> Kinds { get; } = new()
    {
        { 1, 0, false },
        {
            2, 0, false
        }, { 4, 0, false }, { 8, 0, false }, { 16, 0, false }, { 1, 0, true }, { 4, 0, true }, { 8, 0, true }, { 16, 0, true },
        { 8, 2, false }, { 16, 2, false }, { 8, 2, true }, { 16, 2, true },
        { 1, 3, false }, { 2, 3, false }, { 4, 3, false }, { 8, 3, false }, { 2, 3, true }, { 8, 3, true },
        { 8, 4, false }, { 16, 4, false },
        { 8, 6, false }, { 16, 6, false },
    };

    // Rows of random bytes behind random filters are a picture as good as any.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_EachKind_GivesThePixelsThatSkiaGives(int depth, int color, bool isTransparent)
    {
        var random = new Random((depth * 100) + color);
        foreach (var (width, height) in new[] { (1, 1), (2, 3), (5, 7), (33, 9), (64, 65) })
        {
            foreach (var interlaced in new[] { false, true })
            {
                var file = Noise(random, width, height, depth, color, isTransparent, interlaced);

                using var image = PngPicture.Decode(file, NoLimit);

                (image.Width, image.Height).ShouldBe((width, height));
                image.Pixels.ToArray().ShouldBe(BySkia(file), $"{width}×{height}, interlaced: {interlaced}");
            }
        }
    }

    [Fact]
    public void Decode_Photos_GivesTheirPixels()
    {
        foreach (var photo in DebianPhotos.Faces)
        {
            using var bitmap = SKBitmap.Decode(photo);
            var file = bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();

            using var image = PngPicture.Decode(file, NoLimit);

            image.Pixels.SequenceEqual(BySkia(file)).ShouldBeTrue(photo);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_AboveTheLimit_GivesTheMeansOfWhatEachPixelCovers(bool interlaced)
    {
        var file = Noise(new Random(4), 150, 97, 8, 2, isTransparent: false, interlaced);

        using var image = PngPicture.Decode(file, maxSide: 64);

        (image.Width, image.Height).ShouldBe((64, 41));
        var expected = AreaScalerTests.Means(BySkia(file), 150, 97, 64, 41);
        var pixels = image.Pixels.ToArray();
        for (var i = 0; i < pixels.Length; i++)
        {
            Math.Abs(pixels[i] - expected[i]).ShouldBeLessThanOrEqualTo(0.501);
        }
    }

    [Fact]
    public void Decode_LargePicture_IsNeverInMemoryAsAWhole()
    {
        var file = TestImages.EmptyPng(8000, 6000, bitDepth: 8, colorType: 2, rowBytes: 24_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var image = PngPicture.Decode(file, maxSide: 2048);

        // 144 MB of pixels went through it.
        (image.Width, image.Height).ShouldBe((2048, 1536));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

    // One behind the other, as EXIF 2.3 defines the orientations: a red row above a blue one, turned.
    [Theory]
    [InlineData(1, "RRBB")]
    [InlineData(3, "BBRR")]
    [InlineData(6, "BRBR")]
    [InlineData(8, "RBRB")]
    [InlineData(9, "RRBB")]
    public void Decode_ExifOrientation_IsUpright(byte orientation, string colors)
    {
        byte[] exif = [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] rows = [0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 255, 0, 0, 255];
        var file = PngChunks.File([("IHDR", Header(2, 2, 8, 2, interlaced: false)), ("eXIf", exif), ("IDAT", Packed(rows)), ("IEND", [])]);

        using var image = PngPicture.Decode(file, NoLimit);

        string.Concat(Enumerable.Range(0, 4).Select(i => image.Pixels[i * 3] == 255 ? 'R' : 'B')).ShouldBe(colors);
    }

    [Fact]
    public void Decode_SeveralChunksOfPixelsAndMoreRowsThanThereAre_TakesWhatTheHeaderSays()
    {
        var packed = Packed([0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9]);
        var file = PngChunks.File(
        [
            ("IHDR", Header(1, 2, 8, 2, interlaced: false)), ("tEXt", "x\0y"u8.ToArray()),
            .. packed.Select(value => ("IDAT", new[] { value })), ("IDAT", []), ("IEND", []),
        ]);

        using var image = PngPicture.Decode(file, NoLimit);

        image.Pixels.ToArray().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    public static TheoryData<string, byte[]> Damaged { get; } = new()
    {
        { "ends too early", File(Header(1, 3, 8, 0, false), [0, 1, 0, 2]) },
        { "data are damaged", File(Header(1, 1, 8, 0, false), [5, 1]) },
        {
            "data are damaged",
            PngChunks.File([("IHDR", Header(1, 1, 8, 0, false)), ("IDAT", [0x78, 0x9C, 0xFF, 0xFF, 0xFF, 0xFF]), ("IEND", [])])
        },
        { "has no pixels", PngChunks.File([("IHDR", Header(1, 1, 8, 0, false)), ("IEND", [])]) },
        {
            "a part that is not known",
            PngChunks.File([("IHDR", Header(1, 1, 8, 0, false)), ("ABCD", []), ("IDAT", Packed([0, 1])), ("IEND", [])])
        },
        { "has no palette", File(Header(1, 1, 8, 3, false), [0, 1]) },
        { "header can't be read", File(Header(1, 1, 3, 0, false), [0, 1]) },
        { "header can't be read", File(Header(1, 1, 8, 5, false), [0, 1]) },
        { "header can't be read", File(Header(1, 1, 4, 2, false), [0, 1]) },
        { "checksum is wrong", WithWrongChecksum("IHDR") },
        { "checksum is wrong", WithWrongChecksum("IDAT") },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Decode_Damaged_IsCorrupt(string why, byte[] file)
    {
        var e = Should.Throw<InvalidFaceImageException>(() => PngPicture.Decode(file, NoLimit).Dispose());

        e.Reason.ShouldBe(InvalidImageReason.Corrupt);
        e.Message.ShouldContain(why);
    }

    [Fact]
    public void Decode_DamagedText_IsSteppedOver()
    {
        using var image = PngPicture.Decode(WithWrongChecksum("tEXt"), NoLimit);

        image.Pixels.ToArray().ShouldBe([9, 9, 9]);
    }

    private static byte[] Noise(Random random, int width, int height, int depth, int color, bool isTransparent, bool interlaced)
    {
        var channels = color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        using var rows = new MemoryStream();
        (int X, int Y, int StepX, int StepY)[] passes = interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        foreach (var pass in passes)
        {
            var columns = (width - pass.X + pass.StepX - 1) / pass.StepX;
            for (var y = pass.Y; y < height && columns > 0; y += pass.StepY)
            {
                var row = new byte[1 + (((columns * channels * depth) + 7) / 8)];
                random.NextBytes(row);
                row[0] = (byte)random.Next(5);
                rows.Write(row);
            }
        }

        List<(string, byte[])> chunks = [("IHDR", Header(width, height, depth, color, interlaced))];
        if (color == 3)
        {
            // Fewer colours than there are numbers.
            var palette = new byte[3 * Math.Min(1 << depth, 200)];
            random.NextBytes(palette);
            chunks.Add(("PLTE", palette));
        }

        if (isTransparent)
        {
            // In a palette one value a colour, else one colour: black, white in one channel.
            chunks.Add(("tRNS", color == 3 ? [0, 100, 200] : new byte[channels * 2]));
        }

        return PngChunks.File([.. chunks, ("IDAT", Packed(rows.ToArray())), ("IEND", [])]);
    }

    // The native decoder, on white.
    private static byte[] BySkia(byte[] file)
    {
        using var codec = SKCodec.Create(new SKMemoryStream(file));
        using var bitmap = new SKBitmap(new SKImageInfo(
            codec.Info.Width,
            codec.Info.Height,
            SKColorType.Rgba8888,
            codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul));
        codec.GetPixels(bitmap.Info, bitmap.GetPixels()).ShouldBe(SKCodecResult.Success);
        return [.. MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()).ToArray().SelectMany(pixel =>
        {
            var alpha = (int)(pixel >> 24);
            return Enumerable.Range(0, 3)
                .Select(channel => (byte)(((((int)(pixel >> (8 * channel)) & 255) * alpha) + (255 * (255 - alpha)) + 127) / 255));
        })];
    }

    private static byte[] WithWrongChecksum(string type)
    {
        var file = PngChunks.File(
            [("IHDR", Header(1, 1, 8, 0, false)), ("tEXt", "x\0y"u8.ToArray()), ("IDAT", Packed([0, 9])), ("IEND", [])]);
        var start = file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type));
        file[start + 4 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(start - 4))] ^= 1;
        return file;
    }

    private static byte[] File(byte[] header, byte[] rows) => PngChunks.File([("IHDR", header), ("IDAT", Packed(rows)), ("IEND", [])]);

    private static byte[] Header(int width, int height, int depth, int color, bool interlaced)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)color, (byte)(interlaced ? 1 : 0));
        return header;
    }

    private static byte[] Packed(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return packed.ToArray();
    }
}
