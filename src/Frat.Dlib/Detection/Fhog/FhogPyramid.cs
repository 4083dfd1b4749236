namespace Frat.Dlib;

/// <summary>
/// How sizes and boxes change between the levels of dlib's pyramid, <c>pyramid_down&lt;6&gt;</c>, which shrinks by 5/6
/// (image_transforms/image_pyramid.h). dlib computes a box in double precision from level to level, and rounds it once at the end.
/// </summary>
internal static class FhogPyramid
{
    private const double Ratio = 6 / 5.0;
    private const double Shift = 0.3;

    /// <summary>The size of the next smaller level.</summary>
    public static (int Width, int Height) Shrink(int width, int height) => ((int)(5L * width / 6), (int)(5L * height / 6));

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

    /// <summary>The box of a window on a level.</summary>
    /// <param name="column">The window's left edge, in cells with features; it may be negative.</param>
    /// <param name="row">The window's upper edge.</param>
    /// <param name="level">The level, from 0.</param>
    /// <returns>The box in pixels of the first level.</returns>
    public static FaceBox Up(int column, int row, int level) => new(
        Up(Pixel(column), level),
        Up(Pixel(row), level),
        Up(Pixel(column + FhogFilters.Taps - 1), level),
        Up(Pixel(row + FhogFilters.Taps - 1), level));

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
