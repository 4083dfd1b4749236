namespace Frat.Dlib.Tests.Networks;

/// <summary>Holds the fast ways to the definition of a convolution, computed number by number in double precision.</summary>
public sealed class ConvolutionTests
{
    private const int Channels = 32;

    // Filters, taps, stride, padding, side of the source.
    private static readonly (int, int, int, int, int)[] Measures =
    [
        (32, 7, 2, 0, 21),
        (64, 3, 2, 0, 8),
        (45, 5, 2, 0, 33),
        (32, 3, 1, 1, 1),
        (48, 3, 1, 1, 2),
        (64, 3, 1, 1, 3),
        (64, 3, 1, 1, 4),
        (64, 3, 1, 1, 5),
        (40, 3, 1, 1, 17),
        (64, 3, 1, 1, 9),
        (45, 5, 1, 2, 1),
        (45, 5, 1, 2, 6),
        (45, 5, 1, 2, 31),
    ];

    public static TheoryData<string, int, int, int, int, int> Shapes()
    {
        var data = new TheoryData<string, int, int, int, int, int>();
        foreach (var kernel in Kernels.Names)
        {
            foreach (var (filters, taps, stride, padding, size) in Measures)
            {
                data.Add(kernel, filters, taps, stride, padding, size);
            }
        }

        return data;
    }

    // One image, and some, of sizes for which the ways differ.
    public static TheoryData<string, int, int> Batches()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var kernel in Kernels.Names)
        {
            foreach (var size in new[] { 1, 2, 4, 17 })
            {
                data.Add(kernel, size, 1);
                data.Add(kernel, size, 3);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AnyShape_GivesTheSameAsTheDefinition(string kernel, int filters, int taps, int stride, int padding, int size) =>
        Compare(kernel, new NetworkLayer.Convolution(Channels, filters, taps, stride, padding), size, images: 1, threads: 1, adds: false);

    [Theory]
    [MemberData(nameof(Batches))]
    public void Run_ImagesOnThreeThreadsAddedToTheTarget_GivesTheSameAsTheDefinition(string kernel, int size, int images)
    {
        var layer = new NetworkLayer.Convolution(Channels, 64, Size: 3, Stride: 1, Padding: 1);

        Compare(kernel, layer, size, images, threads: 3, adds: true);
    }

    [Theory]
    [MemberData(nameof(Kernels.Names), MemberType = typeof(Kernels))]
    public void Run_MoreChannelsThanTheLayerHas_DoesNotLookAtThem(string kernel)
    {
        var layer = new NetworkLayer.Convolution(Channels - 5, 48, Size: 5, Stride: 1, Padding: 2);

        Compare(kernel, layer, size: 13, images: 1, threads: 1, adds: false);
    }

    private static void Compare(string kernel, NetworkLayer.Convolution layer, int size, int images, int threads, bool adds)
    {
        var random = new Random(layer.Size + size);
        var weights = Numbers(random, layer.WeightCount);
        var biases = Numbers(random, layer.Filters);
        using var convolution = Convolution.Create(layer, (weights, biases), Channels, size, Kernels.Named(kernel));
        using var workers = new Workers(threads);
        using var source = new FeatureMap(Channels, layer.Padding);
        using var target = new FeatureMap(convolution.Channels);
        var targetSize = convolution.SizeAfter(size);
        source.Resize(images, size, size);
        target.Resize(images, targetSize, targetSize);
        Fill(random, source);
        Fill(random, target);
        var expected = Define(layer, weights, biases, source, target, adds);

        convolution.Run(source, target, adds, workers);

        var place = 0;
        for (var image = 0; image < images; image++)
        {
            for (var y = 0; y < targetSize; y++)
            {
                for (var x = 0; x < targetSize; x++)
                {
                    var row = target.Row(image, y, x, 1);
                    for (var filter = 0; filter < layer.Filters; filter++)
                    {
                        ((double)row[filter]).ShouldBe(expected[place++], 1e-3, $"image {image}, row {y}, column {x}, filter {filter}");
                    }
                }
            }
        }
    }

    private static double[] Define(
        NetworkLayer.Convolution layer, float[] weights, float[] biases, FeatureMap source, FeatureMap target, bool adds)
    {
        var results = new List<double>();
        for (var image = 0; image < target.Images; image++)
        {
            for (var y = 0; y < target.Height; y++)
            {
                for (var x = 0; x < target.Width; x++)
                {
                    for (var filter = 0; filter < layer.Filters; filter++)
                    {
                        var sum = biases[filter] + (adds ? target.Row(image, y, x, 1)[filter] : 0.0);
                        for (var tap = 0; tap < layer.Size * layer.Size; tap++)
                        {
                            var (row, column) = ((y * layer.Stride)
                                - layer.Padding + (tap / layer.Size), (x * layer.Stride) - layer.Padding + (tap % layer.Size));
                            if (row < 0 || column < 0 || row >= source.Height || column >= source.Width)
                            {
                                continue;
                            }

                            var pixel = source.Row(image, row, column, 1);
                            for (var channel = 0; channel < layer.Channels; channel++)
                            {
                                sum += (double)pixel[channel]
                                    * weights[(((filter * layer.Channels) + channel) * layer.Size * layer.Size) + tap];
                            }
                        }

                        results.Add(Math.Max(sum, 0));
                    }
                }
            }
        }

        return [.. results];
    }

    private static void Fill(Random random, FeatureMap map)
    {
        for (var image = 0; image < map.Images; image++)
        {
            for (var y = 0; y < map.Height; y++)
            {
                Numbers(random, map.Width * map.Channels).CopyTo(map.Row(image, y, 0, map.Width));
            }
        }
    }

    private static float[] Numbers(Random random, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = (float)((random.NextDouble() * 2) - 1);
        }

        return numbers;
    }
}
