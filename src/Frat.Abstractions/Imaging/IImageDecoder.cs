namespace Frat;

/// <summary>
/// Turns an image file into pixels, inside stated limits, upright as its EXIF orientation says.
/// </summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Implementations check the format and the dimensions before they decode, and
/// bound how many images are decoded at once: a call waits for its turn without holding a thread.
/// </remarks>
public interface IImageDecoder
{
    /// <summary>Decodes an image that is in memory.</summary>
    /// <param name="file">The bytes of the file. Borrowed until the call completes.</param>
    /// <param name="cancellationToken">Gives up waiting for a turn.</param>
    /// <returns>The pixels; the caller disposes them.</returns>
    /// <exception cref="InvalidFaceImageException">The bytes are empty, no supported image, damaged, or over a limit.</exception>
    ValueTask<RgbImage> DecodeAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default);

    /// <summary>Reads an image to its end and decodes it. Reading stops as soon as the limit of bytes is passed.</summary>
    /// <param name="file">The stream, read from its current position; it stays open.</param>
    /// <param name="cancellationToken">Gives up reading, or waiting for a turn.</param>
    /// <returns>The pixels; the caller disposes them.</returns>
    /// <exception cref="InvalidFaceImageException">The bytes are empty, no supported image, damaged, or over a limit.</exception>
    ValueTask<RgbImage> DecodeAsync(Stream file, CancellationToken cancellationToken = default);
}
