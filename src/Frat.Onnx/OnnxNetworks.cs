namespace Frat.Onnx;

/// <summary>
/// Networks of known families: how each prepares its pictures, as its authors published it. Only <see cref="MobileFaceNet"/> is tested here
/// with its file; of the others, check with photos of your own that faces of one person come near each other, and set the distance by them.
/// </summary>
/// <remarks>
/// All take faces of 112×112 pixels, aligned to the five points of ArcFace. The template has the points of
/// <see cref="LandmarkScheme.EyeCenters"/>, with which they were trained, and where those of <see cref="LandmarkScheme.EyeCorners"/>
/// (dlib's) lie in a face that is aligned so. No file comes with this package.
/// </remarks>
public static class OnnxNetworks
{
    /// <summary>The template that all of them align to.</summary>
    public static IReadOnlyDictionary<LandmarkScheme, IReadOnlyList<FacePoint>> ArcFaceTemplate { get; } =
        new Dictionary<LandmarkScheme, IReadOnlyList<FacePoint>>
        {
            [LandmarkScheme.EyeCenters] =
            [
                new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f),
                new(70.7299f, 92.2041f),
            ],
            [LandmarkScheme.EyeCorners] = [new(80.1f, 52.6f), new(66.1f, 53.1f), new(30.8f, 53.0f), new(44.7f, 53.3f), new(55.6f, 79.5f)],
        };

    /// <summary>
    /// MobileFaceNet as trained by foamliu: 128 numbers, cosine distance; the file of <see cref="OnnxModels.MobileFaceNet"/>. Its
    /// encoder id is <c>mobilefacenet-foamliu-v1</c>.
    /// </summary>
    /// <remarks>
    /// The distance of 0.53 lets 1 in 1 000 pairs of different people pass, measured on photos of East Asian people at a webcam.
    /// </remarks>
    public static OnnxNetwork MobileFaceNet { get; } = new()
    {
        EncoderId = "mobilefacenet-foamliu-v1",
        Dimension = 128,
        Template = ArcFaceTemplate,
        Scale = 1 / 255f,
        Mean = (0.485f, 0.456f, 0.406f),
        Deviation = (0.229f, 0.224f, 0.225f),
        RecommendedMaxDistance = 0.53f,
    };

    /// <summary>ArcFace, as InsightFace exports it: red first, −1 to 1, 512 numbers.</summary>
    /// <param name="encoderId">What the encodings of this file are called.</param>
    /// <param name="recommendedMaxDistance">The largest cosine distance of one person's faces, which differs between files.</param>
    /// <returns>The network.</returns>
    public static OnnxNetwork ArcFace(string encoderId, float recommendedMaxDistance) => new()
    {
        EncoderId = encoderId, Dimension = 512, Template = ArcFaceTemplate, RecommendedMaxDistance = recommendedMaxDistance,
    };

    /// <summary>SFace, as OpenCV's model zoo has it: red first, 0 to 255, 128 numbers, a cosine of at least 0.363.</summary>
    /// <param name="encoderId">What the encodings of this file are called.</param>
    /// <returns>The network.</returns>
    public static OnnxNetwork SFace(string encoderId) => new()
    {
        EncoderId = encoderId,
        Dimension = 128,
        Template = ArcFaceTemplate,
        Mean = (0, 0, 0),
        Deviation = (1, 1, 1),
        RecommendedMaxDistance = 1 - 0.363f,
    };

    /// <summary>AdaFace: blue first, −1 to 1, 512 numbers.</summary>
    /// <param name="encoderId">What the encodings of this file are called.</param>
    /// <param name="recommendedMaxDistance">The largest cosine distance of one person's faces, which differs between files.</param>
    /// <returns>The network.</returns>
    public static OnnxNetwork AdaFace(string encoderId, float recommendedMaxDistance) =>
        ArcFace(encoderId, recommendedMaxDistance) with { Channels = ChannelOrder.Bgr };

    /// <summary>EdgeFace: red first, −1 to 1, 512 numbers.</summary>
    /// <param name="encoderId">What the encodings of this file are called.</param>
    /// <param name="recommendedMaxDistance">The largest cosine distance of one person's faces, which differs between files.</param>
    /// <returns>The network.</returns>
    public static OnnxNetwork EdgeFace(string encoderId, float recommendedMaxDistance) => ArcFace(encoderId, recommendedMaxDistance);
}
