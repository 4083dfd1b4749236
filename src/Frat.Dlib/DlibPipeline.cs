using System.Buffers;

namespace Frat.Dlib;

/// <summary>The models, loaded, and the way of an image through them: detector, landmarks, chips, network.</summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
internal sealed class DlibPipeline(IFaceDetector detector, ShapePredictor predictor, FaceEncoderNetwork? network = null) : IDisposable
{
    public static FaceEncoderInfo Info { get; } = new("dlib-resnet-v1", FaceResNet.Dimension, DistanceMetric.Euclidean, 0.6f);

    /// <summary>True when it has the network.</summary>
    public bool Encodes => network is not null;

    private static FaceDetection MadeUp { get; } = new(new FaceBox(30, 30, 119, 119), Score: 0);

    /// <summary>Pulls what is missing, loads what finding faces takes, and runs it once.</summary>
    /// <param name="files">Where the model files are.</param>
    /// <param name="options">Which detector to load, and how many threads its network has.</param>
    /// <param name="cancellationToken">Breaks a pull off.</param>
    /// <exception cref="ModelFileException">A file is missing, and could not be pulled; or it is damaged.</exception>
    public static async Task<DlibPipeline> LoadDetectionAsync(ModelFiles files, DlibOptions options, CancellationToken cancellationToken)
    {
        var predictorPath = await files.GetAsync(ShapePredictorFile.FileName, cancellationToken).ConfigureAwait(false);
        var predictor = ShapePredictorFile.Load(predictorPath, FaceChip.Landmarks);
        IFaceDetector detector = options.Detector == DlibDetector.Cnn
            ? MmodFaceDetector.Load(await files.GetAsync(MmodNetworkLayers.FileName, cancellationToken).ConfigureAwait(false), options.NetworkThreads)
            : FhogFaceDetector.LoadEmbedded();
        try
        {
            var pipeline = new DlibPipeline(detector, predictor);

            // Code is compiled and memory is laid out now, not in the first request. There is no face in a plain image, so one is made up.
            using var image = PlainImage();
            pipeline.Detect(image, upsample: 0, cancellationToken);
            pipeline.FindLandmarks(image, MadeUp);
            return pipeline;
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    /// <summary>The same detector with the network for encoding, which is run once. Only the result is to be disposed.</summary>
    /// <param name="encoder">The network; it belongs to the result.</param>
    /// <param name="cancellationToken">Stops before the run.</param>
    public DlibPipeline With(FaceEncoderNetwork encoder, CancellationToken cancellationToken)
    {
        var pipeline = new DlibPipeline(detector, predictor, encoder);
        using var image = PlainImage();
        pipeline.Encode(image, [FindLandmarks(image, MadeUp)], cancellationToken);
        return pipeline;
    }

    public void Dispose()
    {
        detector.Dispose();
        network?.Dispose();
    }

    /// <summary>Finds the faces of an image and their landmarks.</summary>
    /// <returns>The faces, the surest first, as the detector gives them.</returns>
    public IReadOnlyList<DetectedFace> Detect(RgbImage image, int upsample, CancellationToken cancellationToken)
    {
        var detections = detector.Detect(image, upsample, cancellationToken);
        var faces = new DetectedFace[detections.Count];
        for (var i = 0; i < faces.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            faces[i] = FindLandmarks(image, detections[i]);
        }

        return faces;
    }

    /// <summary>Finds and encodes the faces of an image.</summary>
    /// <returns>The faces, the surest first, as the detector gives them.</returns>
    public IReadOnlyList<Face> Encode(RgbImage image, int upsample, CancellationToken cancellationToken) =>
        Encode(image, Detect(image, upsample, cancellationToken), cancellationToken);

    /// <summary>Encodes faces that were found already.</summary>
    /// <returns>The faces in the order of <paramref name="detections"/>.</returns>
    public IReadOnlyList<Face> Encode(RgbImage image, IReadOnlyList<DetectedFace> detections, CancellationToken cancellationToken)
    {
        if (detections.Count == 0)
        {
            return [];
        }

        var faces = new Face[detections.Count];
        var chips = ArrayPool<byte>.Shared.Rent(Math.Min(faces.Length, FaceEncoderNetwork.MaxBatch) * FaceChip.Bytes);
        try
        {
            for (var start = 0; start < faces.Length; start += FaceEncoderNetwork.MaxBatch)
            {
                var count = Math.Min(FaceEncoderNetwork.MaxBatch, faces.Length - start);
                EncodeBatch(image, detections, start, chips.AsSpan(0, count * FaceChip.Bytes), faces.AsSpan(start, count), cancellationToken);
            }
        }
        finally
        {
            // The chips show faces.
            ArrayPool<byte>.Shared.Return(chips, clearArray: true);
        }

        return faces;
    }

    private void EncodeBatch(
        RgbImage image,
        IReadOnlyList<DetectedFace> detections,
        int start,
        Span<byte> chips,
        Span<Face> faces,
        CancellationToken cancellationToken)
    {
        Span<FacePoint> landmarks = stackalloc FacePoint[FaceChip.Landmarks];
        for (var i = 0; i < faces.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var point = 0; point < landmarks.Length; point++)
            {
                landmarks[point] = detections[start + i].Landmarks[point];
            }

            FaceChip.Extract(image, landmarks, chips.Slice(i * FaceChip.Bytes, FaceChip.Bytes));
        }

        cancellationToken.ThrowIfCancellationRequested();
        Span<float> encodings = stackalloc float[FaceEncoderNetwork.MaxBatch * FaceResNet.Dimension];
        encodings = encodings[..(faces.Length * FaceResNet.Dimension)];
        network!.Encode(chips, encodings);
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = new Face
            {
                Box = detections[start + i].Box,
                Score = detections[start + i].Score,
                Landmarks = detections[start + i].Landmarks,
                Encoding = new FaceEncoding(Info.Id, encodings.Slice(i * FaceResNet.Dimension, FaceResNet.Dimension)),
            };
        }
    }

    private DetectedFace FindLandmarks(RgbImage image, FaceDetection detection) =>
        new() { Box = detection.Box, Score = detection.Score, Landmarks = predictor.Predict(image, detection.Box) };

    private static RgbImage PlainImage()
    {
        var image = new RgbImage(FaceChip.Size, FaceChip.Size);
        image.Pixels.Fill(128);
        return image;
    }
}
