using System.Buffers;

namespace Frat.Dlib;

/// <summary>All models, loaded, and the way of an image through them: detector, landmarks, chips, network.</summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
internal sealed class DlibPipeline(IFaceDetector detector, ShapePredictor predictor, FaceEncoderNetwork network) : IDisposable
{
    public static FaceEncoderInfo Info { get; } = new("dlib-resnet-v1", FaceResNet.Dimension, DistanceMetric.Euclidean, 0.6f);

    /// <summary>Pulls what is missing, loads the models, and runs them once.</summary>
    /// <param name="files">Where the model files are.</param>
    /// <param name="options">Which detector to load, and how many threads its network and the encoder's have.</param>
    /// <param name="cancellationToken">Breaks a pull off.</param>
    /// <exception cref="ModelFileException">A file is missing, and could not be pulled; or it is damaged.</exception>
    public static async Task<DlibPipeline> LoadAsync(ModelFiles files, DlibOptions options, CancellationToken cancellationToken)
    {
        var predictorPath = await files.GetAsync(ShapePredictorFile.FileName, cancellationToken).ConfigureAwait(false);
        var networkPath = await files.GetAsync(FaceResNet.FileName, cancellationToken).ConfigureAwait(false);
        var mmodPath = options.Detector == DlibDetector.Cnn
            ? await files.GetAsync(MmodNetworkLayers.FileName, cancellationToken).ConfigureAwait(false)
            : null;
        var predictor = Task.Run(() => ShapePredictorFile.Load(predictorPath, FaceChip.Landmarks), cancellationToken);
        var network = FaceEncoderNetwork.Load(networkPath, options.NetworkThreads);
        IFaceDetector? detector = null;
        try
        {
            detector = mmodPath is null ? FhogFaceDetector.LoadEmbedded() : MmodFaceDetector.Load(mmodPath, options.NetworkThreads);
            var pipeline = new DlibPipeline(detector, await predictor.ConfigureAwait(false), network);
            pipeline.WarmUp(cancellationToken);

            // Loading leaves more garbage behind than the models need themselves; a host with little memory must not carry it along.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            NativeHeap.Trim();
            return pipeline;
        }
        catch
        {
            detector?.Dispose();
            network.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        detector.Dispose();
        network.Dispose();
    }

    /// <summary>Finds and encodes the faces of an image.</summary>
    /// <returns>The faces, the surest first, as the detector gives them.</returns>
    public IReadOnlyList<Face> Encode(RgbImage image, int upsample, CancellationToken cancellationToken) =>
        Encode(image, detector.Detect(image, upsample, cancellationToken), cancellationToken);

    /// <summary>Encodes faces that were found already.</summary>
    /// <returns>The faces in the order of <paramref name="detections"/>.</returns>
    public IReadOnlyList<Face> Encode(RgbImage image, IReadOnlyList<FaceDetection> detections, CancellationToken cancellationToken)
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
        IReadOnlyList<FaceDetection> detections,
        int start,
        Span<byte> chips,
        Span<Face> faces,
        CancellationToken cancellationToken)
    {
        var landmarks = new FacePoint[faces.Length][];
        for (var i = 0; i < faces.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            landmarks[i] = predictor.Predict(image, detections[start + i].Box);
            FaceChip.Extract(image, landmarks[i], chips.Slice(i * FaceChip.Bytes, FaceChip.Bytes));
        }

        cancellationToken.ThrowIfCancellationRequested();
        Span<float> encodings = stackalloc float[FaceEncoderNetwork.MaxBatch * FaceResNet.Dimension];
        encodings = encodings[..(faces.Length * FaceResNet.Dimension)];
        network.Encode(chips, encodings);
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = new Face
            {
                Box = detections[start + i].Box,
                Score = detections[start + i].Score,
                Landmarks = landmarks[i],
                Encoding = new FaceEncoding(Info.Id, encodings.Slice(i * FaceResNet.Dimension, FaceResNet.Dimension)),
            };
        }
    }

    // Code is compiled and memory is laid out now, not in the first request. There is no face in a plain image, so one is made up.
    private void WarmUp(CancellationToken cancellationToken)
    {
        using var image = new RgbImage(FaceChip.Size, FaceChip.Size);
        image.Pixels.Fill(128);
        detector.Detect(image, upsample: 0, cancellationToken);
        Encode(image, [new FaceDetection(new FaceBox(30, 30, 119, 119), Score: 0)], cancellationToken);
    }
}
