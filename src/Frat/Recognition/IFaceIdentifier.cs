namespace Frat;

/// <summary>Says who is on an image, and records nothing: for a greeting, a door, a second factor beside a card or a PIN.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. One image is enough. Of several frames of one person, those without a face are passed
/// over, and poor ones (dark, blurred, turned aside) where there are better ones; the mean of the others' encodings is compared: that is
/// steadier than one of them. Frames are taken in the order in which they were made: once a face was seen, it is looked for where it was.
/// Nothing is kept of an image.
/// </remarks>
public interface IFaceIdentifier
{
    /// <summary>The most frames of one call.</summary>
    const int MaxFrames = 8;

    /// <summary>Says who it is (1:N), among all who are active and whose consent is in force.</summary>
    /// <param name="frames">1 to <see cref="MaxFrames"/> images of one person.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Who it is, or why nobody is recognized.</returns>
    /// <exception cref="ArgumentException">There is no frame, or there are too many.</exception>
    /// <exception cref="InvalidFaceImageException">An image can't be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="StoreException">The gallery was not loaded yet, and the store failed.</exception>
    Task<Identification> IdentifyAsync(IReadOnlyList<FaceImage> frames, CancellationToken cancellationToken = default);

    /// <summary>Says whether it is a person (1:1). The person's templates are read from the store: a revocation holds at once.</summary>
    /// <param name="personId">Who it should be.</param>
    /// <param name="frames">1 to <see cref="MaxFrames"/> images of one person.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="ArgumentException">There is no frame, or there are too many.</exception>
    /// <exception cref="InvalidFaceImageException">An image can't be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<Verification> VerifyAsync(Guid personId, IReadOnlyList<FaceImage> frames, CancellationToken cancellationToken = default);
}
