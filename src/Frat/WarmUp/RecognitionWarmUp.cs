namespace Frat;

/// <summary>
/// Has a drawn face recognised, or not: from the file over two frames to the nearest people of the gallery. Stores nothing.
/// </summary>
internal sealed class RecognitionWarmUp(IFaceIdentifier identifier) : IWarmUp
{
    // The first compiles, the next ones have what is called often compiled again for speed.
    private const int Rounds = 3;

    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        var face = DrawnFace.ToJpeg();
        for (var round = 0; round < Rounds; round++)
        {
            await identifier.IdentifyAsync([face, face], cancellationToken).ConfigureAwait(false);
        }
    }
}
