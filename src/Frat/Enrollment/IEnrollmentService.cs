namespace Frat;

/// <summary>Enrolls people: photo, face, quality gate, look for a like face, store, gallery. Of a photo, only the face's encoding
/// and quality are kept.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Two enrollments of one face at the same moment are told in one process; in two processes
/// on one database, each may find nobody like it, and both pass. The store keeps faces apart by nothing but who they were enrolled as: a
/// like face is no error there. People who are not active, and who have no template, are not compared.
/// </remarks>
public interface IEnrollmentService
{
    /// <summary>Enrolls a person, so that the next check-in knows them.</summary>
    /// <param name="request">Whom.</param>
    /// <param name="cancellationToken">Cancels the call; the person is then enrolled whole or not at all.</param>
    /// <returns>The person, or what was wrong with the request.</returns>
    /// <exception cref="ArgumentException">The note, the consent or the override has a text that is empty or too long.</exception>
    /// <exception cref="InvalidFaceImageException">A photo is no image that can be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="StoreException">The store failed; nobody was enrolled.</exception>
    Task<EnrollmentResult> EnrollAsync(EnrollmentRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds photos to a person who is known already: more of them, those of another encoder, or the first ones after a revocation, with a
    /// new consent. They pass the same gates as those of an enrollment, and have to be of the person as far as there are templates.
    /// </summary>
    /// <param name="request">Whose, and which.</param>
    /// <param name="cancellationToken">
    /// Cancels the call; the photos are then added all or none. A consent that came with them may be recorded.
    /// </param>
    /// <returns>The person, or what was wrong with the request.</returns>
    /// <exception cref="ArgumentException">The note, the consent or the override has a text that is empty or too long.</exception>
    /// <exception cref="InvalidFaceImageException">A photo is no image that can be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="StoreException">The store failed; no photo was added.</exception>
    Task<EnrollmentResult> AddPhotosAsync(AddPhotosRequest request, CancellationToken cancellationToken = default);

    /// <summary>Looks at a photo as an enrollment would, and stores nothing.</summary>
    /// <param name="photo">An image file.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The verdict and the faces.</returns>
    /// <exception cref="InvalidFaceImageException">The photo is no image that can be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    Task<PhotoAssessment> AssessAsync(FaceImage photo, CancellationToken cancellationToken = default);
}
