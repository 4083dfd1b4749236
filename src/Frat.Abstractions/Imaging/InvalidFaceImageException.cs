namespace Frat;

/// <summary>Why a file was not accepted as an image.</summary>
public enum InvalidImageReason
{
    /// <summary>There are no bytes.</summary>
    Empty,

    /// <summary>The file has more bytes than the limit.</summary>
    TooManyBytes,

    /// <summary>The bytes don't begin as any supported format does.</summary>
    UnsupportedFormat,

    /// <summary>The picture has more pixels, or a longer side, than the limit.</summary>
    TooManyPixels,

    /// <summary>The file begins as an image, but is damaged or cut off.</summary>
    Corrupt,

    /// <summary>The picture would take more processor time to decode than the limit, by what its header says.</summary>
    TooCostly,
}

/// <summary>A file could not be accepted as an image. It is the sender's to mend; nothing was stored.</summary>
public sealed class InvalidFaceImageException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Which check failed.</param>
    /// <param name="message">What is wrong, with the limit where one was passed.</param>
    /// <param name="innerException">The decoder's own exception, if there was one.</param>
    public InvalidFaceImageException(InvalidImageReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Which check failed.</summary>
    public InvalidImageReason Reason { get; }
}
