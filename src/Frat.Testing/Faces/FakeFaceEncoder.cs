using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace Frat.Testing;

/// <summary>
/// Sees who is on the photos of <see cref="FakeFaces"/>, and nobody on any other. Both halves of an encoder, without a model: one person's
/// photos are about 0.2 apart, and two people about 1.4, of which 0.6 is still one person.
/// </summary>
/// <remarks>Thread-safe and without state. It runs at once, in the caller's thread.</remarks>
public sealed class FakeFaceEncoder : IFaceEncoder, IFaceDetector, IFaceEmbedder
{
    private const int Dimension = 128;
    private const float Difference = 0.15f;

    // Where the middles of the eyes, the nose and the corners of the mouth are, in the face's square.
    private static readonly (double X, double Y)[] Mean = [(0.3, 0.35), (0.7, 0.35), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)];

    /// <inheritdoc/>
    public FaceEncoderInfo Info { get; } =
        new() { Id = "frat-fake-v1", Dimension = Dimension, Metric = DistanceMetric.Euclidean, RecommendedMaxDistance = 0.6f };

    /// <inheritdoc/>
    public LandmarkScheme Landmarks => LandmarkScheme.EyeCenters;

    /// <summary>0: it sees each face, whatever is asked for.</summary>
    public int SmallestFace => 0;

    /// <inheritdoc/>
    public FaceChipFormat ChipFormat { get; } = new()
    {
        Size = FaceTile.Size,
        MeanFaces =
        [
            new() { Scheme = LandmarkScheme.EyeCenters, Points = [.. Mean.Select((point, i) => new MeanLandmark(i, point.X, point.Y))] },
        ],
    };

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DetectedFace>> DetectAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(
            image,
            options,
            (face, left, top, score) => new DetectedFace
            {
                Box = Box(face, left, top), Score = score, Landmarks = Place(face, left, top),
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Face>> EncodeAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(
            image,
            options,
            (face, left, top, score) => new Face
            {
                Box = Box(face, left, top),
                Score = score,
                Landmarks = Place(face, left, top),
                Encoding = Encode(face),
                Quality = Judge(face),
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A chip that is of no photo of <see cref="FakeFaces"/> is somebody, too: a person by its pixels.</remarks>
    public ValueTask<IReadOnlyList<FaceEncoding>> EmbedAsync(
        IReadOnlyList<RgbImage> chips, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chips);
        if (chips.Any(chip => chip is not { Width: FaceTile.Size, Height: FaceTile.Size }))
        {
            throw new ArgumentException($"A chip has {FaceTile.Size}×{FaceTile.Size} pixels.", nameof(chips));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new([.. chips.Select(chip => FaceTile.Read(chip, 0, 0) is { } face
            ? Encode(face)
            : new FaceEncoding(Info.Id, Direction(chip.Pixels)))]);
    }

    private static ValueTask<IReadOnlyList<T>> RunAsync<T>(
        RgbImage image, FaceEncodeOptions? options, Func<FaceTile, int, int, float, T> make, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        cancellationToken.ThrowIfCancellationRequested();
        var faces = FaceTile.Find(image).OrderByDescending(found => found.Face.Side).Take(options?.MaxFaces ?? int.MaxValue);
        return new([.. faces.Select((found, i) => make(found.Face, found.Left, found.Top, 1f / (i + 1)))]);
    }

    private static FaceBox Box(FaceTile face, int left, int top) => new(left, top, left + face.Side - 1, top + face.Side - 1);

    private static FaceLandmarks Place(FaceTile face, int left, int top) => new(
        LandmarkScheme.EyeCenters,
        [.. Mean.Select(point => new FacePoint(
            (float)(left + (point.X * face.Side) - 0.5), (float)(top + (point.Y * face.Side) - 0.5)))]);

    private FaceEncoding Encode(FaceTile face)
    {
        Span<byte> take = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(take, face.Take);
        var values = Direction([0xFF, .. take, .. face.Name]);
        TensorPrimitives.MultiplyAdd(values, Difference, Direction(face.Name), values);
        return new FaceEncoding(Info.Id, values);
    }

    // As long as 1, in a direction that only depends on the seed: any two of them are about at right angles.
    private static float[] Direction(ReadOnlySpan<byte> seed)
    {
        var values = new float[Dimension];
        var hash = SHA256.HashData(seed);
        for (var i = 0; i < Dimension; i++)
        {
            var place = i * sizeof(short) % hash.Length;
            if (place == 0 && i > 0)
            {
                hash = SHA256.HashData(hash);
            }

            values[i] = BinaryPrimitives.ReadInt16LittleEndian(hash.AsSpan(place));
        }

        TensorPrimitives.Divide(values, TensorPrimitives.Norm(values), values);
        return values;
    }

    private static FaceQuality Judge(FaceTile face)
    {
        var good = new FaceQuality
        {
            EyeDistance = (float)(face.Side * (Mean[1].X - Mean[0].X)),
            Sharpness = 0.05f,
            Brightness = 0.5f,
            Contrast = 0.2f,
            Clipped = 0.01f,
            Roll = 0,
            Yaw = 0,
            Pitch = 0,
        };
        return face.Fault switch
        {
            FakePhotoFault.Blurred => good with { Sharpness = 0.0001f },
            FakePhotoFault.Dark => good with { Brightness = 0.01f, Contrast = 0.01f, Clipped = 0.95f },
            FakePhotoFault.Bright => good with { Brightness = 0.95f, Contrast = 0.02f, Clipped = 0.9f },
            FakePhotoFault.Turned => good with { Yaw = 80 },
            _ => good,
        };
    }
}
