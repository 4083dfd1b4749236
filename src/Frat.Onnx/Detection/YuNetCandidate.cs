namespace Frat.Onnx;

/// <summary>What the network takes for a face, in pixels of the image.</summary>
/// <param name="Left">The box's left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Right">Its right edge.</param>
/// <param name="Bottom">Its lower edge.</param>
/// <param name="Score">How sure the network is, 0 to 1.</param>
/// <param name="Points">The landmarks, in the order of <see cref="LandmarkScheme.EyeCenters"/>.</param>
internal sealed record YuNetCandidate(double Left, double Top, double Right, double Bottom, float Score, FacePoint[] Points)
{
    // Far enough outside of any image.
    private const double Far = 1e8;

    /// <summary>The box in whole pixels.</summary>
    public FaceBox Box => new(Pixel(Left), Pixel(Top), Pixel(Right), Pixel(Bottom));

    /// <summary>The same in the pixels of an image that is so many times as large.</summary>
    /// <param name="left">Where the tile begins.</param>
    /// <param name="top">The same.</param>
    /// <param name="scale">How many pixels of the image a pixel is.</param>
    public YuNetCandidate Map(int left, int top, int scale)
    {
        // The centre of a pixel that was made of several is in the middle of them.
        double X(double x) => ((x + left + 0.5) * scale) - 0.5;
        double Y(double y) => ((y + top + 0.5) * scale) - 0.5;
        return new YuNetCandidate(
            X(Left), Y(Top), X(Right), Y(Bottom), Score, [.. Points.Select(point => new FacePoint((float)X(point.X), (float)Y(point.Y)))]);
    }

    private static int Pixel(double value) => (int)Math.Round(Math.Clamp(value, -Far, Far));
}
