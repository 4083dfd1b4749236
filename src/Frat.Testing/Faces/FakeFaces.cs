namespace Frat.Testing;

/// <summary>
/// Photos of people who are made up: PNG files, so that they go through forms, endpoints and FRAT's own decoder as photos do, and
/// <see cref="FakeFaceEncoder"/> sees who is on them. Thread-safe; the same arguments give the same bytes.
/// </summary>
public static class FakeFaces
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 200;

    /// <summary>The most people on one photo.</summary>
    public const int MaxPeople = 9;

    private const int Width = 640;
    private const int Height = 480;
    private const int Gap = 40;
    private const int PerRow = 3;

    /// <summary>Takes a photo of somebody.</summary>
    /// <param name="person">Whom: any text. The same text is the same person; another one, if only by case, is somebody else.</param>
    /// <param name="take">Which photo, 0 to 65535: two of one person are near each other, and not the same.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <returns>A PNG of 640×480 pixels.</returns>
    /// <exception cref="ArgumentException">The text is empty, longer than <see cref="MaxNameBytes"/>, or no Unicode.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="take"/> is out of its range.</exception>
    public static byte[] PhotoOf(string person, int take = 1, FakePhotoFault fault = FakePhotoFault.None)
    {
        var tile = new FaceTile(person, take, fault);
        using var image = Background(Width, Height);
        tile.Draw(image, (Width - tile.Side) / 2, (Height - tile.Side) / 2);
        return Png.Write(image);
    }

    /// <summary>Takes a photo of several people.</summary>
    /// <param name="people">Who is on it, 1 to <see cref="MaxPeople"/>; see <see cref="PhotoOf"/>.</param>
    /// <returns>A PNG.</returns>
    /// <exception cref="ArgumentException">There is nobody, or too many; or a text can't be a name.</exception>
    public static byte[] PhotoOfSeveral(params IReadOnlyList<string> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        if (people.Count is 0 or > MaxPeople)
        {
            throw new ArgumentException($"A photo is of 1 to {MaxPeople} people.", nameof(people));
        }

        var (columns, rows) = (Math.Min(people.Count, PerRow), (people.Count + PerRow - 1) / PerRow);
        using var image = Background(Gap + (columns * (FaceTile.Size + Gap)), Gap + (rows * (FaceTile.Size + Gap)));
        for (var i = 0; i < people.Count; i++)
        {
            new FaceTile(people[i], 1, FakePhotoFault.None).Draw(
                image, Gap + (i % PerRow * (FaceTile.Size + Gap)), Gap + (i / PerRow * (FaceTile.Size + Gap)));
        }

        return Png.Write(image);
    }

    /// <summary>Takes a photo of an empty room.</summary>
    /// <returns>A PNG of 640×480 pixels.</returns>
    public static byte[] PhotoOfNobody()
    {
        using var image = Background(Width, Height);
        return Png.Write(image);
    }

    private static RgbImage Background(int width, int height)
    {
        var image = new RgbImage(width, height);
        image.Pixels.Fill(200);
        return image;
    }
}
