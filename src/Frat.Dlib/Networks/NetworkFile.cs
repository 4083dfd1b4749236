using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>
/// Reads the weights of a network as dlib/dnn/core.h and dlib/dnn/layers.h write them: the versions of all envelopes from the
/// outermost inward, then the input layer, then the details of each layer in forward order.
/// </summary>
internal static class NetworkFile
{
    private const string BatchNormalization = "bn_con2";

    /// <summary>Reads a whole file into a model that was built from the same layers.</summary>
    /// <param name="reader">The file, at its beginning.</param>
    /// <param name="layers">What the file must hold.</param>
    /// <param name="inputSize">Rows and columns of the input.</param>
    /// <param name="parameters">Where the weights of each layer go; factors of affine layers are multiplied into them.</param>
    /// <returns>The mean colour that is taken off each pixel: red, green, blue.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or holds another network.</exception>
    public static (float Red, float Green, float Blue) Read(
        DlibFileReader reader,
        IReadOnlyList<NetworkLayer> layers,
        int inputSize,
        NetworkParameters parameters)
    {
        reader.ExpectInteger("version of the loss layer", 1);
        if (reader.ReadTag("loss_metric_", "loss_metric_2") == "loss_metric_2")
        {
            reader.ReadSingle("margin of the loss");
            reader.ReadSingle("threshold of the loss");
        }

        var average = ReadLayers(reader, layers, input => ReadInput(input, inputSize), parameters);
        reader.ExpectEnd();
        return average;
    }

    /// <summary>Reads what follows the loss layer in every file: the input layer and the layers.</summary>
    /// <param name="reader">The file, behind the details of the loss layer.</param>
    /// <param name="layers">What the file must hold.</param>
    /// <param name="readInput">Reads the details of the input layer.</param>
    /// <param name="parameters">Where the weights of each layer go.</param>
    /// <returns>What <paramref name="readInput"/> returned.</returns>
    public static T ReadLayers<T>(
        DlibFileReader reader,
        IReadOnlyList<NetworkLayer> layers,
        Func<DlibFileReader, T> readInput,
        NetworkParameters parameters)
    {
        var versions = new long[layers.Count];
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            var (oldest, newest) = Versions(layers[i], isInnermost: i == 0);
            versions[i] = reader.ReadInteger($"version of layer {i}", oldest, newest);
        }

        var result = readInput(reader);
        for (var i = 0; i < layers.Count; i++)
        {
            if (layers[i] is NetworkLayer.Tag or NetworkLayer.Skip)
            {
                continue;
            }

            ReadDetails(reader, layers[i], parameters.Of(layers[i] is NetworkLayer.Affine ? i - 1 : i));
            ReadState(reader, versions[i], isInnermost: i == 0);
        }

