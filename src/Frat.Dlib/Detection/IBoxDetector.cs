namespace Frat.Dlib;

/// <summary>Finds where faces are.</summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
internal interface IBoxDetector : IDisposable
{
    /// <summary>Finds the faces of an image.</summary>
    /// <param name="image">The image, borrowed until the call returns.</param>
    /// <param name="upsample">How many times the image is doubled first, to find smaller faces.</param>
    /// <param name="cancellationToken">Cancels the call between two steps.</param>
    /// <returns>The boxes of the faces in pixels of the image, the surest first. A box may reach over the edge.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="upsample"/> is negative, or the doubled image does not fit into an array.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    IReadOnlyList<DetectedBox> Detect(RgbImage image, int upsample, CancellationToken cancellationToken = default);
}
