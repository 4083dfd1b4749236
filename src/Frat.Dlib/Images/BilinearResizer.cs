using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Frat.Dlib;

/// <summary>
/// Resizes by bilinear interpolation to the very bytes that dlib's <c>resize_image</c> gives (image_transforms/interpolation.h):
/// columns in single precision with a running sum, four at a time, and the last few in double precision.
/// </summary>
internal sealed class BilinearResizer
{
    private const int Block = 8;

    private readonly int _width;
    private readonly int[] _left;
    private readonly float[] _fraction;
    private readonly float[] _inverse;
    private readonly double[] _tailFraction;
    private readonly byte[] _shuffles;
    private readonly int _single;
    private readonly int _vector;

    private BilinearResizer(int sourceWidth, int width)
    {
        _width = width;
        _left = new int[width];
        _fraction = new float[width];
        _inverse = new float[width];
        var scale = (sourceWidth - 1) / (double)Math.Max(width - 1, 1);
        _single = SinglePrecisionColumns(sourceWidth, scale);

        _tailFraction = new double[width - _single];
        var x = -scale + (_single * scale);
        for (var column = _single; column < width; column++)
        {
            x += scale;
            _left[column] = (int)Math.Floor(x);
            _tailFraction[column - _single] = x - _left[column];
        }

        _shuffles = new byte[_single / Block * Vector128<byte>.Count];
        _vector = VectorColumns();
    }

    /// <summary>Resizes an image; the caller disposes the result.</summary>
    public static PlanarImage Resize(PlanarImage source, int width, int height)
    {
        var columns = new BilinearResizer(source.Width, width);
        var resized = new PlanarImage(width, height);
        var scale = (source.Height - 1) / (double)Math.Max(height - 1, 1);
        var y = -scale;
        for (var row = 0; row < height; row++)
        {
            y += scale;
            var top = (int)Math.Floor(y);
            var bottom = Math.Min(top + 1, source.Height - 1);
            for (var plane = 0; plane < PlanarImage.Planes; plane++)
            {
                columns.Row(source.Row(plane, top), source.Row(plane, bottom), source.Width, y - top, resized.Row(plane, row));
            }
        }

        return resized;
    }

    // dlib sums up the position of four columns at a time in single precision, until the fourth would reach over the edge.
    private int SinglePrecisionColumns(int sourceWidth, double scale)
    {
        var step = (float)(4 * scale);
        Span<float> position = stackalloc float[4];
        for (var i = 0; i < position.Length; i++)
        {
            position[i] = (float)((-4 * scale) + (i * scale));
        }

        for (var column = 0; ; column += position.Length)
        {
            for (var i = 0; i < position.Length; i++)
            {
                position[i] += step;
            }

            if ((int)position[3] + 1 >= sourceWidth || column + position.Length > _width)
            {
                return column;
            }

            for (var i = 0; i < position.Length; i++)
            {
                var left = (int)position[i];
                _left[column + i] = left;
                _fraction[column + i] = position[i] - left;
                _inverse[column + i] = 1 - _fraction[column + i];
            }
        }
    }

    // Eight columns take their sixteen neighbours out of sixteen bytes by one shuffle, as long as they lie that close together.
    private int VectorColumns()
    {
        for (var column = 0; column + Block <= _single; column += Block)
        {
            var first = _left[column];
            if (_left[column + Block - 1] + 1 - first >= Vector128<byte>.Count)
            {
                return column;
            }

            for (var i = 0; i < Block; i++)
            {
                _shuffles[(column * 2) + i] = (byte)(_left[column + i] - first);
                _shuffles[(column * 2) + Block + i] = (byte)(_left[column + i] - first + 1);
            }
        }

        return _single - (_single % Block);
    }

    private void Row(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, int sourceWidth, double fraction, Span<byte> result)
    {
        var lower = (float)fraction;
        var upper = (float)(1 - fraction);
        Vectors(top, bottom, lower, upper, result);
        for (var x = _vector; x < _single; x++)
        {
            var left = _left[x];
            result[x] = (byte)(int)((upper * _inverse[x] * top[left]) + (upper * _fraction[x] * top[left + 1])
                + (lower * _inverse[x] * bottom[left]) + (lower * _fraction[x] * bottom[left + 1]));
        }

        for (var x = _single; x < _width; x++)
        {
            var left = _left[x];
            var right = Math.Min(left + 1, sourceWidth - 1);
            var across = _tailFraction[x - _single];
            result[x] = (byte)(int)(((1 - fraction) * (((1 - across) * top[left]) + (across * top[right])))
                + (fraction * (((1 - across) * bottom[left]) + (across * bottom[right]))));
        }
    }

    private void Vectors(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, float lower, float upper, Span<byte> result)
    {
        ref var topRow = ref MemoryMarshal.GetReference(top);
        ref var bottomRow = ref MemoryMarshal.GetReference(bottom);
        ref var resultRow = ref MemoryMarshal.GetReference(result);
        ref var fractions = ref MemoryMarshal.GetArrayDataReference(_fraction);
        ref var inverses = ref MemoryMarshal.GetArrayDataReference(_inverse);
        ref var shuffles = ref MemoryMarshal.GetArrayDataReference(_shuffles);
        for (var x = 0; x < _vector; x += Block)
        {
            var shuffle = Vector128.LoadUnsafe(ref shuffles, (nuint)(x * 2));
            var (topLeft, topRight) = Neighbors(ref topRow, _left[x], shuffle);
            var (bottomLeft, bottomRight) = Neighbors(ref bottomRow, _left[x], shuffle);
            var fraction = Vector256.LoadUnsafe(ref fractions, (nuint)x);
            var inverse = Vector256.LoadUnsafe(ref inverses, (nuint)x);
            var sum = (upper * inverse * topLeft) + (upper * fraction * topRight)
                + (lower * inverse * bottomLeft) + (lower * fraction * bottomRight);
            var whole = Vector256.ConvertToInt32Native(sum);
            var words = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
            var bytes = Vector128.Narrow(words.AsUInt16(), words.AsUInt16());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref resultRow, x), bytes.AsUInt64().ToScalar());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Left, Vector256<float> Right) Neighbors(ref byte row, int first, Vector128<byte> shuffle)
    {
        var bytes = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref row, (nuint)first), shuffle);
        var words = Vector256.WidenLower(bytes.ToVector256Unsafe());
        return (
            Vector256.ConvertToSingle(Vector256.WidenLower(words).AsInt32()),
            Vector256.ConvertToSingle(Vector256.WidenUpper(words).AsInt32()));
    }
}
