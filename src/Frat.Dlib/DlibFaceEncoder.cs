using System.Diagnostics.Metrics;
using System.Globalization;
using Frat.Vision;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Frat.Dlib;

/// <summary>
/// Finds faces with one of dlib's detectors (<see cref="DlibOptions.Detector"/>), aligns them by its landmarks, and encodes each as 128
/// numbers with its face recognition network. The encodings are dlib's: they can be compared with those that other dlib-based applications
/// stored.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe; one instance serves the process. At most <see cref="DlibOptions.MaxConcurrency"/> images, of at most
/// <see cref="DlibOptions.MaxPixelsAtOnce"/> pixels together, are worked on at once, on the thread pool; calls are served in turn, and a
/// call waits for its turn without holding a thread. Each model is loaded once, by <see cref="LoadAsync"/> or else by the first call that
/// needs it; where that failed, the next call tries again. Who only detects never loads the network.
/// </para>
/// <para>
/// Disposing it doesn't wait: calls that run already end as if nothing had happened, and the models go with the last of them.
/// </para>
/// </remarks>
public sealed partial class DlibFaceEncoder : IFaceEncoder, IFaceDetector, IFaceEmbedder, IDisposable
{
    private const int MaxChipSize = 4096;
    private const double MaxChipPadding = 10;

    private readonly DlibOptions _options;
    private readonly WorkSlots _slots;
    private readonly EncoderInstruments _telemetry;
    private readonly ModelLease _models;

    /// <summary>Creates the encoder; nothing is loaded yet.</summary>
    /// <param name="files">Where the model files are.</param>
    /// <param name="options">How it works.</param>
    /// <param name="logger">Gets how long it took to load the models.</param>
    /// <param name="meters">Where its meter <c>Frat.Dlib</c> belongs; null makes one of its own.</param>
    public DlibFaceEncoder(ModelFiles files, IOptions<DlibOptions> options, ILogger<DlibFaceEncoder> logger, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options.Value;
        _slots = new WorkSlots(_options.MaxConcurrency, _options.MaxPixelsAtOnce ?? DlibOptions.DefaultPixelsAtOnce);
        _telemetry = new EncoderInstruments(meters, DlibTelemetry.MeterName, DlibTelemetry.SpanPrefix);
        Info = ChipEncoder.Info with
        {
            SmallestFace = _options.SmallestFace,
            Way = (_options.Mirror ? FaceEncoderInfo.MirroredWay : FaceEncoderInfo.PlainWay)
                + (_options.Jitter > 0 ? string.Create(CultureInfo.InvariantCulture, $"+jitter{_options.Jitter}") : ""),
            CanJitter = true,
        };
        _models = new ModelLease(files, _options, _telemetry, logger);
    }

    /// <summary><c>dlib-resnet-v1</c>: 128 values, Euclidean distance, 0.6.</summary>
    public FaceEncoderInfo Info { get; }

    /// <summary>
    /// 80 pixels with <see cref="DlibDetectorKind.Hog"/> and 40 with <see cref="DlibDetectorKind.Cnn"/>; half of that for each time that
    /// <see cref="DlibOptions.Upsample"/> doubles the image.
    /// </summary>
    public int SmallestFace => Info.SmallestFace;

    /// <summary>
    /// The corners of the eyes and the base of the nose, or the 68 points that <see cref="DlibOptions.Landmarks"/> asks for.
    /// </summary>
    public LandmarkScheme Landmarks => DlibPipeline.PredictorOf(_options).Landmarks;

    /// <summary>150×150 pixels, a quarter of the face around it, aligned by <see cref="LandmarkScheme.EyeCorners"/> or
    /// <see cref="LandmarkScheme.Ibug68"/>.</summary>
    public FaceChipFormat ChipFormat => FaceChip.Format;

    /// <summary>
    /// Pulls model files that are missing, loads the models and runs them once, so that the first image doesn't wait for it. Without
    /// an effect when they are loaded already.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; loading goes on for the other callers that wait for it.</param>
    /// <exception cref="ModelFileException">A model file is missing or damaged. The next call tries again.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public Task LoadAsync(CancellationToken cancellationToken = default) => _models.LoadAsync(encodes: true, cancellationToken);

    /// <summary>
    /// As <see cref="LoadAsync"/>, but only what <see cref="DetectAsync"/> needs: the detector and the landmarks, not the network.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; loading goes on for the other callers that wait for it.</param>
    /// <exception cref="ModelFileException">A model file is missing or damaged. The next call tries again.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public Task LoadDetectorAsync(CancellationToken cancellationToken = default) => _models.LoadAsync(encodes: false, cancellationToken);

