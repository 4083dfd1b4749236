namespace Frat;

/// <summary>From an image file to the faces on it: the part that enrolment and check-in share.</summary>
internal sealed class FaceFinder(IImageDecoder decoder, IFaceEncoder encoder)
{
    // A closer look costs four times the time. An image larger than this shows a face that matters large enough at once.
    private const int MaxSideForCloserLook = 1280;

    private static readonly FaceEncodeOptions CloserLook = new() { Upsample = 1 };

    public FaceEncoderInfo Encoder => encoder.Info;

    public async Task<FacesInImage> FindAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        using var image = await decoder.DecodeAsync(file, cancellationToken).ConfigureAwait(false);
        var faces = await encoder.EncodeAsync(image, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (faces.Count == 0 && Math.Max(image.Width, image.Height) <= MaxSideForCloserLook)
        {
            faces = await encoder.EncodeAsync(image, CloserLook, cancellationToken).ConfigureAwait(false);
        }

        return new FacesInImage(image.Width, image.Height, faces);
    }
}

/// <summary>The faces of an image, and the size of the image that their boxes refer to.</summary>
internal sealed record FacesInImage(int Width, int Height, IReadOnlyList<Face> Faces);
