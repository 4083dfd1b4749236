using System.Buffers;

namespace Frat.Vision;

/// <summary>Judges how well a face can be seen, by its chip and its landmarks. Stateless and thread-safe.</summary>
public static class ChipQuality
{
    // From the eyes' middle down to the base of the nose in dlib's mean face, in distances of the eyes.
    private const double NoseDrop = 0.7736;

    // How far the base of the nose lies before the eyes, in distances of the eyes; about 23 of 62 mm.
    private const double NoseDepth = 0.37;

    // The same for the tip of the nose: on 95 faces of Debian's photos, it goes aside 1.27 times as far as the base.
    private const double TipDrop = 0.57;
    private const double TipDepth = 0.47;

    private const byte Dark = 8;
    private const byte Bright = 247;

    /// <summary>Judges a face.</summary>
    /// <param name="chip">The face, cut out as <paramref name="format"/> says: interleaved RGB, row by row.</param>
    /// <param name="format">How it was cut out. Its surroundings, which may lie outside of the image, don't count.</param>
    /// <param name="landmarks">The landmarks of the face, in pixels of the image that it was cut out of.</param>
    /// <returns>
    /// The estimates. Those of the pose are made for the tip of the nose with <see cref="LandmarkScheme.EyeCenters"/>, and for a point at
    /// its base with any other scheme.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="chip"/> is shorter than the format says.</exception>
    public static FaceQuality Of(ReadOnlySpan<byte> chip, FaceChipFormat format, FaceLandmarks landmarks)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(landmarks);
        var size = format.Size;
        if (chip.Length < (long)size * size * RgbImage.BytesPerPixel)
        {
            throw new ArgumentException("There are fewer bytes than a chip has pixels.", nameof(chip));
        }

        var margin = Math.Min((int)(size * format.Padding / (1 + (2 * format.Padding))), (size - 1) / 2);
        var side = size - (2 * margin);
        var rented = ArrayPool<float>.Shared.Rent(side * side);
        try
        {
            var gray = rented.AsSpan(0, side * side);
            var clipped = 0;
            for (var y = 0; y < side; y++)
            {
                var pixels = chip.Slice((((margin + y) * size) + margin) * RgbImage.BytesPerPixel, side * RgbImage.BytesPerPixel);
                var line = gray.Slice(y * side, side);
                for (int x = 0, i = 0; x < line.Length && i + 2 < pixels.Length; x++, i += RgbImage.BytesPerPixel)
                {
                    // Luma of ITU-R BT.601.
                    line[x] = (0.299f * pixels[i]) + (0.587f * pixels[i + 1]) + (0.114f * pixels[i + 2]);
                    clipped += line[x] is <= Dark or >= Bright ? 1 : 0;
                }
            }

            var (mean, variance) = Moments(gray);
            var (distance, roll, yaw, pitch) = Pose(landmarks);
            return new FaceQuality
            {
                EyeDistance = distance,
                Sharpness = Sharpness(gray, side, variance),
                Brightness = (float)(mean / byte.MaxValue),
                Contrast = (float)(Math.Sqrt(variance) / byte.MaxValue),
                Clipped = (float)clipped / gray.Length,
                Roll = roll,
                Yaw = yaw,
                Pitch = pitch,
            };
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented, clearArray: true); // It shows a face.
        }
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<float> gray)
    {
        double sum = 0, squares = 0;
        foreach (var value in gray)
        {
            sum += value;
            squares += (double)value * value;
        }

        var mean = sum / gray.Length;
        return (mean, Math.Max((squares / gray.Length) - (mean * mean), 0));
    }

    // The mean square of the Laplacian (Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", 2000), over the variance, so
    // that a pale picture isn't taken for a blurred one.
    private static float Sharpness(ReadOnlySpan<float> gray, int side, double variance)
    {
        var sum = 0.0;
        for (var y = 1; y < side - 1; y++)
        {
            for (var x = 1; x < side - 1; x++)
            {
                var i = (y * side) + x;
                var laplacian = (4 * gray[i]) - gray[i - 1] - gray[i + 1] - gray[i - side] - gray[i + side];
                sum += laplacian * laplacian;
            }
        }

        return variance < 1 || side < 3 ? 0 : (float)(sum / ((side - 2) * (side - 2)) / variance);
    }

    private static (float Distance, float Roll, float Yaw, float Pitch) Pose(FaceLandmarks landmarks)
    {
        var right = Middle(landmarks.Points, landmarks.Scheme.RightEye);
        var left = Middle(landmarks.Points, landmarks.Scheme.LeftEye);
        var nose = landmarks.Points[landmarks.Scheme.Nose];
        var (x, y) = (right.X - left.X, right.Y - left.Y);
        var distance = Math.Sqrt((x * x) + (y * y));
        if (distance < 1)
        {
            return default;
        }

        var (drop, depth) = landmarks.Scheme.Equals(LandmarkScheme.EyeCenters) ? (TipDrop, TipDepth) : (NoseDrop, NoseDepth);

        // The nose seen from the middle of the eyes: along the line of the eyes, and across it.
        var (noseX, noseY) = (nose.X - ((left.X + right.X) / 2), nose.Y - ((left.Y + right.Y) / 2));
        var along = ((noseX * x) + (noseY * y)) / (distance * distance);
        var across = ((noseY * x) - (noseX * y)) / (distance * distance);
        return (
            (float)distance,
            Degrees(Math.Atan2(y, x)),
            Degrees(Math.Atan(along / depth)),
            Degrees(Math.Asin(Math.Clamp((across - drop) / depth, -1, 1))));
    }

    private static (double X, double Y) Middle(IReadOnlyList<FacePoint> landmarks, IReadOnlyList<int> numbers)
    {
        double x = 0, y = 0;
        foreach (var number in numbers)
        {
            x += landmarks[number].X;
            y += landmarks[number].Y;
        }

        return (x / numbers.Count, y / numbers.Count);
    }

    private static float Degrees(double radians) => (float)(radians * 180 / Math.PI);
}
