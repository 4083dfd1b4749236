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
        // Several chips are shared out: threads that compute one layer together wait for each other after each.
        var images = chips.Length / FaceChip.Bytes;
        var parts = Math.Min(_threads, images);
        if (parts < 2)
        {
            Encode(chips, encodings, _threads);
            return;
        }

        fixed (byte* chip = chips)
        fixed (float* encoding = encodings)
        {
            var (from, to) = ((nint)chip, (nint)encoding);
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
            {
                var (first, last) = (images * part / parts, images * (part + 1) / parts);
                Encode(
                    new ReadOnlySpan<byte>((byte*)from + ((long)first * FaceChip.Bytes), (last - first) * FaceChip.Bytes),
                    new Span<float>((float*)to + (first * FaceResNet.Dimension), (last - first) * FaceResNet.Dimension),
                    threads: _threads / parts);
            });
        }
    }

    private void Encode(ReadOnlySpan<byte> chips, Span<float> encodings, int threads)
    {
        var buffers = _buffers.TryTake(out var free) ? free : new FaceEncoderBuffers(_threads, _kernel);
        try
        {
            buffers.Workers.Count = threads;
            buffers.Resize(chips.Length / FaceChip.Bytes);
            Run(buffers, chips, encodings);
        }
        finally
        {
            _buffers.Add(buffers);
        }
    }

    /// <summary>What the layers cost at least, for so many chips at once.</summary>
    public IReadOnlyList<LayerCost> CostOf(int chips)
    {
        List<LayerCost> costs = [_stem.CostOf(chips, FaceChip.Size)];
        var size = FaceResNet.FirstSize;
        foreach (var (first, second, isDown) in _blocks)
        {
            costs.Add(first.CostOf(chips, size));
            costs.Add(second.CostOf(chips, first.SizeAfter(size)));
            size = isDown ? size / 2 : size;
        }

        return costs;
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

    // Level by level, and each for as few images at once as the caches hold: the later a level, the smaller its images, and the longer its
    // weights take to load.
    private void Run(FaceEncoderBuffers buffers, ReadOnlySpan<byte> chips, Span<float> encodings)
    {
        var images = chips.Length / FaceChip.Bytes;
        var block = 0;
        for (var i = 0; i < buffers.Levels.Length; i++)
        {
            var level = buffers.Levels[i];
            var blocks = _blocks.AsSpan(block, FaceResNet.Levels[i].Blocks);
            block += blocks.Length;
            for (var first = 0; first < images; first += level.Together)
            {
                var count = Math.Min(level.Together, images - first);
                level.Select(first, count);
                if (i == 0)
                {
                    RunStem(buffers, chips.Slice(first * FaceChip.Bytes, count * FaceChip.Bytes));
                }
                else
                {
                    buffers.Levels[i - 1].Select(first, count);
                }

                foreach (var (one, two, isDown) in blocks)
                {
                    var source = level.Current;
                    var inner = level.Inner;
                    if (isDown)
                    {
                        // Where a filter with a stride doesn't reach, the smaller side counts as zero: what was pooled stays as it is.
                        (source, inner) = (buffers.Levels[i - 1].Current, level.Down!);
                        Pooling.AverageOf2x2(source, level.Current);
                    }

                    one.Run(source, inner, adds: false, buffers.Workers);
                    two.Run(inner, level.Current, adds: true, buffers.Workers);
                }
            }
        }

        buffers.Levels[^1].Select(0, images);
        Pooling.Average(buffers.Levels[^1].Current, buffers.Means);
        Project(buffers, encodings);
    }

    private void RunStem(FaceEncoderBuffers buffers, ReadOnlySpan<byte> chips)
    {
        var images = chips.Length / FaceChip.Bytes;
        buffers.Chips.Select(0, images);
        buffers.Stem.Select(0, images);
        Fill(chips, buffers.Chips);
        _stem.Run(buffers.Chips, buffers.Stem, adds: false, buffers.Workers);
        Pooling.MaxOf3x3(buffers.Stem, buffers.Levels[0].Current);
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
