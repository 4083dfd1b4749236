namespace Frat.Dlib;

/// <summary>
/// Where dlib puts the levels of a pyramid inside one large image (compute_tiled_image_pyramid_details in image_transforms/image_pyramid.h,
/// with <c>pyramid_down&lt;6&gt;</c>): the large ones below each other, then the small ones upwards again at the right. The network sees
/// from one level into the next, so the places matter for its scores. Immutable.
/// </summary>
internal sealed class TiledPyramidLayout
{
    // dlib's defaults (dlib/dnn/input.h).
    private const int Padding = 10;
    private const int OuterPadding = 11;

    private const int MinHeight = 5;
    private const double Rate = 5 / 6.0;
    private const double Ratio = 6 / 5.0;
    private const double Shift = 0.3;

    private readonly List<FaceBox> _levels;

    /// <param name="width">Width of the first level, at least 1.</param>
    /// <param name="height">Height of the first level, at least 1.</param>
    public TiledPyramidLayout(int width, int height)
    {
        var sizes = Sizes(width, height);
        var (down, columnHeight) = FirstColumn(sizes);
        Width = width + (2 * OuterPadding);
        Height = columnHeight + (2 * OuterPadding);
        _levels = Place(sizes, down);
        Left = Math.Min(down, _levels.Count);
    }

    /// <summary>Columns of the large image.</summary>
    public int Width { get; }

    /// <summary>Rows of the large image.</summary>
    public int Height { get; }

    /// <summary>The places of the levels, the largest first.</summary>
    public IReadOnlyList<FaceBox> Levels => _levels;

    /// <summary>How many of them, from the first on, lie below each other at the left; the others are at their right.</summary>
    public int Left { get; }

    /// <summary>Maps a box around a pixel of the large image to the first level, as loss_mmod's to_label does.</summary>
    public FaceBox ToImage(int centerX, int centerY, int width, int height)
    {
        var level = Nearest(centerX, centerY);
        var (left, top) = (centerX - ((width - 1) / 2.0) - _levels[level].Left, centerY - ((height - 1) / 2.0) - _levels[level].Top);
        return new FaceBox(Up(left, level), Up(top, level), Up(left + width - 1, level), Up(top + height - 1, level));
    }

    private static List<(int Width, int Height)> Sizes(int width, int height)
    {
        List<(int Width, int Height)> sizes = [(width, height)];
        while (true)
        {
            (width, height) = ((int)(Rate * width), (int)(Rate * height));
            if (width == 0 || height < MinHeight)
            {
                return sizes;
            }

            sizes.Add((width, height));
        }
    }

    // How many levels stand below each other, and their height together. dlib compares unsigned numbers, some of which are negative.
    private static (int Count, int Height) FirstColumn(List<(int Width, int Height)> sizes)
    {
        var (firstWidth, firstHeight) = ((long)sizes[0].Width, (long)sizes[0].Height);
        var total = sizes.Sum(size => (long)size.Height + Padding) - (2 * Padding);
        var (count, height, previousWidth) = (0, 0L, 0L);
        foreach (var size in sizes)
        {
            if ((ulong)size.Width <= unchecked((ulong)(firstWidth - previousWidth - Padding))
                && unchecked((ulong)((height - firstHeight) * 2)) >= unchecked((ulong)(total - firstHeight)))
            {
                break;
            }

            height += size.Height + Padding;
            previousWidth = size.Width;
            count++;
        }

        return (count, (int)(height - Padding));
    }

    private static List<FaceBox> Place(List<(int Width, int Height)> sizes, int down)
    {
        var levels = new List<FaceBox>(sizes.Count);
        var y = OuterPadding;
        foreach (var (width, height) in sizes.Take(down))
        {
            levels.Add(new FaceBox(OuterPadding, y, OuterPadding + width - 1, y + height - 1));
            y += height + Padding;
        }

        y -= Padding;
        var right = OuterPadding + sizes[0].Width - 1;
        foreach (var (width, height) in sizes.Skip(down))
        {
            var level = new FaceBox(right - width + 1, y - height, right, y - 1);
            // dlib drops the levels that would reach into the first one, which is as wide as the whole image.
            if (levels.Count == 0 || level.Top <= levels[0].Bottom)
            {
                break;
            }

            levels.Add(level);
            y -= height + Padding;
        }

        return levels;
    }

    private int Nearest(int x, int y)
    {
        var (nearest, least) = (0, long.MaxValue);
        for (var i = 0; i < _levels.Count && least > 0; i++)
        {
            var level = _levels[i];
            var (across, along) = ((long)x - Math.Clamp(x, level.Left, level.Right), (long)y - Math.Clamp(y, level.Top, level.Bottom));
            var distance = (across * across) + (along * along);
            if (distance < least)
            {
                (nearest, least) = (i, distance);
            }
        }

        return nearest;
    }

    private static int Up(double position, int level)
    {
        for (var i = 0; i < level; i++)
        {
            position = (position * Ratio) + Shift;
        }

        return (int)Math.Floor(position + 0.5);
    }
}
