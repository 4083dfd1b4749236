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

    private readonly WorkSlots _slots = new(options.Value.Recognition.MaxConcurrency, long.MaxValue);

    /// <summary>
    /// Finds the faces that are near, the two largest at most: those that the encoder sees without enlarging the image. Only where there is
    /// none does it look closer. So whoever stands before the camera isn't turned away for the small faces of people behind them.
    /// </summary>
    public async Task<FacesInImage> FindAsync(FaceImage photo, WorkKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(photo);

        // Before the turn: whoever sends slowly holds nobody up.
        var file = await photo.ReadAsync(limits.Value.MaxBytes, cancellationToken).ConfigureAwait(false);
        var look = new FaceEncodeOptions { MaxFaces = MaxFaces, IsUrgent = kind == WorkKind.CheckIn };
        using var slot = await _slots.WaitAsync(pixels: 0, look.IsUrgent, cancellationToken).ConfigureAwait(false);
        using var image = await FratSpans.RunAsync(
            FratTelemetry.DecodeSpan, () => decoder.DecodeAsync(file, cancellationToken).AsTask()).ConfigureAwait(false);
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
