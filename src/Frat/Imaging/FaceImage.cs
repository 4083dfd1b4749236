namespace Frat;

/// <summary>An image file as it came, with a face on it: bytes in memory, or a stream.</summary>
/// <remarks>
/// Bytes are borrowed until the call completes that they were given to. A stream is read by one call, once, from where it stands, to the
/// end or to <see cref="ImageDecoderOptions.MaxBytes"/>; it stays open. Nothing is kept of either.
/// </remarks>
public sealed class FaceImage
{
    private const int FirstBuffer = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private Stream? _stream;
    private readonly bool _isStream;

    private FaceImage(ReadOnlyMemory<byte> bytes, Stream? stream) => (_bytes, _stream, _isStream) = (bytes, stream, stream is not null);

    /// <summary>An image that is in memory.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <returns>The image.</returns>
    public static FaceImage From(ReadOnlyMemory<byte> file) => new(file, null);

    /// <summary>An image that is read when it is its turn, such as an upload.</summary>
    /// <param name="file">The stream.</param>
    /// <returns>The image.</returns>
    public static FaceImage From(Stream file) => new(default, file ?? throw new ArgumentNullException(nameof(file)));

    /// <summary>An image that is in memory.</summary>
    /// <param name="file">The bytes of the file.</param>
    public static implicit operator FaceImage(ReadOnlyMemory<byte> file) => From(file);

    /// <summary>An image that is in memory.</summary>
    /// <param name="file">The bytes of the file.</param>
    public static implicit operator FaceImage(byte[] file) => From(file ?? throw new ArgumentNullException(nameof(file)));

    /// <summary>Reads the bytes.</summary>
    /// <param name="maxBytes">The most.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InvalidFaceImageException">There are more; reading stopped there.</exception>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        if (!_isStream)
        {
            return _bytes;
        }

        var stream = Interlocked.Exchange(ref _stream, null)
            ?? throw new InvalidOperationException("The stream of this image was read by another call.");
        var known = stream.CanSeek ? stream.Length - stream.Position : 0;
        if (known > maxBytes)
        {
            throw TooManyBytes(maxBytes);
        }

        // One byte more than is there, so that the read that finds the end needs no larger buffer.
        var buffer = new byte[(int)Math.Max(known + 1, FirstBuffer)];
        var length = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (length > maxBytes)
            {
                throw TooManyBytes(maxBytes);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1L));
            }
        }

        return buffer.AsMemory(0, length);
    }

    /// <summary>What is said of a file that is too large.</summary>
    internal static InvalidFaceImageException TooManyBytes(int maxBytes) => new(
        InvalidImageReason.TooManyBytes, $"The image file has more than the {maxBytes} bytes that are accepted.");
}
