namespace Frat.Onnx;

/// <summary>Brings pixels of a chip into the form that a network takes. Immutable and thread-safe.</summary>
internal sealed class ChipTensor
{
    private const int Colours = RgbImage.BytesPerPixel;

    private readonly int _size;
    private readonly bool _channelsFirst;
    private readonly int[] _places;
    private readonly float[][] _values;

    public ChipTensor(OnnxNetwork network)
    {
        _size = network.InputSize;
        _channelsFirst = network.Layout == TensorLayout.ChannelsFirst;
        _places = network.Channels == ChannelOrder.Rgb ? [0, 1, 2] : [2, 1, 0];
        _values =
        [
            Values(network.Scale, network.Mean.Red, network.Deviation.Red),
            Values(network.Scale, network.Mean.Green, network.Deviation.Green),
            Values(network.Scale, network.Mean.Blue, network.Deviation.Blue),
        ];
    }

    /// <summary>Values of one chip.</summary>
    public int Length => Colours * _size * _size;

    /// <summary>The dimensions of an input of so many chips.</summary>
    public long[] Shape(int chips) => _channelsFirst ? [chips, Colours, _size, _size] : [chips, _size, _size, Colours];

    /// <summary>Whether a network's input, in which -1 is any size, takes chips of this form, whatever their number.</summary>
    public bool Fits(ReadOnlySpan<int> dimensions)
    {
        var shape = Shape(1);
        for (var i = 1; i < shape.Length; i++)
        {
            if (dimensions[i] != -1 && dimensions[i] != shape[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fills the place of a chip.</summary>
    /// <param name="chip">Its pixels.</param>
    /// <param name="mirrored">Whether left and right are exchanged.</param>
    /// <param name="target"><see cref="Length"/> values.</param>
    public void Fill(ReadOnlySpan<byte> chip, bool mirrored, Span<float> target)
    {
        var area = _size * _size;
        for (var colour = 0; colour < Colours; colour++)
        {
            var values = _values[colour];
            var (start, step) = _channelsFirst ? (_places[colour] * area, 1) : (_places[colour], Colours);
            for (var row = 0; row < _size; row++)
            {
                var line = chip.Slice(row * _size * Colours, _size * Colours);
                var place = start + (row * _size * step);
                for (var column = 0; column < _size; column++, place += step)
                {
                    target[place] = values[line[((mirrored ? _size - 1 - column : column) * Colours) + colour]];
                }
            }
        }
    }

    private static float[] Values(float scale, float mean, float deviation) =>
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => ((value * scale) - mean) / deviation)];
}
