using System.Collections.Concurrent;

namespace Frat.Dlib;

/// <summary>dlib's face encoder: from chips to encodings.</summary>
/// <remarks>Thread-safe: calls may run at the same time, each in buffers of its own. Dispose it when no call runs any more.</remarks>
internal sealed unsafe class FaceEncoderNetwork : IDisposable
{
    /// <summary>How many chips are encoded at once; more would only need more memory.</summary>
    public const int MaxBatch = 8;

    // dlib divides what is left of a pixel's value by this (dlib/dnn/input.h).
    private const float PixelScale = 256;

    private readonly DotKernel _kernel;
    private readonly float[][] _normalized;
    private readonly Convolution _stem;
    private readonly Block[] _blocks;
    private readonly NativeFloats _head;
    private readonly NativeFloats _noBiases;
    private readonly ConcurrentBag<FaceEncoderBuffers> _buffers = [];
    private readonly int _threads;

    private FaceEncoderNetwork(
        NetworkParameters parameters, (float Red, float Green, float Blue) average, int threads, DotKernel kernel)
    {
        _kernel = kernel;
        _threads = threads;
        _normalized = [Normalize(average.Red), Normalize(average.Green), Normalize(average.Blue)];
        var layers = FaceResNet.Layers;
        var convolutions = Enumerable.Range(0, layers.Count).Where(i => layers[i] is NetworkLayer.Convolution).ToArray();
        _stem = Pack(convolutions[0], FaceChip.Size);
        _blocks = new Block[(convolutions.Length - 1) / 2];
        var size = FaceResNet.FirstSize;
        for (var i = 0; i < _blocks.Length; i++)
        {
            var first = Pack(convolutions[(2 * i) + 1], size);
            var inner = first.SizeAfter(size);
            _blocks[i] = new Block(first, Pack(convolutions[(2 * i) + 2], inner), IsDown: inner != size);
            size = inner == size ? size : size / 2;
        }

        var (inputs, outputs) = (_blocks[^1].Second.Channels, FaceResNet.Dimension);
        var weights = parameters.Take(layers.Count - 1).Weights;
        _head = new NativeFloats((long)inputs * kernel.RoundUp(outputs));
        _noBiases = new NativeFloats(kernel.RoundUp(outputs));
        kernel.Pack(inputs, outputs, kernel.VectorsFor(outputs), (row, column) => weights[(row * outputs) + column], _head.First);

        Convolution Pack(int layer, int sourceSize)
        {
            var convolution = (NetworkLayer.Convolution)layers[layer];
            return Convolution.Create(convolution, parameters.Take(layer), convolution.Channels, sourceSize, kernel);
        }
    }

    /// <summary>Reads the weights and prepares the network.</summary>
    /// <param name="path">The file <see cref="FaceResNet.FileName"/>.</param>
    /// <param name="threads">How many threads compute one batch, at least 1.</param>
    /// <param name="kernel">The inner loop; null for the fastest here.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or of another kind.</exception>
    public static FaceEncoderNetwork Load(string path, int threads, DotKernel? kernel = null)
    {
        using var reader = DlibFileReader.Open(path);
        return Load(reader, threads, kernel);
    }

    public static FaceEncoderNetwork Load(DlibFileReader reader, int threads, DotKernel? kernel = null)
    {
        var (parameters, average) = ReadModel(reader);
        return new FaceEncoderNetwork(parameters, average, threads, kernel ?? DotKernel.Best);
    }

    /// <summary>Reads the file.</summary>
    /// <returns>The weights, and the mean colour that is taken off each pixel.</returns>
    public static (NetworkParameters Parameters, (float Red, float Green, float Blue) Average) ReadModel(DlibFileReader reader)
    {
        var parameters = new NetworkParameters(FaceResNet.Layers);
        return (parameters, NetworkFile.Read(reader, FaceResNet.Layers, FaceChip.Size, parameters));
    }

