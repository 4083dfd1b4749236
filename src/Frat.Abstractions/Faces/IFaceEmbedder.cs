namespace Frat;

/// <summary>Encodes faces that were cut out and aligned: the second half of an <see cref="IFaceEncoder"/>.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. An implementation runs a bounded number of calls at once, and a call waits for its turn
/// without holding a thread.
/// </remarks>
public interface IFaceEmbedder
{
    /// <summary>What its encodings are, known before any model is loaded.</summary>
    FaceEncoderInfo Info { get; }

    /// <summary>How faces have to be cut out for it, known before any model is loaded.</summary>
    FaceChipFormat ChipFormat { get; }

    /// <summary>Encodes faces.</summary>
    /// <param name="chips">A face each, cut out as <see cref="ChipFormat"/> says. Borrowed until the call completes.</param>
    /// <param name="cancellationToken">Ends the call, while it waits or between two steps.</param>
    /// <returns>An encoding for each chip, in their order. It doesn't depend on the other chips, but for the last digits.</returns>
    /// <exception cref="ArgumentException">A chip is null, or of another size.</exception>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    ValueTask<IReadOnlyList<FaceEncoding>> EmbedAsync(IReadOnlyList<RgbImage> chips, CancellationToken cancellationToken = default);
}
