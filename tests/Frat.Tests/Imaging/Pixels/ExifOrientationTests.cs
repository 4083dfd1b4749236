using System.Buffers.Binary;
using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Imaging;

public sealed class ExifOrientationTests : IDisposable
{
    private readonly SkiaImageDecoder _decoder = new(Options.Create(new ImageDecoderOptions()));

    public void Dispose() => _decoder.Dispose();

    // Type (1 BYTE, 3 SHORT, 4 LONG) and how many values there are: of more than four bytes, the entry tells where they are.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(1, 1)]
    public void Read_TypesThatWritersUse_GivesTheFirstValue(ushort type, int count)
    {
        ExifOrientation.Read(Tiff(6, type, count, isLittle: true)).ShouldBe(SKEncodedOrigin.RightTop);
        ExifOrientation.Read(Tiff(6, type, count, isLittle: false)).ShouldBe(SKEncodedOrigin.RightTop);
        ExifOrientation.Read(Tiff(9, type, count, isLittle: true)).ShouldBe(SKEncodedOrigin.TopLeft);
        ExifOrientation.Read(Tiff(6, type, count, isLittle: true).AsSpan(0, 20)).ShouldBe(SKEncodedOrigin.TopLeft);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void Read_OtherTypes_AreLeftAsTheyAre(ushort type) =>
        ExifOrientation.Read(Tiff(6, type, 1, isLittle: true)).ShouldBe(SKEncodedOrigin.TopLeft);

    [Fact]
    public async Task DecodeAsync_JpegWithLong_IsUpright()
    {
        var jpeg = TestImages.Quarters(200, 100, SKEncodedImageFormat.Jpeg);

        await ShouldBeUprightAsync(
            [.. jpeg[..2], .. App1([.. "Exif\0\0"u8, .. Tiff(6, 4, 1, isLittle: false)]), .. jpeg[2..]], isTurned: true);
    }

    // XMP has an orientation of its own, which programs that turn pictures leave behind.
    [Fact]
    public async Task DecodeAsync_JpegWithXmp_IsLeftAsItIs()
    {
        var jpeg = TestImages.Quarters(200, 100, SKEncodedImageFormat.Jpeg);
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description tiff:Orientation=\"6\"/></x:xmpmeta>"u8];

        await ShouldBeUprightAsync([.. jpeg[..2], .. App1(xmp), .. jpeg[2..]], isTurned: false);
        await ShouldBeUprightAsync(
            [.. jpeg[..2], .. App1(xmp), .. App1([.. "Exif\0\0"u8, .. Tiff(6, 3, 1, isLittle: true)]), .. jpeg[2..]], isTurned: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DecodeAsync_WebpWithOrWithoutThePrefix_IsUpright(bool hasPrefix)
    {
        byte[] exif = [.. hasPrefix ? "Exif\0\0"u8 : default, .. Tiff(6, 3, 1, isLittle: true)];
        var picture = TestImages.Quarters(200, 100, SKEncodedImageFormat.Webp)[12..];
        picture = picture.AsSpan(0, 4).SequenceEqual("VP8X"u8) ? picture[18..] : picture;
        byte[] chunks = [
            .. "VP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, 199, 0, 0, 99, 0, 0, .. picture, .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif
        ];
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. chunks];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);

        await ShouldBeUprightAsync(file, isTurned: true);
    }

    [Fact]
    public async Task DecodeAsync_PngWhoseExifIsBehindThePixels_IsUpright()
    {
        var png = TestImages.Quarters(200, 100, SKEncodedImageFormat.Png);
        var exif = PngChunks.File([("eXIf", Tiff(6, 4, 1, isLittle: true))])[8..];

        await ShouldBeUprightAsync([.. png[..^12], .. exif, .. png[^12..]], isTurned: true);
        exif[^1] ^= 1;
        await ShouldBeUprightAsync([.. png[..^12], .. exif, .. png[^12..]], isTurned: false);
    }

    // One entry, its values behind it where they don't fit in.
    private static byte[] Tiff(ushort orientation, ushort type, int count, bool isLittle)
    {
        var bytes = type switch { 1 or 2 => 1, 3 => 2, 5 or 12 => 8, _ => 4 };
        var tiff = new byte[26 + (bytes * count)];
        (isLittle ? "II"u8 : "MM"u8).CopyTo(tiff);
        Write(tiff, 2, 42, 2);
        Write(tiff, 4, 8, 4);
        Write(tiff, 8, 1, 2);
        Write(tiff, 10, 0x0112, 2);
        Write(tiff, 12, type, 2);
        Write(tiff, 14, count, 4);
        var values = bytes * count <= 4 ? 18 : 26;
        Write(tiff, 18, values == 26 ? 26 : 0, 4);
        Write(tiff, values, orientation, Math.Min(bytes, 4));
        return tiff;

        void Write(byte[] to, int at, int value, int length)
        {
            for (var i = 0; i < length; i++)
            {
                to[at + i] = (byte)(value >> (8 * (isLittle ? i : length - 1 - i)));
            }
        }
    }

    private static byte[] App1(byte[] content) => [0xFF, 0xE1, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private async Task ShouldBeUprightAsync(byte[] file, bool isTurned)
    {
        using var image = await _decoder.DecodeAsync(file);

        (image.Width, image.Height).ShouldBe(isTurned ? (100, 200) : (200, 100));
    }
}
