using Frat.Vision;

namespace Frat.Dlib;

/// <summary>
/// Looks for a face where it was in the frame before. Its surroundings are brought to a size at which the detector's smallest level finds
/// it: so it takes as long for a large face as for a small one, and a fraction of what a whole frame does.
/// </summary>
internal static class FaceSurroundings
{
    // How much is looked at, in sides of the face: room for whoever moves on by half a face, or stands beside.
    private const double Reach = 2.5;

    // How large the face then is, in windows of the detector: somebody who steps back by a fifth is still found.
    private const double Enlarged = 1.3;

    /// <summary>Looks for faces.</summary>
    /// <param name="detector">Finds them.</param>
    /// <param name="image">The frame.</param>
    /// <param name="last">Where the face was.</param>
    /// <param name="window">The side of the smallest face that the detector sees in an image as it is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The boxes in pixels of the frame, the surest first.</returns>
    public static IReadOnlyList<DetectedBox> Detect(
        IBoxDetector detector, RgbImage image, FaceBox last, int window, CancellationToken cancellationToken)
    {
        var size = (int)(window * Enlarged * Reach);
        var side = Reach * Math.Max(last.Width, last.Height);
        var (left, top) = (((last.Left + (double)last.Right - side) / 2), (last.Top + (double)last.Bottom - side) / 2);
        using var part = new RgbImage(size, size);
        var region = new ImageRegion(left, top, left + side - 1, top + side - 1, Angle: 0);
        FaceAligner.CutRegion(image.Pixels, image.Width, image.Height, region, size, part.Pixels);
        var scale = (side - 1) / (size - 1);
        return [.. detector.Detect(part, upsample: 0, cancellationToken).Select(face => face with
        {
            Box = new FaceBox(X(face.Box.Left), Y(face.Box.Top), X(face.Box.Right), Y(face.Box.Bottom)),
        })];

        int X(int x) => (int)Math.Round(left + (x * scale));

        int Y(int y) => (int)Math.Round(top + (y * scale));
    }
}
