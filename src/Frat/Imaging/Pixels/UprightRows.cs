using System.Buffers;
using SkiaSharp;

namespace Frat;

/// <summary>
/// Makes an image of a picture's rows while they arrive, in the order of the file: upright, and smaller where its longest side is above a
/// limit. Not thread-safe.
/// </summary>
internal sealed class UprightRows : IDisposable
{
    private const int Channels = RgbImage.BytesPerPixel;

    private readonly AreaScaler? _scaler;
    private readonly byte[]? _scaled;
    private readonly int _width;
    private readonly int _height;
    private readonly SKEncodedOrigin _origin;
    private RgbImage? _image;
    private int _rows;

    /// <param name="width">Pixels in a row of the picture, before it is turned upright.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="maxSide">The longest side of the image. A picture within it keeps every pixel as it is.</param>
    /// <param name="origin">Where the first row and column belong.</param>
    public UprightRows(int width, int height, int maxSide, SKEncodedOrigin origin = SKEncodedOrigin.TopLeft)
    {
        (_width, _height, _origin) = (width, height, origin);
        if (Math.Max(width, height) > maxSide)
        {
            (_width, _height) = Within(width, height, maxSide);
            _scaler = new AreaScaler(width, height, _width, _height);
            _scaled = ArrayPool<byte>.Shared.Rent(_width * Channels);
        }

        _image = origin is >= SKEncodedOrigin.LeftTop and <= SKEncodedOrigin.LeftBottom
            ? new RgbImage(_height, _width)
            : new RgbImage(_width, _height);
    }

    /// <summary>The size, in the same proportions, whose longest side is a limit.</summary>
    public static (int Width, int Height) Within(int width, int height, int maxSide)
    {
        var scale = maxSide / (double)Math.Max(width, height);
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>Takes the next row.</summary>
    /// <param name="rgb">Its pixels.</param>
    public void Add(ReadOnlySpan<byte> rgb)
    {
        if (_scaler is null)
        {
            Place(rgb);
        }
        else if (_scaler.Add(rgb, _scaled.AsSpan(0, _width * Channels)))
        {
            Place(_scaled.AsSpan(0, _width * Channels));
        }
    }

    /// <summary>The image, once all rows are there; the caller disposes it.</summary>
    public RgbImage Take()
    {
        var image = _image ?? throw new InvalidOperationException("The image has been taken.");
        if (_rows != _height)
        {
            throw new InvalidOperationException($"{_rows} of {_height} rows are there.");
        }

        _image = null;
        return image;
    }

    public void Dispose()
    {
        _image?.Dispose();
        if (_scaled is not null)
        {
            ArrayPool<byte>.Shared.Return(_scaled, clearArray: true);
        }
    }

    private void Place(ReadOnlySpan<byte> rgb)
    {
        // Where the row's first pixel belongs, and how far a step to the next one goes.
        var (right, bottom, y) = (_width - 1, _height - 1, _rows++);
        var (firstX, firstY, stepX, stepY) = _origin switch
        {
            SKEncodedOrigin.TopRight => (right, y, -1, 0),
            SKEncodedOrigin.BottomRight => (right, bottom - y, -1, 0),
            SKEncodedOrigin.BottomLeft => (0, bottom - y, 1, 0),
            SKEncodedOrigin.LeftTop => (y, 0, 0, 1),
            SKEncodedOrigin.RightTop => (bottom - y, 0, 0, 1),
            SKEncodedOrigin.RightBottom => (bottom - y, right, 0, -1),
            SKEncodedOrigin.LeftBottom => (y, right, 0, -1),
            _ => (0, y, 1, 0),
        };
        var pixels = _image!.Pixels;
        var target = (firstY * _image.Stride) + (firstX * Channels);
        if (stepX == 1)
        {
            rgb.CopyTo(pixels[target..]);
            return;
        }

        var step = (stepY * _image.Stride) + (stepX * Channels);
        for (var i = 0; i < rgb.Length; i += Channels, target += step)
        {
            pixels[target] = rgb[i];
            pixels[target + 1] = rgb[i + 1];
            pixels[target + 2] = rgb[i + 2];
        }
    }
}