        return result;
    }

    private static (int Oldest, int Newest) Versions(NetworkLayer layer, bool isInnermost) => layer switch
    {
        NetworkLayer.Tag or NetworkLayer.Skip => (1, 1),
        _ when isInnermost => (2, 3),
        _ => (1, 2),
    };

    private static (float Red, float Green, float Blue) ReadInput(DlibFileReader reader, int size)
    {
        reader.ReadTag("input_rgb_image_sized");
        var average = ReadAverage(reader);
        reader.ExpectInteger("rows of the input", size);
        reader.ExpectInteger("columns of the input", size);
        return average;
    }

    /// <summary>Reads the mean colour that input layers take off each pixel.</summary>
    public static (float Red, float Green, float Blue) ReadAverage(DlibFileReader reader) =>
        (reader.ReadSingle("mean red"), reader.ReadSingle("mean green"), reader.ReadSingle("mean blue"));

    private static void ReadDetails(DlibFileReader reader, NetworkLayer layer, LayerParameters parameters)
    {
        switch (layer)
        {
            case NetworkLayer.Convolution convolution:
                ReadConvolution(reader, convolution, parameters);
                break;
            case NetworkLayer.Affine affine:
                ReadAffine(reader, affine, parameters);
                break;
            case NetworkLayer.Relu:
                reader.ReadTag("relu_");
                break;
            case NetworkLayer.MaxPool pool:
                ReadPool(reader, "max_pool_2", pool.Size, pool.Stride);
                break;
            case NetworkLayer.AveragePool pool:
                ReadPool(reader, "avg_pool_2", pool.Size, pool.Stride);
                break;
            case NetworkLayer.Add:
                reader.ReadTag("add_prev_");
                break;
            case NetworkLayer.FullyConnected connected:
                ReadFullyConnected(reader, connected, parameters);
                break;
            default:
                throw new ArgumentException($"No file has a layer of the kind {layer.GetType().Name}.", nameof(layer));
        }
    }

    private static void ReadConvolution(DlibFileReader reader, NetworkLayer.Convolution layer, LayerParameters parameters)
    {
        var tag = reader.ReadTag("con_4", "con_5");
        // One tensor holds the filters and behind them the biases.
        reader.ReadTensor("a convolution", (layer.WeightCount + layer.Filters, 1, 1, 1), parameters.Weights, parameters.Biases);

        reader.ExpectInteger("filters of a convolution", layer.Filters);
        reader.ExpectInteger("rows of a filter", layer.Size);
        reader.ExpectInteger("columns of a filter", layer.Size);
        reader.ExpectInteger("vertical stride", layer.Stride);
        reader.ExpectInteger("horizontal stride", layer.Stride);
        reader.ExpectInteger("vertical padding", layer.Padding);
        reader.ExpectInteger("horizontal padding", layer.Padding);
        reader.ExpectAlias("filters", (layer.Filters, layer.Channels, layer.Size, layer.Size));
        reader.ExpectAlias("biases", (1, layer.Filters, 1, 1));
        ReadLearningRates(reader);
        if (tag == "con_5" && !reader.ReadBoolean("use of biases"))
        {
            parameters.Biases.Clear();
        }
    }

    private static void ReadAffine(DlibFileReader reader, NetworkLayer.Affine layer, LayerParameters convolution)
    {
        var offset = reader.Position;
        var tag = reader.ReadTag("affine_", "affine_2", BatchNormalization);
        var bytes = new byte[2 * layer.Channels * sizeof(float)];
        reader.ReadTensor("an affine layer", (2 * layer.Channels, 1, 1, 1), bytes);
        reader.ExpectAlias("factors", (1, layer.Channels, 1, 1));
        reader.ExpectAlias("summands", (1, layer.Channels, 1, 1));
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        if (tag == BatchNormalization)
        {
            ReadStatistics(reader, values[..layer.Channels], values[layer.Channels..]);
            Fold(values[..layer.Channels], values[layer.Channels..], convolution);
            return;
        }

        reader.ExpectInteger("mode of an affine layer", 0);
        if (tag == "affine_2" && reader.ReadBoolean("whether an affine layer is off"))
        {
            throw reader.Fail(offset, "an affine layer is switched off");
        }

        Fold(values[..layer.Channels], values[layer.Channels..], convolution);
    }

    // A network may have been saved as it was trained. Its normalisation by running statistics is an affine layer, too.
    private static void ReadStatistics(DlibFileReader reader, Span<float> factors, Span<float> summands)
    {
        reader.SkipTensor("the means of the last batch");
        reader.SkipTensor("the deviations of the last batch");
        var statistics = new float[2 * factors.Length];
        var means = statistics.AsSpan(0, factors.Length);
        var variances = statistics.AsSpan(factors.Length);
        reader.ReadTensor("running means", (1, means.Length, 1, 1), MemoryMarshal.AsBytes(means));
        var offset = reader.Position;
        reader.ReadTensor("running variances", (1, variances.Length, 1, 1), MemoryMarshal.AsBytes(variances));
        reader.ReadInteger("number of updates", 0, long.MaxValue);
        reader.ReadInteger("window of the running statistics", 0, long.MaxValue);
        ReadLearningRates(reader);
        var least = reader.ReadDouble("least variance");
        for (var i = 0; i < factors.Length; i++)
        {
            var variance = variances[i] + least;
            if (!(variance > 0))
            {
                throw reader.Fail(offset, "a running variance is not positive");
            }

            factors[i] = (float)(factors[i] / Math.Sqrt(variance));
            summands[i] -= factors[i] * means[i];
        }
    }

    // factor · (weights · x + bias) + summand is a convolution again.
    private static void Fold(ReadOnlySpan<float> factors, ReadOnlySpan<float> summands, LayerParameters convolution)
    {
        var weights = MemoryMarshal.Cast<byte, float>(convolution.Weights);
        var biases = MemoryMarshal.Cast<byte, float>(convolution.Biases);
        var filterLength = weights.Length / factors.Length;
        for (var i = 0; i < factors.Length; i++)
        {
            var filter = weights.Slice(i * filterLength, filterLength);
            TensorPrimitives.Multiply(filter, factors[i], filter);
            biases[i] = (biases[i] * factors[i]) + summands[i];
        }
    }

    private static void ReadPool(DlibFileReader reader, string tag, int size, int stride)
    {
        reader.ReadTag(tag);
        reader.ExpectInteger("rows of a pool", size);
        reader.ExpectInteger("columns of a pool", size);
        reader.ExpectInteger("vertical stride of a pool", stride);
        reader.ExpectInteger("horizontal stride of a pool", stride);
        reader.ExpectInteger("vertical padding of a pool", 0);
        reader.ExpectInteger("horizontal padding of a pool", 0);
    }

    private static void ReadFullyConnected(DlibFileReader reader, NetworkLayer.FullyConnected layer, LayerParameters parameters)
    {
        var tag = reader.ReadTag("fc_2", "fc_3");
        reader.ExpectInteger("outputs of the last layer", layer.Outputs);
        reader.ExpectInteger("inputs of the last layer", layer.Inputs);
        reader.ReadTensor("the last layer", (layer.Inputs, layer.Outputs, 1, 1), parameters.Weights);
        reader.ExpectAlias("weights of the last layer", (layer.Inputs, layer.Outputs, 1, 1));
        reader.ExpectAlias("biases of the last layer", (0, 0, 0, 0));
        const int withoutBiases = 1;
        reader.ExpectInteger("bias mode of the last layer", withoutBiases);
        ReadLearningRates(reader);
        if (tag == "fc_3")
        {
            reader.ReadBoolean("use of biases");
        }
    }

    private static void ReadLearningRates(DlibFileReader reader)
    {
        for (var i = 0; i < 4; i++)
        {
            reader.ReadSingle("learning rate");
        }
    }

    // Three flags and three tensors that only training needs.
    private static void ReadState(DlibFileReader reader, long version, bool isInnermost)
    {
        reader.ReadBoolean("whether a layer is set up");
        reader.ReadBoolean("whether a gradient is stale");
        reader.ReadBoolean("whether gradients are off");
        reader.SkipTensor("the gradient of an input");
        reader.SkipTensor("a cached output");
        if (isInnermost)
        {
            reader.SkipTensor("a final gradient");
            if (version == 3)
            {
                reader.ExpectInteger("sample expansion", 1);
            }
        }
        else if (version == 2)
        {
            reader.SkipTensor("the gradient of the parameters");
        }
    }
}
