using System.Buffers.Binary;
using Frat.Dlib;

namespace Frat.Fuzz.Models;

/// <summary>The frontal face detector's file, and a small image searched with what was read.</summary>
internal sealed class FhogTarget : FuzzTarget
{
    private const int Magic = 4;
    private static readonly RgbImage Image = Noise();

    public override IReadOnlyList<byte[]> Corpus { get; } = [Embedded()];

    // The reader's own buffer is 1 MB; the rest is the search.
    public override long MaxAllocated(byte[] file) => 8_000_000;

    public override bool Accepts(byte[] file)
    {
        try
        {
            using var detector = FhogFaceDetector.Load(new MemoryStream(file));
            detector.Detect(Image, upsample: 0);
            return true;
        }
        catch (ModelFileException)
        {
            return false;
        }
    }

    // All numbers before the filters.
    public override IReadOnlyList<(int Offset, int Bytes)> Sizes(byte[] file) =>
        [.. Enumerable.Range(1, 25).Select(i => (i * 4, 4)).Where(field => field.Item1 + 4 <= file.Length)];

    public override void Repair(byte[] file)
    {
        if (file.Length < Magic + sizeof(ulong))
        {
            return;
        }

        // FNV-1a, as the file has it.
        var sum = 0xcbf29ce484222325UL;
        foreach (var value in file.AsSpan(Magic..^sizeof(ulong)))
        {
            sum = (sum ^ value) * 0x100000001b3UL;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(^sizeof(ulong)..), sum);
    }

    private static RgbImage Noise()
    {
        var image = new RgbImage(100, 90);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }

    private static byte[] Embedded()
    {
        using var stream = typeof(FhogModel).Assembly.GetManifestResourceStream("dlib_frontal_face_detector.fhog")!;
        using var file = new MemoryStream();
        stream.CopyTo(file);
        return file.ToArray();
    }
}
