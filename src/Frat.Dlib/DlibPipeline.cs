using Frat.Vision;

namespace Frat.Dlib;

/// <summary>The models, loaded, and the way of an image through them: detector, landmarks, chips, network.</summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
internal sealed class DlibPipeline(
    IBoxDetector detector,
    ShapePredictor predictor,
    LandmarkScheme landmarks,
    EncoderInstruments? telemetry = null,
    ChipEncoder? encoder = null)
    : IDisposable
{
    /// <summary>True when it has the network.</summary>
    public bool Encodes => encoder is not null;

    private static DetectedBox MadeUp { get; } = new(new FaceBox(30, 30, 119, 119), Score: 0);

    /// <summary>Pulls what is missing, loads what finding faces takes, and runs it once.</summary>
    /// <param name="files">Where the model files are.</param>
    /// <param name="options">Which detector to load, and how many threads its network has.</param>
    /// <param name="telemetry">Gets how long steps take; the run here is no call, and doesn't count.</param>
    /// <param name="cancellationToken">Breaks a pull off.</param>
    /// <exception cref="ModelFileException">A file is missing, and could not be pulled; or it is damaged.</exception>
    public static async Task<DlibPipeline> LoadDetectionAsync(
        ModelFiles files, DlibOptions options, EncoderInstruments telemetry, CancellationToken cancellationToken)
    {
        var (predictorFile, landmarks) = PredictorOf(options);
        ShapePredictor predictor;
        using (var reader = await OpenAsync(files, predictorFile, cancellationToken).ConfigureAwait(false))
        {
            predictor = ShapePredictorFile.Read(reader, landmarks.Count);
        }

        IBoxDetector detector;
        if (options.Detector == DlibDetectorKind.Cnn)
        {
            using var reader = await OpenAsync(files, MmodNetworkLayers.FileName, cancellationToken).ConfigureAwait(false);
            detector = MmodFaceDetector.Load(reader, options.ThreadsPerImage);
        }
        else
        {
            detector = FhogFaceDetector.LoadEmbedded(options.ThreadsPerImage);
        }

        try
        {
            var pipeline = new DlibPipeline(detector, predictor, landmarks);

            // Code is compiled and memory is laid out now, not in the first request. There is no face in a plain image, so one is made up.
            using var image = PlainImage();
            pipeline.Detect(image, upsample: 0, maxFaces: int.MaxValue, cancellationToken);
            pipeline.FindLandmarks(image, MadeUp);
            return new DlibPipeline(detector, predictor, landmarks, telemetry);
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    /// <summary>Opens a model file that was verified, pulled where it is missing.</summary>
    public static async Task<DlibFileReader> OpenAsync(ModelFiles files, string fileName, CancellationToken cancellationToken) =>
        new(await files.OpenAsync(fileName, cancellationToken).ConfigureAwait(false), fileName);

    /// <summary>The file of the predictor, and which landmarks it finds.</summary>
    public static (string FileName, LandmarkScheme Landmarks) PredictorOf(DlibOptions options) =>
        options.Landmarks == DlibLandmarkKind.SixtyEight
            ? (ShapePredictorFile.LargeFileName, LandmarkScheme.Ibug68)
            : (ShapePredictorFile.FileName, LandmarkScheme.EyeCorners);

    /// <summary>The same detector with what encodes, which is run once. Only the result is to be disposed.</summary>
    /// <param name="encoder">Encodes; it belongs to the result.</param>
    /// <param name="cancellationToken">Stops before the run.</param>
    public DlibPipeline With(ChipEncoder encoder, CancellationToken cancellationToken)
    {
        using var image = PlainImage();
        new DlibPipeline(detector, predictor, landmarks, telemetry: null, encoder)
            .Encode(image, [FindLandmarks(image, MadeUp)], cancellationToken);
        return new DlibPipeline(detector, predictor, landmarks, telemetry, encoder);
    }

    public void Dispose()
    {
        detector.Dispose();
        encoder?.Dispose();
    }

    /// <summary>Finds the faces of an image and their landmarks.</summary>
    /// <returns>The faces, or the largest of them, the surest first, as the detector gives them.</returns>
    public IReadOnlyList<DetectedFace> Detect(RgbImage image, int upsample, int maxFaces, CancellationToken cancellationToken)
    {
        IReadOnlyList<DetectedBox> detections;
        using (telemetry?.Start(DlibTelemetry.DetectStep))
        {
            detections = LargestFaces.Of(detector.Detect(image, upsample, cancellationToken), face => face.Box, maxFaces);
        }

        using var timing = telemetry?.Start(DlibTelemetry.LandmarksStep);
        var faces = new DetectedFace[detections.Count];
        for (var i = 0; i < faces.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            faces[i] = FindLandmarks(image, detections[i]);
        }

        return faces;
    }

    /// <summary>Finds the faces of an image around where one was in the frame before.</summary>
    /// <returns>The faces, or the largest of them, the surest first.</returns>
    public IReadOnlyList<DetectedFace> Detect(RgbImage image, FaceBox around, int window, int maxFaces, CancellationToken cancellationToken)
    {
        IReadOnlyList<DetectedBox> detections;
        using (telemetry?.Start(DlibTelemetry.DetectStep))
        {
            var found = FaceSurroundings.Detect(detector, image, around, window, cancellationToken);
            detections = LargestFaces.Of(found, face => face.Box, maxFaces);
        }

        using var timing = telemetry?.Start(DlibTelemetry.LandmarksStep);
        return [.. detections.Select(face => FindLandmarks(image, face))];
    }

    /// <summary>Finds the landmarks of faces whose boxes are known.</summary>
    /// <returns>A face for each box, in order, with a score of 0.</returns>
    public IReadOnlyList<DetectedFace> FindLandmarks(RgbImage image, IReadOnlyList<FaceBox> boxes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timing = telemetry?.Start(DlibTelemetry.LandmarksStep);
        return [.. boxes.Select(box => FindLandmarks(image, new DetectedBox(box, Score: 0)))];
    }

    /// <summary>Finds and encodes the faces of images.</summary>
    /// <returns>For each image its faces, the surest first, as the detector gives them.</returns>
    public IReadOnlyList<IReadOnlyList<Face>> Encode(
        IReadOnlyList<RgbImage> images, int upsample, int maxFaces, CancellationToken cancellationToken)
    {
        var found = new List<(RgbImage Image, DetectedFace Face)>();
        var counts = new int[images.Count];
        for (var i = 0; i < images.Count; i++)
        {
            var faces = Detect(images[i], upsample, maxFaces, cancellationToken);
            counts[i] = faces.Count;
            found.AddRange(faces.Select(face => (images[i], face)));
        }

        var encoded = Encode(found, jittered: 0, cancellationToken);
        var results = new IReadOnlyList<Face>[images.Count];
        var first = 0;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = encoded[first..(first + counts[i])];
            first += counts[i];
        }

        return results;
    }

    /// <summary>Finds and encodes the faces of an image.</summary>
    /// <returns>The faces, the surest first, as the detector gives them.</returns>
    public IReadOnlyList<Face> Encode(RgbImage image, int upsample, int maxFaces, int jittered, CancellationToken cancellationToken) =>
        Encode([.. Detect(image, upsample, maxFaces, cancellationToken).Select(face => (image, face))], jittered, cancellationToken);

    /// <summary>Encodes faces that were found already.</summary>
    /// <returns>The faces in the order of <paramref name="detections"/>.</returns>
    public IReadOnlyList<Face> Encode(RgbImage image, IReadOnlyList<DetectedFace> detections, CancellationToken cancellationToken) =>
        Encode([.. detections.Select(face => (image, face))], jittered: 0, cancellationToken);

    /// <summary>Encodes faces that were cut out already.</summary>
    /// <param name="chips">Images of <see cref="FaceChip.Size"/> × <see cref="FaceChip.Size"/> pixels.</param>
    /// <param name="jittered">As many copies of each as this call wants; 0 for what all calls get.</param>
    /// <param name="cancellationToken">Cancels the call between batches.</param>
    /// <returns>The encodings in the order of the chips.</returns>
    public IReadOnlyList<FaceEncoding> EncodeChips(IReadOnlyList<RgbImage> chips, int jittered, CancellationToken cancellationToken)
    {
        using var timing = telemetry?.Start(DlibTelemetry.EmbedStep);
        telemetry?.Encoded(chips.Count);
        return encoder!.Encode(chips.Count, (i, chip) => chips[i].Pixels.CopyTo(chip), jittered, cancellationToken);
    }

    private Face[] Encode(List<(RgbImage Image, DetectedFace Face)> faces, int jittered, CancellationToken cancellationToken)
    {
        using var timing = telemetry?.Start(DlibTelemetry.EmbedStep);
        telemetry?.Encoded(faces.Count);
        return encoder!.Encode(faces, jittered, cancellationToken);
    }

    private DetectedFace FindLandmarks(RgbImage image, DetectedBox detection) => new()
    {
        Box = detection.Box,
        Score = (float)detection.Score,
        Landmarks = new FaceLandmarks(landmarks, predictor.Predict(image, detection.Box)),
    };

    private static RgbImage PlainImage()
    {
        var image = new RgbImage(FaceChip.Size, FaceChip.Size);
        image.Pixels.Fill(128);
        return image;
    }
}