    /// <summary>Finds all faces of an image and their landmarks, without encoding them.</summary>
    /// <param name="image">The image. Borrowed until the call completes.</param>
    /// <param name="options">How to look; null for the defaults of <see cref="DlibOptions"/>.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between the steps.</param>
    /// <returns>The faces, the surest first; empty when there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="FaceEncodeOptions.SmallestFace"/> is below 10 (5 with <see cref="DlibDetectorKind.Cnn"/>), or
    /// <see cref="FaceEncodeOptions.MaxFaces"/> below 1.
    /// </exception>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<IReadOnlyList<DetectedFace>> DetectAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (upsample, maxFaces) = (_options.UpsampleFor(options?.SmallestFace), MaxFaces(options));
        var work = new Work(Encodes: false, Pixels(image, upsample), options?.IsUrgent ?? false);
        return await RunAsync(work, pipeline => Detect(pipeline, image, upsample, maxFaces, options, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Finds the landmarks of faces whose boxes are known, so that they can be encoded.</summary>
    /// <param name="image">The image. Borrowed until the call completes.</param>
    /// <param name="boxes">The boxes, as one of dlib's detectors would draw them: from the eyebrows to the chin, about square.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between the steps.</param>
    /// <returns>
    /// A face for each box, in their order, with a score of 0. Landmarks are found in any box, whether it shows a face or not.
    /// </returns>
    /// <exception cref="ArgumentException">A box is empty, or lies wholly outside of the image.</exception>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<IReadOnlyList<DetectedFace>> FindLandmarksAsync(
        RgbImage image, IReadOnlyList<FaceBox> boxes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(boxes);
        if (boxes.Any(box => box.Right < Math.Max(box.Left, 0) || box.Bottom < Math.Max(box.Top, 0)
            || box.Left >= image.Width || box.Top >= image.Height))
        {
            throw new ArgumentException("A box is empty, or lies outside of the image.", nameof(boxes));
        }

        var work = new Work(Encodes: false, Pixels(image));
        return await RunAsync(work, pipeline => pipeline.FindLandmarks(image, boxes, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="FaceEncodeOptions.SmallestFace"/> is below 10 (5 with <see cref="DlibDetectorKind.Cnn"/>), or
    /// <see cref="FaceEncodeOptions.MaxFaces"/> below 1.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<IReadOnlyList<Face>> EncodeAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (upsample, maxFaces, jittered) = (_options.UpsampleFor(options?.SmallestFace), MaxFaces(options), Jittered(options));
        var work = new Work(Encodes: true, Pixels(image, upsample), options?.IsUrgent ?? false);
        return await RunAsync(work, pipeline => pipeline.Encode(image, upsample, maxFaces, jittered, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Encodes faces that <see cref="DetectAsync"/>, or another detector, found in an image.</summary>
    /// <param name="image">The image in which they were found. Borrowed until the call completes.</param>
    /// <param name="faces">The faces, any number of them; their landmarks decide how they are aligned.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between the steps.</param>
    /// <returns>One face for each of <paramref name="faces"/>, in their order, with its box, score and landmarks.</returns>
    /// <exception cref="ArgumentException">A face is null, or its landmarks are of a scheme that dlib doesn't know.</exception>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<IReadOnlyList<Face>> EncodeAsync(
        RgbImage image, IReadOnlyList<DetectedFace> faces, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        foreach (var face in faces)
        {
            CheckLandmarks(face, nameof(faces));
        }

        var work = new Work(Encodes: true, Pixels(image));
        return await RunAsync(work, pipeline => pipeline.Encode(image, faces, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds and encodes all faces of many images. The network takes faces of several images at once, which is faster than one call for
    /// each; the results are the same, to the last digits.
    /// </summary>
    /// <param name="images">The images. Borrowed until the call completes.</param>
    /// <param name="options">How to look; null for the defaults of <see cref="DlibOptions"/>.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between the steps.</param>
    /// <returns>For each image, in their order, its faces, the surest first.</returns>
    /// <remarks>
    /// The call counts as one image for <see cref="DlibOptions.MaxConcurrency"/>, and looks at one image after the other.
    /// </remarks>
    /// <exception cref="ArgumentException">An image is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="FaceEncodeOptions.SmallestFace"/> is below 10 (5 with <see cref="DlibDetectorKind.Cnn"/>), or
    /// <see cref="FaceEncodeOptions.MaxFaces"/> below 1.
    /// </exception>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<IReadOnlyList<IReadOnlyList<Face>>> EncodeBatchAsync(
        IReadOnlyList<RgbImage> images, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Contains(null!))
        {
            throw new ArgumentException("An image is null.", nameof(images));
        }

        var (upsample, maxFaces) = (_options.UpsampleFor(options?.SmallestFace), MaxFaces(options));
        var largest = images.Select(image => Pixels(image, upsample)).DefaultIfEmpty().Max();
        var work = new Work(Encodes: true, largest, options?.IsUrgent ?? false);
        return await RunAsync(work, pipeline => pipeline.Encode(images, upsample, maxFaces, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Encodes faces that were cut out and aligned already, as <see cref="CutChip"/> does with its defaults.</summary>
    /// <param name="chips">Images of 150×150 pixels. Borrowed until the call completes.</param>
    /// <param name="cancellationToken">Cancels the call, while waiting or between batches.</param>
    /// <returns>The encodings, in the order of the chips.</returns>
    /// <exception cref="ArgumentException">A chip is null, or of another size.</exception>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public ValueTask<IReadOnlyList<FaceEncoding>> EmbedAsync(
        IReadOnlyList<RgbImage> chips, CancellationToken cancellationToken = default) =>
        EmbedAsync(chips, jittered: 0, isUrgent: false, cancellationToken);

    /// <summary>Cuts an upright, aligned face out of an image: dlib's get_face_chip. Needs no model.</summary>
    /// <param name="image">The image in which the face was found; borrowed.</param>
    /// <param name="face">The face; its landmarks decide how it is aligned.</param>
    /// <param name="size">Width and height of the chip in pixels, 1 to 4 096.</param>
    /// <param name="padding">How much of the surroundings it shows on each side, as a part of the face, 0 to 10.</param>
    /// <returns>
    /// The chip, black where it reaches beyond the image; the caller disposes it. With the defaults it is what the network takes.
    /// </returns>
    /// <exception cref="ArgumentException">The face is null, or its landmarks are of a scheme that dlib doesn't know.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> or <paramref name="padding"/> is out of its range.</exception>
    public static RgbImage CutChip(RgbImage image, DetectedFace face, int size = FaceChip.Size, double padding = FaceChip.Padding)
    {
        ArgumentNullException.ThrowIfNull(image);
        CheckLandmarks(face, nameof(face));
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxChipSize);
        if (padding is not (>= 0 and <= MaxChipPadding))
        {
            throw new ArgumentOutOfRangeException(nameof(padding), padding, "A chip shows 0 to 10 times the face on each side.");
        }

        return FaceAligner.Cut(image, face.Landmarks, FaceChip.FormatOf(size, padding));
    }

    /// <summary>Ends the encoder: new calls are refused.</summary>
    public void Dispose() => _models.Dispose();

    private static void CheckLandmarks(DetectedFace? face, string parameter)
    {
        if (face?.Landmarks is not { } landmarks || FaceChip.Format.Find(landmarks.Scheme) is null)
        {
            throw new ArgumentException("A face needs dlib's 5 or 68 landmarks.", parameter);
        }
    }

    private static int MaxFaces(FaceEncodeOptions? options) => options?.MaxFaces is not { } most ? int.MaxValue
        : most >= 1 ? most : throw new ArgumentOutOfRangeException(nameof(options), most, "At least one face is asked for.");

    private static int Jittered(FaceEncodeOptions? options) => options?.Jitter is not { } copies ? 0
        : copies is >= 0 and <= FaceEncodeOptions.MaxJitter
            ? copies
            : throw new ArgumentOutOfRangeException(nameof(options), copies, "Of a face, 0 to 100 copies are averaged.");

    // What an image takes while it is worked on grows with its pixels, doubled as they are looked at.
    private static long Pixels(RgbImage image, int upsample = 0) => ((long)image.Width * image.Height) << (2 * upsample);

    private async Task<WorkSlots.Slot> WaitAsync(Work work, CancellationToken cancellationToken)
    {
        using var timing = _telemetry.StartWaiting();
        return await _slots.WaitAsync(work.Pixels, work.IsUrgent, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> RunAsync<T>(Work work, Func<DlibPipeline, T> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var use = _models.Enter();
        var pipeline = await _models.GetAsync(work.Encodes).WaitAsync(cancellationToken).ConfigureAwait(false);
        using var slot = await WaitAsync(work, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => run(pipeline), cancellationToken).ConfigureAwait(false);
    }

    // What a call takes: the network or not, memory for so many pixels, and whether it goes first.
    private readonly record struct Work(bool Encodes, long Pixels, bool IsUrgent = false);
}
