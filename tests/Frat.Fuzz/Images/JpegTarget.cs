using System.Buffers.Binary;
using Frat.TestKit;
using SkiaSharp;

namespace Frat.Fuzz.Images;

/// <summary>JPEG: as they are, turned by EXIF, gray, progressive, CMYK.</summary>
internal sealed class JpegTarget : ImageTarget
{
    public override IReadOnlyList<byte[]> Corpus { get; } = Make();

    public override IEnumerable<(string Name, byte[] File)> Bombs
    {
        get
        {
            yield return ("65500×65500, baseline", FlatJpeg.Baseline(65500, 65500, components: 1, blocks: 10));
            yield return ("65500×65500, progressive", FlatJpeg.Progressive(65500, 65500, scans: 3, blocks: 10));
            yield return ("thousands of scans", FlatJpeg.Progressive(64, 64, scans: 5000));
            yield return ("a hundred scans", FlatJpeg.Progressive(4000, 4000, scans: 100));
            yield return ("a hundred scans, all empty", FlatJpeg.Progressive(4000, 4000, scans: 100, blocks: 0));
            yield return ("as many scans and pixels as are accepted", FlatJpeg.Progressive(4000, 4000, scans: 7));
            yield return ("as many scans and pixels as are accepted, all empty", FlatJpeg.Progressive(4000, 3000, scans: 7, blocks: 0));
            yield return ("as many scans as are accepted", FlatJpeg.Progressive(2000, 1500, scans: 20));
            yield return ("12000×9000, baseline", FlatJpeg.Baseline(12_000, 9_000, components: 1));
            yield return ("10000×9999, cut off", FlatJpeg.Baseline(10_000, 9_999, components: 4, blocks: 10));
        }
    }

    public override IReadOnlyList<Range> Parts(byte[] file) => [.. Segments(file).Select(segment => segment.Start..segment.End)];

    // The lengths of the segments, and height and width of the frame.
    public override IReadOnlyList<(int Offset, int Bytes)> Sizes(byte[] file) =>
    [
        .. Segments(file).SelectMany(segment => file[segment.Start + 1] is >= 0xC0 and <= 0xC2
            ? [(segment.Start + 2, 2), (segment.Start + 5, 2), (segment.Start + 7, 2), (segment.Start + 5, 4), (segment.Start + 9, 1)]
            : new[] { (segment.Start + 2, 2) }),
    ];

    private static List<byte[]> Make()
    {
        List<byte[]> files = [.. Photos.Select(File.ReadAllBytes)];
        using (var gray = Photo(0, SKColorType.Gray8))
        {
            files.Add(gray.Encode(SKEncodedImageFormat.Jpeg, 80).ToArray());
        }

        using (var colour = Photo(1))
        {
            files.Add(colour.Encode(SKEncodedImageFormat.Jpeg, 40).ToArray());
        }

        for (byte orientation = 2; orientation <= 8; orientation += 3)
        {
            files.Add(WithOrientation(files[1], orientation));
        }

        using (var photo = Photo(2))
        {
            var pixels = photo.GetPixelSpan().ToArray();
            byte Of(int x, int y, int component) => pixels[(((y * photo.Width) + x) * 4) + (component % 3)];
            files.Add(PhotoJpeg.Encode(photo.Width, photo.Height, components: 3, isProgressive: false, Of));
            files.Add(PhotoJpeg.Encode(photo.Width, photo.Height, components: 4, isProgressive: false, Of));
            files.Add(PhotoJpeg.Encode(photo.Width, photo.Height, components: 1, isProgressive: true, Of));
            files.Add(PhotoJpeg.Encode(photo.Width, photo.Height, components: 3, isProgressive: true, Of));
            files.Add(PhotoJpeg.Encode(photo.Width, photo.Height, components: 4, isProgressive: true, Of));
        }

        files.Add(FlatJpeg.Progressive(100, 80, scans: 6));
        files.Add(FlatJpeg.Baseline(100, 80, components: 4));
        return files;
    }

    // An EXIF segment with nothing but the orientation: big-endian TIFF, one entry of tag 0x0112, type SHORT.
    private static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        .. jpeg.AsSpan(
            0,
            2), 0xFF, 0xE1, 0, 34, .. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
            0, 0, 0, 0,
        .. jpeg.AsSpan(2),
    ];

    // Up to the first scan; what follows is one part.
    private static List<(int Start, int End)> Segments(byte[] file)
    {
        List<(int, int)> segments = [];
        for (var start = 2; start + 4 <= file.Length && file[start] == 0xFF;)
        {
            var end = Math.Min(file.Length, start + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(start + 2)));
            segments.Add((start, end));
            start = end;
        }

        return segments;
    }
}
