using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Fuzz.Images;

/// <summary>Image files against the decoder, with its default limits.</summary>
internal abstract class ImageTarget : FuzzTarget
{
    private static readonly SkiaImageDecoder Decoder = new(Options.Create(new ImageDecoderOptions()));

    // The result has at most 2048² pixels, which is 12.6 MB, in a pooled array of the next power of two.
    public sealed override long MaxAllocated(byte[] file) => 20_000_000;

    // 16 million pixels of a progressive JPEG of four components take 128 MB, a WebP without loss 64 MB and its result as RGBA.
    public sealed override long MaxGrowth(byte[] file) => 200L << 20;

    public sealed override bool Accepts(byte[] file)
    {
        try
        {
            using var image = Decoder.DecodeAsync(file).AsTask().GetAwaiter().GetResult();
            return Math.Max(image.Width, image.Height) <= 2048 ? true
                : throw new InvalidOperationException($"{image.Width}×{image.Height} pixels came out.");
        }
        catch (InvalidFaceImageException)
        {
            return false;
        }
    }

    /// <summary>Real photos: small ones, so that there is time for many.</summary>
    protected static IReadOnlyList<string> Photos { get; } = [.. DebianPhotos.Johns.Values.Take(3).Select(photos => photos[0])];

    /// <summary>A photo without a colour profile, which the simple form of WebP has no room for.</summary>
    protected static SKBitmap Photo(int index, SKColorType type = SKColorType.Rgba8888, SKAlphaType alpha = SKAlphaType.Opaque)
    {
        using var photo = SKBitmap.Decode(Photos[index]);
        using var converted = photo.Copy(type);
        var plain = new SKBitmap(new SKImageInfo(converted.Width, converted.Height, type, alpha));
        converted.GetPixelSpan().CopyTo(plain.GetPixelSpan());
        return plain;
    }
}
