using System.Buffers.Binary;
using SkiaSharp;

namespace Frat.Fuzz.Images;

/// <summary>WebP: lossy, lossless, with transparency, and animated.</summary>
internal sealed class WebpTarget : ImageTarget
{
    private const int FirstChunk = 12;

    public override IReadOnlyList<byte[]> Corpus { get; } = Make();

    public override IEnumerable<(string Name, byte[] File)> Bombs
    {
        get
        {
            var lossy = (byte[])Corpus[0].Clone();
            BinaryPrimitives.WriteUInt16LittleEndian(lossy.AsSpan(26), 16383);
            BinaryPrimitives.WriteUInt16LittleEndian(lossy.AsSpan(28), 16383);
            yield return ("16383×16383, lossy", lossy);
            var lossless = (byte[])Corpus[1].Clone();
            BinaryPrimitives.WriteUInt32LittleEndian(lossless.AsSpan(21), 0x0FFFFFFE);
            yield return ("16383×16383, lossless", lossless);
            yield return ("16777216×16777216, animated", Riff(Header(1 << 24, 1 << 24)));
            yield return ("4000×4000, animated, of very many empty frames", Riff(
                [.. Header(4000, 4000), .. Enumerable.Repeat(Frame(1, 1, Corpus[1][FirstChunk..]), 300).SelectMany(frame => frame)]));
            yield return ("a chunk of 4 GB", [.. Corpus[0].AsSpan(0, 16), 0xFF, 0xFF, 0xFF, 0xFF, .. Corpus[0].AsSpan(20)]);
        }
    }

    public override IReadOnlyList<Range> Parts(byte[] file) => [.. Chunks(file).Select(chunk => chunk.Start..chunk.End)];

    public override IReadOnlyList<(int Offset, int Bytes)> Sizes(byte[] file) =>
        [(4, 4), (21, 4), (26, 2), (28, 2), (26, 4), (24, 3), (27, 3), .. Chunks(file).Select(chunk => (chunk.Start + 4, 4))];

    public override void Repair(byte[] file)
    {
        if (file.Length >= FirstChunk)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        }
    }

    private static List<byte[]> Make()
    {
        using var photo = Photo(0);
        using var clear = Photo(1, alpha: SKAlphaType.Unpremul);
        for (var i = 3; i < 4 * clear.Width * 20; i += 4)
        {
            clear.GetPixelSpan()[i] = 50;
        }

        var lossy = Encode(photo, SKWebpEncoderCompression.Lossy);
        var lossless = Encode(photo, SKWebpEncoderCompression.Lossless);
        return
        [
            lossy, lossless, Encode(clear, SKWebpEncoderCompression.Lossy), Encode(clear, SKWebpEncoderCompression.Lossless),
            Riff([.. Header(photo.Width, photo.Height), .. Frame(photo.Width, photo.Height, lossy[FirstChunk..]),
                .. Frame(photo.Width, photo.Height, lossless[FirstChunk..])]),
        ];
    }

    private static byte[] Encode(SKBitmap bitmap, SKWebpEncoderCompression compression)
    {
        using var pixels = bitmap.PeekPixels();
        return pixels.Encode(new SKWebpEncoderOptions(compression, 60))!.ToArray();
    }

    private static byte[] Riff(byte[] chunks)
    {
        byte[] file = [.. "RIFF\0\0\0\0WEBP"u8, .. chunks];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    // RFC 9649: VP8X with the flag for animation, and ANIM with a background and no end of loops.
    private static byte[] Header(int width, int height) =>
        [.. Chunk("VP8X"u8, [0x02, 0, 0, 0, .. UInt24(width - 1), .. UInt24(height - 1)]), .. Chunk("ANIM"u8, new byte[6])];

    private static byte[] Frame(int width, int height, byte[] image) =>
        Chunk("ANMF"u8, [.. new byte[6], .. UInt24(width - 1), .. UInt24(height - 1), .. UInt24(100), 0, .. image]);

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = [.. type, 0, 0, 0, 0, .. data, .. new byte[data.Length % 2]];
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), data.Length);
        return chunk;
    }

    private static byte[] UInt24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static List<(int Start, int End)> Chunks(byte[] file)
    {
        List<(int, int)> chunks = [];
        for (var start = FirstChunk; start + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(start + 4));
            var end = (int)Math.Min(file.Length, start + 8L + length + (length % 2));
            chunks.Add((start, end));
            start = end;
        }

        return chunks;
    }
}
