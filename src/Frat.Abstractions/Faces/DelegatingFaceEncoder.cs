namespace Frat;

/// <summary>
/// A face encoder that hands every call to an inner one: derive from it, and override what is to be different. See
/// <see cref="FratBuilder.Decorate"/>.
/// </summary>
/// <param name="inner">The inner one. It is not disposed with this one.</param>
public abstract class DelegatingFaceEncoder(IFaceEncoder inner) : IFaceEncoder
{
    /// <summary>The inner one.</summary>
    protected IFaceEncoder Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual FaceEncoderInfo Info => Inner.Info;

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<Face>> EncodeAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.EncodeAsync(image, options, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>It is the inner one's: who overrides <see cref="EncodeAsync"/> to change what comes of it overrides this as well.</remarks>
    public virtual ValueTask<IReadOnlyList<FoundFace>> FindAsync(
        RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.FindAsync(image, options, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<FaceEncoding>> EncodeFoundAsync(
        IReadOnlyList<FoundFace> faces, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.EncodeFoundAsync(faces, options, cancellationToken);
}
