using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>From an image file to the faces on it: the part that enrolment and check-in share.</summary>
/// <remarks>
/// One slot covers an image from decoding to encoding. Decoding is faster than encoding: with a slot for each, decoded images of
/// 12 MB would queue up before the encoder.
/// </remarks>
internal sealed class FaceFinder(IImageDecoder decoder, IFaceEncoder encoder, IOptions<ImageDecoderOptions> options) : IDisposable
{
    // A closer look costs four times the time, and what it alone can find in a larger image is far away: at that size the first look
    // sees faces of a sixteenth of the picture's width.
    private const int MaxSideForCloserLook = 1280;

    private static readonly FaceEncodeOptions CloserLook = new() { Upsample = 1 };

    private readonly SemaphoreSlim _slots = new(options.Value.MaxConcurrency);

    public FaceEncoderInfo Encoder => encoder.Info;

    /// <summary>
    /// Finds the faces that are near: those that the encoder sees without enlarging the image. Only where there is none does it look
    /// closer. So whoever stands before the camera isn't turned away for the small faces of people behind them.
    /// </summary>
    public async Task<FacesInImage> FindAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var image = await decoder.DecodeAsync(file, cancellationToken).ConfigureAwait(false);
            var faces = await encoder.EncodeAsync(image, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (faces.Count == 0 && Math.Max(image.Width, image.Height) <= MaxSideForCloserLook)
            {
                faces = await encoder.EncodeAsync(image, CloserLook, cancellationToken).ConfigureAwait(false);
            }

            return new FacesInImage(image.Width, image.Height, faces);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}

/// <summary>The faces of an image, and the size of the image that their boxes refer to.</summary>
internal sealed record FacesInImage(int Width, int Height, IReadOnlyList<Face> Faces);
