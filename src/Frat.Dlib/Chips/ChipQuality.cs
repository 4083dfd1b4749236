namespace Frat.Dlib;

/// <summary>Judges a face by its chip and its landmarks.</summary>
internal static class ChipQuality
{
    // The eyes' middle and the base of the nose in dlib's mean face, in distances of the eyes.
    private const double NoseDrop = 0.7736;

    // How far the base of the nose lies before the eyes, in distances of the eyes; about 23 of 62 mm.
    private const double NoseDepth = 0.37;

    // The face without its surroundings, which may lie outside of the image.
    private const int Margin = FaceChip.Size / 6;
    private const int Side = FaceChip.Size - (2 * Margin);

    private const byte Dark = 8;
    private const byte Bright = 247;

    /// <summary>Judges a face.</summary>
    /// <param name="chip">A chip of <see cref="FaceChip.Bytes"/> bytes.</param>
    /// <param name="landmarks">5 or 68 landmarks.</param>
    public static FaceQuality Of(ReadOnlySpan<byte> chip, IReadOnlyList<FacePoint> landmarks)
    {
        using var pooled = new PooledArray<float>(Side * Side, clear: true);
        var gray = pooled.Array.AsSpan(0, Side * Side);
        var clipped = 0;
        for (var i = 0; i < gray.Length; i++)
        {
            var pixel = chip[((((Margin + (i / Side)) * FaceChip.Size) + Margin + (i % Side)) * RgbImage.BytesPerPixel)..];
            // Luma of ITU-R BT.601.
            gray[i] = (0.299f * pixel[0]) + (0.587f * pixel[1]) + (0.114f * pixel[2]);
            clipped += gray[i] is <= Dark or >= Bright ? 1 : 0;
        }

        var (mean, variance) = Moments(gray);
        var (distance, roll, yaw, pitch) = Pose(landmarks);
        return new FaceQuality
        {
            EyeDistance = distance,
            Sharpness = Sharpness(gray, variance),
            Brightness = (float)(mean / byte.MaxValue),
            Contrast = (float)(Math.Sqrt(variance) / byte.MaxValue),
            Clipped = (float)clipped / gray.Length,
            Roll = roll,
            Yaw = yaw,
            Pitch = pitch,
        };
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
    private static float Sharpness(ReadOnlySpan<float> gray, double variance)
    {
        var sum = 0.0;
        for (var y = 1; y < Side - 1; y++)
        {
            for (var x = 1; x < Side - 1; x++)
            {
                var i = (y * Side) + x;
                var laplacian = (4 * gray[i]) - gray[i - 1] - gray[i + 1] - gray[i - Side] - gray[i + Side];
                sum += laplacian * laplacian;
            }
        }

        return variance < 1 ? 0 : (float)(sum / ((Side - 2) * (Side - 2)) / variance);
    }

    private static (float Distance, float Roll, float Yaw, float Pitch) Pose(IReadOnlyList<FacePoint> landmarks)
    {
        var isSmall = landmarks.Count == MeanFace.Five;
        var right = isSmall ? Middle(landmarks, 0, 2) : Middle(landmarks, 42, 48);
        var left = isSmall ? Middle(landmarks, 2, 4) : Middle(landmarks, 36, 42);
        var nose = isSmall ? landmarks[4] : landmarks[33];
        var (x, y) = (right.X - left.X, right.Y - left.Y);
        var distance = Math.Sqrt((x * x) + (y * y));
        if (distance < 1)
        {
            return default;
        }

        // The nose seen from the middle of the eyes: along the line of the eyes, and across it.
        var (noseX, noseY) = (nose.X - ((left.X + right.X) / 2), nose.Y - ((left.Y + right.Y) / 2));
        var along = ((noseX * x) + (noseY * y)) / (distance * distance);
        var across = ((noseY * x) - (noseX * y)) / (distance * distance);
        return (
            (float)distance,
            Degrees(Math.Atan2(y, x)),
            Degrees(Math.Atan(along / NoseDepth)),
            Degrees(Math.Asin(Math.Clamp((across - NoseDrop) / NoseDepth, -1, 1))));
    }

    private static (double X, double Y) Middle(IReadOnlyList<FacePoint> landmarks, int first, int end)
    {
        double x = 0, y = 0;
        for (var i = first; i < end; i++)
        {
            x += landmarks[i].X;
            y += landmarks[i].Y;
        }

        return (x / (end - first), y / (end - first));
    }

    private static float Degrees(double radians) => (float)(radians * 180 / Math.PI);
}
