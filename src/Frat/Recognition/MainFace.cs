namespace Frat;

/// <summary>Whose face counts where several are seen: whoever stands before the camera, not those who pass behind.</summary>
public static class MainFace
{
    /// <summary>
    /// How many times the area of the next face's box the main face's has at least: 1.6, so each side is about a fourth longer. Of public
    /// portraits, 4 of 100 show a second face; where two stand side by side, neither is so much larger.
    /// </summary>
    public const double MinAreaRatio = 1.6;

    /// <summary>Finds it.</summary>
    /// <param name="faces">All faces of an image, or the two largest.</param>
    /// <returns>The largest, if it is large enough beside the next one; null where none is, or there is no face.</returns>
    public static Face? Of(IReadOnlyList<Face> faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        return Of(faces, face => face.Box);
    }

    internal static FoundFace? Of(IReadOnlyList<FoundFace> faces) => Of(faces, face => face.Box);

    /// <summary>How far apart the eyes of a face are, in pixels, that is near enough.</summary>
    internal static float MinEyeDistance(CheckInDistance distance) => distance switch
    {
        CheckInDistance.Near => 70,
        CheckInDistance.Middle => 45,
        CheckInDistance.Far => 30,
        _ => 0,
    };

    private static T? Of<T>(IReadOnlyList<T> faces, Func<T, FaceBox> boxOf)
        where T : class
    {
        T? largest = null;
        var (most, next) = (0.0, 0.0);
        foreach (var face in faces)
        {
            var box = boxOf(face);
            var area = (double)box.Width * box.Height;
            (largest, most, next) = area > most ? (face, area, most) : (largest, most, Math.Max(next, area));
        }

        return most >= MinAreaRatio * next ? largest : null;
    }
}
