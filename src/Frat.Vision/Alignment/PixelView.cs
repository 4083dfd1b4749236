namespace Frat.Vision;

/// <summary>Interleaved RGB pixels of an image or of a rectangle in it; borrowed.</summary>
internal readonly ref struct PixelView
{
    private readonly ReadOnlySpan<byte> _pixels;
    private readonly int _stride;

    public PixelView(RgbImage image)
        : this(image.Pixels, image.Width, image.Height, image.Stride)
    {
    }

    /// <param name="pixels">Row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from a row to the next.</param>
    public PixelView(ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        _pixels = pixels;
        _stride = stride;
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>From the first pixel of a row to its last.</summary>
    public ReadOnlySpan<byte> Row(int y) => _pixels.Slice(y * _stride, Width * RgbImage.BytesPerPixel);

    /// <summary>A rectangle inside; empty where a side is below 1.</summary>
    public PixelView Crop(int left, int top, int width, int height) =>
        width < 1 || height < 1
            ? default
            : new PixelView(_pixels[((top * _stride) + (left * RgbImage.BytesPerPixel))..], width, height, _stride);
}
