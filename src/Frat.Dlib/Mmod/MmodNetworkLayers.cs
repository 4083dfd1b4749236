namespace Frat.Dlib;

/// <summary>
/// The network behind <c>mmod_human_face_detector.dat</c>, as dlib's example dnn_mmod_face_detection_ex.cpp describes it: from pixels to a
/// score for each 8×8 of them. It is run as two models, so that an image needn't be in memory as a whole.
/// </summary>
internal static class MmodNetworkLayers
{
    public const string FileName = "mmod_human_face_detector.dat";

    /// <summary>Planes of the input: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Planes of the features between the two models.</summary>
    public const int Features = 32;

    /// <summary>Pixels from one feature to the next.</summary>
    public const int Step = 8;

    /// <summary>Pixels that one feature depends on, each way: three filters of 5 with steps of 1, 2 and 4 pixels.</summary>
    public const int FeatureField = 29;

    /// <summary>How many features a score depends on, on each side: half of each filter of the head.</summary>
    public const int HeadReach = 2 + 2 + 2 + 4;

    /// <summary>Planes of the head's answer, one for each column of the last filter.</summary>
    public const int HeadColumns = 9;

    private const int StemFilters = 16;
    private const int HeadFilters = 45;

    /// <summary>The layers in forward order.</summary>
    public static IReadOnlyList<NetworkLayer> Layers { get; } =
    [
        .. Halve(Channels, StemFilters), .. Halve(StemFilters, Features), .. Halve(Features, Features),
        .. Keep(Features), .. Keep(HeadFilters), .. Keep(HeadFilters),
        new NetworkLayer.Convolution(HeadFilters, Filters: 1, HeadColumns, Stride: 1, HeadColumns / 2, ByColumn: true),
    ];

    /// <summary>From pixels to features; the image must end with the last pixel that a feature needs.</summary>
    public static Range Stem => ..9;

    /// <summary>From features to scores; beyond the border, all values are zero.</summary>
    public static Range Head => 9..;

    /// <summary>How many features a number of pixels gives, each way.</summary>
    public static int FeaturesOf(int pixels) => pixels < FeatureField ? 0 : ((pixels - FeatureField) / Step) + 1;

    /// <summary>How many pixels a number of features needs, each way.</summary>
    public static int PixelsOf(int features) => ((features - 1) * Step) + FeatureField;

    private static NetworkLayer[] Halve(int channels, int filters) =>
        [new NetworkLayer.Convolution(channels, filters, Size: 5, Stride: 2, Padding: 0), new NetworkLayer.Affine(filters), new NetworkLayer.Relu()];

    private static NetworkLayer[] Keep(int channels) =>
        [new NetworkLayer.Convolution(channels, HeadFilters, Size: 5, Stride: 1, Padding: 2), new NetworkLayer.Affine(HeadFilters), new NetworkLayer.Relu()];
}
