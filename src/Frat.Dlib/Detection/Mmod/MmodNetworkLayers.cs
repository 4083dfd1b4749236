namespace Frat.Dlib;

/// <summary>
/// The network behind <c>mmod_human_face_detector.dat</c>, as dlib's example dnn_mmod_face_detection_ex.cpp describes it: from pixels to a
/// score for each 8×8 of them.
/// </summary>
internal static class MmodNetworkLayers
{
    public const string FileName = "mmod_human_face_detector.dat";

    /// <summary>Planes of the input: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Pixels from one feature to the next.</summary>
    public const int Step = 8;

    /// <summary>Pixels that one feature depends on, each way: three filters of 5 with steps of 1, 2 and 4 pixels.</summary>
    public const int FeatureField = 29;

    /// <summary>Side of the last filter, which gives the score.</summary>
    public const int ScoreTaps = 9;

    private const int StemFilters = 16;
    private const int Features = 32;
    private const int HeadFilters = 45;

    /// <summary>The layers in forward order.</summary>
    public static IReadOnlyList<NetworkLayer> Layers { get; } =
    [
        .. Halve(Channels, StemFilters), .. Halve(StemFilters, Features), .. Halve(Features, Features),
        .. Keep(Features), .. Keep(HeadFilters), .. Keep(HeadFilters),
        new NetworkLayer.Convolution(HeadFilters, Filters: 1, ScoreTaps, Stride: 1, ScoreTaps / 2),
    ];

    /// <summary>How many features a number of pixels gives, each way.</summary>
    public static int FeaturesOf(int pixels) => pixels < FeatureField ? 0 : ((pixels - FeatureField) / Step) + 1;

    private static NetworkLayer[] Halve(int channels, int filters) =>
        [new NetworkLayer.Convolution(channels, filters, Size: 5, Stride: 2, Padding: 0),
            new NetworkLayer.Affine(filters), new NetworkLayer.Relu()];

    private static NetworkLayer[] Keep(int channels) =>
        [new NetworkLayer.Convolution(channels, HeadFilters, Size: 5, Stride: 1, Padding: 2),
            new NetworkLayer.Affine(HeadFilters), new NetworkLayer.Relu()];
}
