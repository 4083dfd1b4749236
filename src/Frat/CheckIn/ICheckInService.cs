namespace Frat;

/// <summary>
/// Checks people in: by face, or by another way that the caller has verified. Of an image, nothing is kept but, with an idempotency key,
/// its SHA-256.
/// </summary>
/// <remarks>Thread-safe; one instance serves the process.</remarks>
public interface ICheckInService
{
    /// <summary>Recognizes the person on one or more frames and records the punch.</summary>
    /// <param name="request">The frames, and where they come from.</param>
    /// <param name="cancellationToken">Cancels the call; the punch is then recorded whole or not at all.</param>
    /// <returns>Who it was and what the day came to, or why nobody was recognized.</returns>
    /// <exception cref="ArgumentException">
    /// There is no frame, or there are too many; a text is empty or too long; the site is not set up; the moment is out of its bounds.
    /// </exception>
    /// <exception cref="InvalidFaceImageException">An image can't be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="PunchConflictException">
    /// The key was used before by this source, for other frames, another person or day; nothing was recorded.
    /// </exception>
    /// <exception cref="StoreException">The store failed; nothing was recorded.</exception>
    Task<CheckInResult> CheckInAsync(CheckInRequest request, CancellationToken cancellationToken = default);

    /// <summary>Records a punch of somebody who was identified in another way: by PIN, or by a manager.</summary>
    /// <param name="request">Whose, how and when.</param>
    /// <param name="cancellationToken">Cancels the call; the punch is then recorded whole or not at all.</param>
    /// <returns>
    /// The punch and what the day came to; null when there is no such person or, by PIN, the person is not active: nothing was recorded.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The method is none of these two, a manager's punch says not who enters it and why, a text is empty or too long, the site is not set
    /// up, or the moment is out of its bounds.
    /// </exception>
    /// <exception cref="PunchConflictException">The key was used before by this source, for another person or day.</exception>
    /// <exception cref="StoreException">The store failed; nothing was recorded.</exception>
    Task<PunchReceipt?> PunchAsync(PunchRequest request, CancellationToken cancellationToken = default);
}