    public void Dispose()
    {
        _stem.Dispose();
        foreach (var block in _blocks)
        {
            block.First.Dispose();
            block.Second.Dispose();
        }

        _head.Dispose();
        _noBiases.Dispose();
        while (_buffers.TryTake(out var buffers))
        {
            buffers.Dispose();
        }
    }

    /// <summary>Encodes chips.</summary>
    /// <param name="chips">1 to <see cref="MaxBatch"/> chips of <see cref="FaceChip.Bytes"/> bytes, one after another.</param>
    /// <param name="encodings"><see cref="FaceResNet.Dimension"/> numbers for each chip, to be filled.</param>
    public void Encode(ReadOnlySpan<byte> chips, Span<float> encodings)
    {
        var buffers = _buffers.TryTake(out var free) ? free : new FaceEncoderBuffers(_threads, _kernel);
        try
        {
            buffers.Resize(chips.Length / FaceChip.Bytes);
            Fill(chips, buffers.Chips);
            Run(buffers, encodings);
        }
        finally
        {
            _buffers.Add(buffers);
        }
    }

    // A byte has 256 values: the arithmetic is done once for each of them.
    private static float[] Normalize(float average)
    {
        var values = new float[byte.MaxValue + 1];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (i - average) / PixelScale;
        }

        return values;
    }

    private void Fill(ReadOnlySpan<byte> chips, FeatureMap map)
    {
        var (red, green, blue) = (_normalized[0], _normalized[1], _normalized[2]);
        var values = new Span<float>(map.Pixel(0, 0, 0), chips.Length);
        for (var i = 0; i + 2 < chips.Length && i + 2 < values.Length; i += FaceResNet.Channels)
        {
            values[i] = red[chips[i]];
            values[i + 1] = green[chips[i + 1]];
            values[i + 2] = blue[chips[i + 2]];
        }
    }

    private void Run(FaceEncoderBuffers buffers, Span<float> encodings)
    {
        var workers = buffers.Workers;
        _stem.Run(buffers.Chips, buffers.Stem, adds: false, workers);
        Pooling.MaxOf3x3(buffers.Stem, buffers.Levels[0].Current);
        var level = 0;
        foreach (var block in _blocks)
        {
            var source = buffers.Levels[level].Current;
            if (block.IsDown)
            {
                level++;
                Pooling.AverageOf2x2(source, buffers.Levels[level].Current);
            }

            // Where a filter with a stride doesn't reach, the smaller side counts as zero: what was pooled stays as it is.
            var inner = block.IsDown ? buffers.Levels[level].Down! : buffers.Levels[level].Inner;
            block.First.Run(source, inner, adds: false, workers);
            block.Second.Run(inner, buffers.Levels[level].Current, adds: true, workers);
        }

        Pooling.Average(buffers.Levels[level].Current, buffers.Means);
        Project(buffers, encodings);
    }

    private void Project(FaceEncoderBuffers buffers, Span<float> encodings)
    {
        var vectors = _kernel.VectorsFor(FaceResNet.Dimension);
        var product = new DotProduct
        {
            Segments = 1,
            Length = buffers.Means.Channels,
            Weights = _head.First,
            Biases = _noBiases.First,
            Floor = float.NegativeInfinity,
            Vectors = vectors,
            Blocks = buffers.Encodings.Channels / (vectors * _kernel.Lanes),
        };
        var sources = stackalloc float*[1];
        var targets = stackalloc float*[1];
        for (var image = 0; image < buffers.Means.Images; image++)
        {
            sources[0] = buffers.Means.Pixel(image, 0, 0);
            targets[0] = buffers.Encodings.Pixel(image, 0, 0);
            _kernel.Run(product, sources, targets, rows: 1);
            buffers.Encodings.Row(image, 0, 0, 1)[..FaceResNet.Dimension].CopyTo(encodings[(image * FaceResNet.Dimension)..]);
        }
    }

    private sealed record Block(Convolution First, Convolution Second, bool IsDown);
}
