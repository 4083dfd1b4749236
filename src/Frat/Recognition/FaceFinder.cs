using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>Who waits for the faces of an image.</summary>
internal enum WorkKind
{
    /// <summary>Somebody before a camera: goes first.</summary>
    CheckIn,

    /// <summary>Somebody who registers, or a program that registers many.</summary>
    Photo,

    /// <summary>The same, and templates are made of the photo.</summary>
    Enrollment,
}

/// <summary>From an image file to the faces on it: the part that enrolment and check-in share.</summary>
/// <remarks>
/// One turn covers an image from decoding to encoding. Decoding is faster than encoding: with slots of its own, decoded images of
/// 12 MB would queue up before the encoder.
/// </remarks>
internal sealed class FaceFinder(
    IImageDecoder decoder,
    IFaceEncoder encoder,
    IOptions<FratOptions> options,
    IOptions<ImageDecoderOptions> limits,
    SecondEncoder? second = null)
{
    // A closer look, for faces of half the size, costs four times the time. A larger picture is made smaller for it: so a face of any part
    // of the width that is found in a picture of this side is found in every larger one.
    private const int MaxSideForCloserLook = 1280;

    // Of a smaller face, an encoding says little.
    private const int SmallestOfUse = 20;

    // Two decide that there are several faces, and which is the nearest; encoding more would only take time.
    private const int MaxFaces = 2;

    private static readonly FaceEncodeOptions CheckInLook = new() { MaxFaces = MaxFaces, IsUrgent = true };

    private readonly WorkSlots _slots = new(options.Value.Recognition.MaxConcurrency, long.MaxValue);

    /// <summary>
    /// Finds the faces that are near, the two largest at most: those that the encoder sees without enlarging the image. Only where there is
    /// none does it look closer. So anyone who stands before the camera isn't turned away for the small faces of people behind them.
    /// </summary>
    public async Task<FacesInImage> FindAsync(FaceImage photo, WorkKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photo);

        // Before the turn: anyone who sends slowly holds nobody up.
        var file = await photo.ReadAsync(limits.Value.MaxBytes, cancellationToken).ConfigureAwait(false);
        var jitter = kind == WorkKind.Enrollment ? options.Value.Enrollment.Jitter : 0;
        var look = new FaceEncodeOptions { MaxFaces = MaxFaces, IsUrgent = kind == WorkKind.CheckIn, Jitter = jitter };
        using var slot = await _slots.WaitAsync(pixels: 0, look.IsUrgent, cancellationToken).ConfigureAwait(false);
        using var image = await DecodeAsync(file, cancellationToken).ConfigureAwait(false);
        var faces = await encoder.EncodeAsync(image, look, cancellationToken).ConfigureAwait(false);
        var closer = encoder.Info.SmallestFace / 2;
        if (faces.Count > 0 || closer < SmallestOfUse)
        {
            return await WithOtherAsync(image, faces, look, kind, cancellationToken).ConfigureAwait(false);
        }

        using var smaller = Math.Max(image.Width, image.Height) > MaxSideForCloserLook ? MakeSmaller(image) : null;
        var looked = smaller ?? image;
        look = look with { SmallestFace = closer };
        faces = await encoder.EncodeAsync(looked, look, cancellationToken).ConfigureAwait(false);
        return await WithOtherAsync(looked, faces, look, kind, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins to look at the frames of somebody who waits, in one turn for all of them.</summary>
    /// <param name="frames">The frames, in their order.</param>
    /// <param name="minEyeDistance">How far apart the eyes of a face are at least that counts, in pixels.</param>
    /// <param name="cancellationToken">Cancels the whole turn.</param>
    public async Task<FrameTurn> BeginAsync(IReadOnlyList<FaceImage> frames, float minEyeDistance, CancellationToken cancellationToken)
    {
        // Before the turn, as above.
        var files = new List<ReadOnlyMemory<byte>>(frames.Count);
        foreach (var frame in frames)
        {
            files.Add(await frame.ReadAsync(limits.Value.MaxBytes, cancellationToken).ConfigureAwait(false));
        }

        var slot = await _slots.WaitAsync(pixels: 0, isUrgent: true, cancellationToken).ConfigureAwait(false);
        return new FrameTurn(this, files, minEyeDistance, slot, cancellationToken);
    }

    /// <summary>Finds the faces of a frame, around where one was or on all of it, and encodes nothing.</summary>
    public ValueTask<IReadOnlyList<FoundFace>> FindAsync(RgbImage image, FaceBox? around, CancellationToken cancellationToken) =>
        encoder.FindAsync(image, CheckInLook with { Around = around }, cancellationToken);

    /// <summary>Finds smaller faces, where the encoder does.</summary>
    /// <returns>The faces, and how many pixels of the frame one of those is that their boxes are in.</returns>
    public async ValueTask<(IReadOnlyList<FoundFace> Faces, float Scale)> FindSmallerAsync(
        RgbImage image, CancellationToken cancellationToken)
    {
        var closer = encoder.Info.SmallestFace / 2;
        if (closer < SmallestOfUse)
        {
            return ([], 1);
        }

        using var smaller = Math.Max(image.Width, image.Height) > MaxSideForCloserLook ? MakeSmaller(image) : null;
        var looked = smaller ?? image;
        var found = await encoder.FindAsync(looked, CheckInLook with { SmallestFace = closer }, cancellationToken).ConfigureAwait(false);
        return (found, (float)image.Width / looked.Width);
    }

    /// <summary>Encodes faces of frames, all at once.</summary>
    public ValueTask<IReadOnlyList<FaceEncoding>> EncodeAsync(IReadOnlyList<FoundFace> faces, CancellationToken cancellationToken) =>
        encoder.EncodeFoundAsync(faces, CheckInLook, cancellationToken);

    public Task<RgbImage> DecodeAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken) => FratSpans.RunAsync(
        FratTelemetry.DecodeSpan, () => decoder.DecodeAsync(file, cancellationToken).AsTask());

    // What the second encoder makes of the same face: one whose middle is in its box.
    private async Task<FacesInImage> WithOtherAsync(
        RgbImage image, IReadOnlyList<Face> faces, FaceEncodeOptions look, WorkKind kind, CancellationToken cancellationToken)
    {
        var others = kind == WorkKind.Enrollment && second is not null && faces.Count == 1
            ? await second.Encoder.EncodeAsync(image, look, cancellationToken).ConfigureAwait(false)
            : [];
        return new FacesInImage(image.Width, image.Height, faces)
        {
            Other = others.FirstOrDefault(other => IsInside(faces[0].Box, other.Box)),
        };

        static bool IsInside(FaceBox box, FaceBox other) =>
            (other.Left + other.Right) / 2 is var x && (other.Top + other.Bottom) / 2 is var y
                && x >= box.Left && x <= box.Right && y >= box.Top && y <= box.Bottom;
    }

    private static RgbImage MakeSmaller(RgbImage image)
    {
        using var rows = new UprightRows(image.Width, image.Height, MaxSideForCloserLook);
        for (var y = 0; y < image.Height; y++)
        {
            rows.Add(image.Row(y));
        }

        return rows.Take();
    }
}

/// <summary>The faces of an image, and the size of the image that their boxes refer to.</summary>
internal sealed record FacesInImage(int Width, int Height, IReadOnlyList<Face> Faces)
{
    /// <summary>The one face as the second encoder sees it; null where it doesn't, or where there is none, or nobody is enrolled.</summary>
    public Face? Other { get; init; }
}
