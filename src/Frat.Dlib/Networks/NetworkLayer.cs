namespace Frat.Dlib;

/// <summary>
/// A step of one of dlib's networks. A network is a list of them in forward order, which is the order in which their details
/// stand in dlib's file; the same list says how the file is read and what is computed.
/// </summary>
internal abstract record NetworkLayer
{
    /// <summary>A convolution with biases. <paramref name="Size"/> is the side of its square filters.</summary>
    internal sealed record Convolution(int Channels, int Filters, int Size, int Stride, int Padding) : NetworkLayer
    {
        public int WeightCount => Filters * Channels * Size * Size;
    }

    /// <summary>A factor and a summand for each channel: what remains of batch normalisation. Follows a convolution.</summary>
    internal sealed record Affine(int Channels) : NetworkLayer;

    /// <summary>max(x, 0).</summary>
    internal sealed record Relu : NetworkLayer;

    /// <summary>The largest of a square window.</summary>
    internal sealed record MaxPool(int Size, int Stride) : NetworkLayer;

    /// <summary>The mean of a square window; of the whole plane where the size is 0.</summary>
    internal sealed record AveragePool(int Size, int Stride) : NetworkLayer;

    /// <summary>Gives the values at this place a number.</summary>
    internal sealed record Tag(int Number) : NetworkLayer;

    /// <summary>Goes on with the values of a tag.</summary>
    internal sealed record Skip(int Number) : NetworkLayer;

    /// <summary>Adds the values of a tag; where one side is smaller, it counts as zero beyond its end.</summary>
    internal sealed record Add(int Number) : NetworkLayer;

    /// <summary>A product with a matrix, without biases.</summary>
    internal sealed record FullyConnected(int Inputs, int Outputs) : NetworkLayer;
}
