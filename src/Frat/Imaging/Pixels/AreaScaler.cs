using System.Numerics;

namespace Frat;

/// <summary>
/// Makes a picture smaller while its rows arrive: a pixel of the result is the mean of all that it covers, those at its edges by the part
/// that it covers. In memory is one row of the result. Not thread-safe.
/// </summary>
internal sealed class AreaScaler
{
    private const int Channels = RgbImage.BytesPerPixel;

    private readonly int _width;
    private readonly int _height;
    private readonly int _newWidth;
    private readonly int _newHeight;
    private readonly float[] _sums;

    // A row of the picture is as high as the result has rows, a row of the result as the picture has: so parts of rows are whole numbers.
    private int _missing;

    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="newWidth">Pixels in a row of the result, 1 to <paramref name="width"/>.</param>
    /// <param name="newHeight">Its rows, 1 to <paramref name="height"/>.</param>
    public AreaScaler(int width, int height, int newWidth, int newHeight)
    {
        (_width, _height, _newWidth, _newHeight) = (width, height, newWidth, newHeight);
        _sums = new float[width * Channels];
        _missing = height;
    }

    /// <summary>Takes the next row.</summary>
    /// <param name="row">RGB pixels.</param>
    /// <param name="result">Gets a row of the result, when there is one.</param>
    /// <returns>True when the row completed one of the result.</returns>
    public bool Add(ReadOnlySpan<byte> row, Span<byte> result)
    {
        var part = Math.Min(_missing, _newHeight);
        AddTo(_sums, row, part / (float)_height);
        _missing -= part;
        if (_missing > 0)
        {
            return false;
        }

        Narrow(result);
        Array.Clear(_sums);
        _missing = _height;
        if (part < _newHeight)
        {
            AddTo(_sums, row, (_newHeight - part) / (float)_height);
            _missing -= _newHeight - part;
        }

        return true;
    }

    // Across, a pixel of the picture is as wide as the result has columns, likewise.
    private void Narrow(Span<byte> result)
    {
        var x = 0;
        var left = _newWidth;
        var unit = 1f / _width;
        for (var o = 0; o < result.Length; o += Channels)
        {
            var (red, green, blue) = (0f, 0f, 0f);
            for (var missing = _width; missing > 0;)
            {
                var part = Math.Min(missing, left);
                var weight = part * unit;
                red += weight * _sums[x];
                green += weight * _sums[x + 1];
                blue += weight * _sums[x + 2];
                missing -= part;
                left -= part;
                if (left == 0)
                {
                    x += Channels;
                    left = _newWidth;
                }
            }

            (result[o], result[o + 1], result[o + 2]) = (Round(red), Round(green), Round(blue));
        }
    }

    private static byte Round(float value) => (byte)Math.Min(value + 0.5f, byte.MaxValue);

    private static void AddTo(Span<float> sums, ReadOnlySpan<byte> row, float weight)
    {
        row = row[..sums.Length];
        var i = 0;
        var weights = new Vector<float>(weight);
        for (; i + Vector<byte>.Count <= row.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[i..]), out var lower, out var upper);
            AddTo(sums[i..], lower, weights);
            AddTo(sums[(i + Vector<ushort>.Count)..], upper, weights);
        }

        for (; i < row.Length; i++)
        {
            sums[i] += weight * row[i];
        }
    }

    private static void AddTo(Span<float> sums, Vector<ushort> values, Vector<float> weights)
    {
        Vector.Widen(values, out var lower, out var upper);
        var next = sums[Vector<float>.Count..];
        (new Vector<float>(sums) + (weights * Vector.ConvertToSingle(Vector.AsVectorInt32(lower)))).CopyTo(sums);
        (new Vector<float>(next) + (weights * Vector.ConvertToSingle(Vector.AsVectorInt32(upper)))).CopyTo(next);
    }
}
