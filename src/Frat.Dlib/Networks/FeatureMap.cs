namespace Frat.Dlib;

/// <summary>
/// What flows between two layers: for each pixel of each image, its channels one beside the other. Around an image may lie a border of
/// zeros, which a convolution pads with; nothing but zeros is ever written there.
/// </summary>
/// <remarks>Not thread-safe, but that different pixels may be written at the same time.</remarks>
internal sealed unsafe class FeatureMap : IDisposable
{
    // Tiles of Winograd's convolutions reach over the end of an image by up to 3 pixels.
    private const int TileSize = 4;

    private NativeFloats? _values;
    private int _images;
    private int _first;

    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="border">Pixels of zeros on each side.</param>
    public FeatureMap(int channels, int border = 0)
    {
        Channels = channels;
        Border = border;
    }

    /// <summary>The images that are looked at.</summary>
    public int Images { get; private set; }

    public int Height { get; private set; }

    public int Width { get; private set; }

    public int Channels { get; }

    public int Border { get; }

    /// <summary>Numbers from a pixel to the one below it.</summary>
    public nint RowStride { get; private set; }

    /// <summary>Numbers from an image to the next.</summary>
    public nint ImageStride { get; private set; }

    /// <summary>Makes room for images of a size. The content is undefined after a change of size, but that the border is zero.</summary>
    public void Resize(int images, int height, int width)
    {
        var sameImages = (height, width) == (Height, Width);
        var same = sameImages && images == _images && _values is not null;
        _images = images;
        Select(0, images);
        if (same)
        {
            return;
        }

        (Height, Width) = (height, width);
        RowStride = (nint)Extent(width) * Channels;
        ImageStride = Extent(height) * RowStride;
        var length = (long)images * ImageStride;
        if (_values is null || _values.Length < length)
        {
            _values?.Dispose();
            _values = new NativeFloats(length);
        }
        else if (!sameImages && Border > 0)
        {
            _values.Clear();
        }
    }

    /// <summary>Looks at some of the images only, up to the next <see cref="Resize"/>: they are numbered from 0 again.</summary>
    public void Select(int first, int images) => (_first, Images) = (first, images);

    /// <summary>The channels of a pixel; up to <see cref="Border"/> beyond the image there are zeros.</summary>
    public float* Pixel(int image, int y, int x) =>
        _values!.First + ((_first + image) * ImageStride) + ((y + Border) * RowStride) + ((nint)(x + Border) * Channels);

    /// <summary>The channels of some pixels of a row.</summary>
    public Span<float> Row(int image, int y, int x, int pixels) => new(Pixel(image, y, x), pixels * Channels);

    public void Dispose() => _values?.Dispose();

    private int Extent(int pixels) => Border == 0 ? pixels : ((pixels + TileSize - 1) / TileSize * TileSize) + (2 * Border);
}
