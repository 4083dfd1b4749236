namespace Frat;

/// <summary>Which points of a face its landmarks are, and in which order. Immutable.</summary>
/// <remarks>
/// Left and right are those of the picture: the eye at the left is the subject's right one. A detector with points of another kind makes a
/// scheme of its own. Two schemes are the same when their <see cref="Id"/> is.
/// </remarks>
public sealed class LandmarkScheme : IEquatable<LandmarkScheme>
{
    /// <summary>
    /// The 5 points of dlib's small predictor: outer and inner corner of the eye at the right, outer and inner corner of the eye at the
    /// left, base of the nose.
    /// </summary>
    public static LandmarkScheme EyeCorners { get; } =
        new() { Id = "eye-corners-5", Count = 5, LeftEye = [2, 3], RightEye = [0, 1], Nose = 4 };

    /// <summary>
    /// The 68 points of the iBUG 300-W dataset: 17 of the jaw, 10 of the eyebrows, 9 of the nose, 12 of the eyes, 20 of the mouth, each
    /// from left to right.
    /// </summary>
    public static LandmarkScheme Ibug68 { get; } = new()
    {
        Id = "ibug-68", Count = 68, LeftEye = [36, 37, 38, 39, 40, 41], RightEye = [42, 43, 44, 45, 46, 47], Nose = 33,
    };

    /// <summary>
    /// The 5 points that RetinaFace, SCRFD and YuNet find, and ArcFace aligns by: middle of the eye at the left, of the eye at the right,
    /// tip of the nose, left and right corner of the mouth.
    /// </summary>
    public static LandmarkScheme EyeCenters { get; } = new() { Id = "eye-centers-5", Count = 5, LeftEye = [0], RightEye = [1], Nose = 2 };

    /// <summary>What the scheme is called, for example <c>ibug-68</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How many points it has.</summary>
    public required int Count { get; init; }

    /// <summary>The points around the eye at the left of the picture, by their numbers from 0: their mean is its middle.</summary>
    public required IReadOnlyList<int> LeftEye { get; init; }

    /// <summary>The points around the eye at the right of the picture.</summary>
    public required IReadOnlyList<int> RightEye { get; init; }

    /// <summary>The point at the nose that lies lowest in the middle: its base, or else its tip.</summary>
    public required int Nose { get; init; }

    /// <inheritdoc/>
    public bool Equals(LandmarkScheme? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LandmarkScheme);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>The <see cref="Id"/>.</summary>
    /// <returns>For example <c>ibug-68</c>.</returns>
    public override string ToString() => Id;
}
