namespace Frat.Dlib;

/// <summary>
/// How sizes and boxes change between the levels of dlib's pyramids, <c>pyramid_down&lt;6&gt;</c> to shrink by 5/6 and
/// <c>pyramid_down&lt;2&gt;</c> upwards to double (image_transforms/image_pyramid.h). dlib computes a box in double precision from level to
/// level, and rounds it once at the end.
/// </summary>
internal static class FhogPyramid
{
    private const double Ratio = 6 / 5.0;
    private const double Shift = 0.3;
    private const double DoubledShiftX = 1.25;
    private const double DoubledShiftY = 0.75;

    /// <summary>The size of the next smaller level.</summary>
    public static (int Width, int Height) Shrink(int width, int height) => ((int)(5L * width / 6), (int)(5L * height / 6));

    /// <summary>The size of a doubled image: dlib adds a border.</summary>
    public static (long Width, long Height) Double(long width, long height) => ((2 * width) + 2, (2 * height) + 1);

    /// <summary>How many levels dlib looks at. It decides by mapped boxes, not by the sizes of the images.</summary>
    public static int Levels(int width, int height, FhogModel model)
    {
        var levels = 0;
        var (left, top, right, bottom) = (0L, 0L, width - 1L, height - 1L);
        do
        {
            (left, top, right, bottom) = (Down(left), Down(top), Down(right), Down(bottom));
            levels++;
        }
        while (right - left + 1 >= model.MinLevelWidth && bottom - top + 1 >= model.MinLevelHeight && levels < model.MaxLevels);

        return levels;

        static long Down(long position) => Round((position - Shift) * (5.0 / 6));
    }

    /// <summary>The box of a window on a level, in pixels of the first level.</summary>
    public static FaceBox Up(FhogHit hit, int level) => new(
        Up(Pixel(hit.Column), level), Up(Pixel(hit.Row), level),
        Up(Pixel(hit.Column + FhogFilters.Taps - 1), level), Up(Pixel(hit.Row + FhogFilters.Taps - 1), level));

    /// <summary>A box of an image that was doubled, in pixels of the original.</summary>
    public static FaceBox Halve(FaceBox box, int times)
    {
        var (left, top, right, bottom) = ((double)box.Left, (double)box.Top, (double)box.Right, (double)box.Bottom);
        for (var i = 0; i < times; i++)
        {
            left = (left / 2) - DoubledShiftX;
            top = (top / 2) - DoubledShiftY;
            right = (right / 2) - DoubledShiftX;
            bottom = (bottom / 2) - DoubledShiftY;
        }

        return new FaceBox((int)Round(left), (int)Round(top), (int)Round(right), (int)Round(bottom));
    }

    // The middle of a cell: cells with features begin one cell and one pixel inside the image. dlib rounds away from it to the left.
    private static int Pixel(int cell)
    {
        var pixel = ((cell + 1) * OrientationHistograms.CellSize) + 1;
        return pixel + (pixel >= 0 ? OrientationHistograms.CellSize / 2 : -OrientationHistograms.CellSize / 2);
    }

    private static int Up(int position, int level)
    {
        var mapped = (double)position;
        for (var i = 0; i < level; i++)
        {
            mapped = (mapped * Ratio) + Shift;
        }

        return (int)Round(mapped);
    }

    private static long Round(double value) => (long)Math.Floor(value + 0.5);
}
