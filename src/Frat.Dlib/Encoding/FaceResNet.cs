namespace Frat.Dlib;

/// <summary>
/// The network behind <c>dlib_face_recognition_resnet_model_v1.dat</c>: ResNet-34 with fewer layers and half the filters, as
/// dlib's example dnn_face_recognition_ex.cpp describes it. From a chip of 150×150 pixels to 128 numbers.
/// </summary>
internal static class FaceResNet
{
    public const string FileName = "dlib_face_recognition_resnet_model_v1.dat";

    /// <summary>How many numbers an encoding has.</summary>
    public const int Dimension = 128;

    /// <summary>Planes of the input: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Filters of the first convolution.</summary>
    public const int StemFilters = 32;

    /// <summary>Side of the images behind the first convolution.</summary>
    public const int StemSize = ((FaceChip.Size - StemTaps) / 2) + 1;

    /// <summary>Side of the windows that are pooled then.</summary>
    public const int StemPool = 3;

    /// <summary>Side of the images that the first block sees.</summary>
    public const int FirstSize = ((StemSize - StemPool) / 2) + 1;

    private const int StemTaps = 7;

    /// <summary>Blocks on images of the same size; a level that goes down begins by halving them.</summary>
    public static IReadOnlyList<(int Filters, int Blocks, bool Down)> Levels { get; } =
        [(32, 3, false), (64, 4, true), (128, 3, true), (256, 3, true), (256, 1, true)];

    /// <summary>The layers in forward order.</summary>
    public static IReadOnlyList<NetworkLayer> Layers { get; } = Build();

    private static List<NetworkLayer> Build()
    {
        List<NetworkLayer> layers =
        [
            new NetworkLayer.Convolution(Channels, StemFilters, StemTaps, Stride: 2, Padding: 0),
            new NetworkLayer.Affine(StemFilters),
            new NetworkLayer.Relu(),
            new NetworkLayer.MaxPool(StemPool, Stride: 2),
        ];
        var channels = StemFilters;
        foreach (var (filters, blocks, down) in Levels)
        {
            for (var block = 0; block < blocks; block++)
            {
                AddBlock(layers, channels, filters, down && block == 0);
                channels = filters;
            }
        }

        layers.Add(new NetworkLayer.AveragePool(Size: 0, Stride: 1));
        layers.Add(new NetworkLayer.FullyConnected(channels, Dimension));
        return layers;
    }

    private static void AddBlock(List<NetworkLayer> layers, int channels, int filters, bool down)
    {
        layers.AddRange(
        [
            new NetworkLayer.Tag(1),
            // dlib pads a convolution by default, but not one with a stride.
            new NetworkLayer.Convolution(channels, filters, Size: 3, Stride: down ? 2 : 1, Padding: down ? 0 : 1),
            new NetworkLayer.Affine(filters),
            new NetworkLayer.Relu(),
            new NetworkLayer.Convolution(filters, filters, Size: 3, Stride: 1, Padding: 1),
            new NetworkLayer.Affine(filters),
        ]);
        if (down)
        {
            layers.AddRange([new NetworkLayer.Tag(2), new NetworkLayer.Skip(1), new NetworkLayer.AveragePool(Size: 2, Stride: 2)]);
        }

        layers.AddRange([new NetworkLayer.Add(down ? 2 : 1), new NetworkLayer.Relu()]);
    }
}
