namespace Frat;

/// <summary>
/// Where a face is, in pixels of the image it was found in. Edges are inclusive, as dlib's are: a box from 0 to 9 is 10 wide.
/// A box may reach beyond the image.
/// </summary>
/// <param name="Left">The leftmost column.</param>
/// <param name="Top">The topmost row.</param>
/// <param name="Right">The rightmost column, inside the box.</param>
/// <param name="Bottom">The lowest row, inside the box.</param>
public readonly record struct FaceBox(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Columns inside the box.</summary>
    public int Width => Right - Left + 1;

    /// <summary>Rows inside the box.</summary>
    public int Height => Bottom - Top + 1;
}

/// <summary>A point in pixels of the image; (0, 0) is the centre of the pixel at the top left.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
public readonly record struct FacePoint(float X, float Y);
