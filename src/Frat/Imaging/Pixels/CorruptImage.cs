namespace Frat;

/// <summary>What a damaged image is answered with.</summary>
internal static class CorruptImage
{
    /// <param name="why">What is wrong with it: the end of a sentence.</param>
    public static InvalidFaceImageException Error(string why) =>
        new(InvalidImageReason.Corrupt, $"The image is damaged or cut off: {why}.");
}
