namespace Frat.Vision;

/// <summary>What an encoder of two steps needs: from detected faces to found ones, and from these to what an embedder takes.</summary>
public static class FoundFaces
{
    /// <summary>Cuts a face out and judges it.</summary>
    /// <param name="face">The face.</param>
    /// <param name="image">The image in which it was detected; borrowed.</param>
    /// <param name="format">How the embedder wants faces.</param>
    /// <returns>The face with its chip; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The format has no mean face of the landmarks' scheme.</exception>
    public static FoundFace CutOut(this DetectedFace face, RgbImage image, FaceChipFormat format)
    {
        ArgumentNullException.ThrowIfNull(face);
        var chip = FaceAligner.Cut(image, face.Landmarks, format);
        try
        {
            return new FoundFace
            {
                Box = face.Box,
                Score = face.Score,
                Landmarks = face.Landmarks,
                Quality = ChipQuality.Of(chip.Pixels, format, face.Landmarks),
                Chip = chip,
            };
        }
        catch
        {
            chip.Dispose();
            throw;
        }
    }

    /// <summary>The chips of faces, in their order.</summary>
    /// <param name="faces">The faces, cut out by <see cref="CutOut"/>.</param>
    /// <returns>The chips; they belong to the faces still.</returns>
    /// <exception cref="ArgumentException">A face has none.</exception>
    public static IReadOnlyList<RgbImage> ChipsOf(IReadOnlyList<FoundFace> faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        return [.. faces.Select(face => face?.Chip
            ?? throw new ArgumentException("A face was found by another encoder: it has no chip.", nameof(faces)))];
    }
}
