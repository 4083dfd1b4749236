using Frat.Vision;

namespace Frat.Cli.Faces;

/// <summary>The two halves of an encoder, so that each can be timed; borrowed.</summary>
/// <param name="Detector">Finds the faces.</param>
/// <param name="Embedder">Encodes them.</param>
/// <param name="LoadDetector">Loads what finding faces needs.</param>
/// <param name="LoadAll">Loads that, and what encoding needs.</param>
internal sealed record FaceEngine(
    IFaceDetector Detector,
    IFaceEmbedder Embedder,
    Func<CancellationToken, Task> LoadDetector,
    Func<CancellationToken, Task> LoadAll)
{
    /// <summary>Encodes faces of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="faces">What the detector found on it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<FaceEncoding>> EncodeAsync(
        RgbImage image, IReadOnlyList<DetectedFace> faces, CancellationToken cancellationToken)
    {
        var chips = new List<RgbImage>(faces.Count);
        try
        {
            foreach (var face in faces)
            {
                chips.Add(FaceAligner.Cut(image, face.Landmarks, Embedder.ChipFormat));
            }

            return await Embedder.EmbedAsync(chips, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            chips.ForEach(chip => chip.Dispose());
        }
    }
}
