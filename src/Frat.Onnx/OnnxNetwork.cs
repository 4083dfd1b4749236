namespace Frat.Onnx;

/// <summary>
/// What an embedding network takes and gives: all that its file doesn't say. Immutable. <see cref="OnnxNetworks"/> has those of known
/// families.
/// </summary>
public sealed record OnnxNetwork
{
    /// <summary>
    /// <see cref="FaceEncoderInfo.Id"/> of the encodings: 1 to 200 characters. Two files with different weights need two ids, as do two
    /// ways to prepare the pictures.
    /// </summary>
    public required string EncoderId { get; init; }

    /// <summary>How many numbers an encoding has, 1 to 65 536.</summary>
    public required int Dimension { get; init; }

    /// <summary>Width and height of the picture that it takes, in pixels, 8 to 1 024. Default: 112.</summary>
    public int InputSize { get; init; } = 112;

    /// <summary>
    /// Where the landmarks of a face belong in that picture, by their scheme: for each point of the scheme, in its order, the pixel's
    /// column and row; the centre of the first pixel is (0, 0). One scheme at least.
    /// </summary>
    public required IReadOnlyDictionary<LandmarkScheme, IReadOnlyList<FacePoint>> Template { get; init; }

    /// <summary>What a channel's value, 0 to 255, is multiplied with first. Default: 1.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>What is then taken away from red, green and blue. Default: 127.5 each.</summary>
    public (float Red, float Green, float Blue) Mean { get; init; } = (127.5f, 127.5f, 127.5f);

    /// <summary>By what red, green and blue are divided at last. Default: 127.5 each, which with the others gives −1 to 1.</summary>
    public (float Red, float Green, float Blue) Deviation { get; init; } = (127.5f, 127.5f, 127.5f);

    /// <summary>Which colour comes first. Default: red.</summary>
    public ChannelOrder Channels { get; init; }

    /// <summary>How the input's dimensions are arranged. Default: <see cref="TensorLayout.ChannelsFirst"/>.</summary>
    public TensorLayout Layout { get; init; }

    /// <summary>The output that has the encoding; null, the default, for the one that has <see cref="Dimension"/> numbers a face.</summary>
    public string? Output { get; init; }

    /// <summary>How encodings are compared. Default: by cosine. All are of length 1.</summary>
    public DistanceMetric Metric { get; init; } = DistanceMetric.Cosine;

    /// <summary>The largest distance at which two encodings are taken for one person, 1:1, in the <see cref="Metric"/>.</summary>
    public required float RecommendedMaxDistance { get; init; }

    /// <summary>How an aligned face is cut out for it.</summary>
    internal FaceChipFormat ToChipFormat() => new()
    {
        Size = InputSize,
        MeanFaces =
        [
            .. Template.Select(entry => new MeanFace
            {
                Scheme = entry.Key,

                // A mean face is in a square whose pixels have an extent; their centres lie half a pixel inside.
                Points =
                [
                    .. entry.Value.Select((point, i) => new MeanLandmark(i, (point.X + 0.5) / InputSize, (point.Y + 0.5) / InputSize)),
                ],
            }),
        ],
    };

    /// <summary>What its encodings are.</summary>
    internal FaceEncoderInfo ToInfo() => new()
    {
        Id = EncoderId, Dimension = Dimension, Metric = Metric, RecommendedMaxDistance = RecommendedMaxDistance,
    };

    /// <summary>Refuses what can't be.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    internal void Check()
    {
        Need(EncoderId is { Length: > 0 and <= FaceEncoderInfo.MaxIdLength } && !string.IsNullOrWhiteSpace(EncoderId), nameof(EncoderId));
        Need(Dimension is >= 1 and <= 65_536, nameof(Dimension));
        Need(InputSize is >= 8 and <= 1024, nameof(InputSize));
        Need(float.IsFinite(Scale) && Scale != 0, nameof(Scale));
        Need(float.IsFinite(Mean.Red + Mean.Green + Mean.Blue), nameof(Mean));
        Need(
            float.IsFinite(Deviation.Red + Deviation.Green + Deviation.Blue) && Deviation is { Red: not 0, Green: not 0, Blue: not 0 },
            nameof(Deviation));
        Need(Enum.IsDefined(Channels), nameof(Channels));
        Need(Enum.IsDefined(Layout), nameof(Layout));
        Need(Enum.IsDefined(Metric), nameof(Metric));
        Need(float.IsFinite(RecommendedMaxDistance) && RecommendedMaxDistance > 0, nameof(RecommendedMaxDistance));
        Need(
            Template is { Count: > 0 } && Template.All(entry => entry.Value.Count == entry.Key.Count && entry.Key.Count >= 2
                && entry.Value.All(point => float.IsFinite(point.X) && float.IsFinite(point.Y))),
            nameof(Template));
    }

    private static void Need(bool holds, string property)
    {
        if (!holds)
        {
            throw new ArgumentException($"{property} of a network is not what its documentation says.", property);
        }
    }
}

/// <summary>Which colour of a pixel comes first.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red, as OpenCV has it.</summary>
    Bgr,
}

/// <summary>How the dimensions of a network's input are arranged.</summary>
public enum TensorLayout
{
    /// <summary>Pictures, channels, rows, columns (NCHW), as PyTorch exports it.</summary>
    ChannelsFirst,

    /// <summary>Pictures, rows, columns, channels (NHWC), as TensorFlow exports it.</summary>
    ChannelsLast,
}
