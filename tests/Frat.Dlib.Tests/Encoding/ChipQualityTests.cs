using Frat.Dlib.Tests.Golden;
using Frat.Vision;

namespace Frat.Dlib.Tests;

public sealed class ChipQualityTests
{
    [Fact]
    public void Of_Blurred_IsLessSharp()
    {
        foreach (var golden in GoldenFile.Johns)
        {
            using var image = golden.Load();
            var landmarks = golden.Faces[0].Points;
            var sharp = Judge(image, landmarks);
            Blur(image);
            var blurred = Judge(image, landmarks);
            Blur(image);
            blurred.Sharpness.ShouldBeLessThan(0.8f * sharp.Sharpness, golden.File);
            Judge(image, landmarks).Sharpness.ShouldBeLessThan(blurred.Sharpness, golden.File);
            blurred.Brightness.ShouldBe(sharp.Brightness, 0.02f, golden.File);
        }
    }

    [Fact]
    public void Of_Darkened_IsDarkerWithLessContrastAndAsSharp()
    {
        using var image = GoldenFile.Johns[0].Load();
        var before = Judge(image, GoldenFile.Johns[0].Faces[0].Points);
        Change(image, value => value / 2.0);
        var after = Judge(image, GoldenFile.Johns[0].Faces[0].Points);

        after.Brightness.ShouldBe(before.Brightness / 2, 0.01f);
        after.Contrast.ShouldBe(before.Contrast / 2, 0.01f);
        after.Sharpness.ShouldBe(before.Sharpness, 0.1f * before.Sharpness);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(300)]
    public void Of_TooDarkOrTooBright_IsClipped(int shift)
    {
        using var image = GoldenFile.Johns[0].Load();
        Judge(image, GoldenFile.Johns[0].Faces[0].Points).Clipped.ShouldBeLessThan(0.3f);
        Change(image, value => value + shift);

        Judge(image, GoldenFile.Johns[0].Faces[0].Points).Clipped.ShouldBeGreaterThan(0.98f);
    }

    [Fact]
    public void Of_TurnedPicture_HasTheAngleAsRollAndNoOtherPose()
    {
        using var image = GoldenFile.Johns[0].Load();
        var landmarks = GoldenFile.Johns[0].Faces[0].Points;
        var upright = Judge(image, landmarks);
        var (sin, cos) = Math.SinCos(20 * Math.PI / 180);
        var turned = Judge(image, [.. landmarks.Select(
            point => new FacePoint((float)((cos * point.X) - (sin * point.Y)), (float)((sin * point.X) + (cos * point.Y))))]);

        turned.Roll.ShouldBe(upright.Roll + 20, 0.01f);
        turned.Yaw.ShouldBe(upright.Yaw, 0.01f);
        turned.Pitch.ShouldBe(upright.Pitch, 0.01f);
        turned.EyeDistance.ShouldBe(upright.EyeDistance, 0.01f);
    }

    [Fact]
    public void Of_MirroredLandmarks_TurnsTheOtherWay()
    {
        using var image = GoldenFile.Johns[0].Load();
        var landmarks = GoldenFile.Johns[0].Faces[0].Points;
        FacePoint[] mirrored = [.. new[] { 2, 3, 0, 1, 4 }.Select(i => new FacePoint(149 - landmarks[i].X, landmarks[i].Y))];
        var (one, other) = (Judge(image, landmarks), Judge(image, mirrored));

        other.Yaw.ShouldBe(-one.Yaw, 0.01f);
        other.Roll.ShouldBe(-one.Roll, 0.01f);
        other.Pitch.ShouldBe(one.Pitch, 0.01f);
    }

    [Fact]
    public void Of_NoseMovedToTheRightAndDown_LooksThere()
    {
        using var image = GoldenFile.Johns[0].Load();
        var landmarks = GoldenFile.Johns[0].Faces[0].Points;
        var before = Judge(image, landmarks);
        landmarks[4] = new FacePoint(landmarks[4].X + 8, landmarks[4].Y + 4);
        var after = Judge(image, landmarks);

        after.Yaw.ShouldBeGreaterThan(before.Yaw + 5);
        after.Pitch.ShouldBeGreaterThan(before.Pitch + 3);
    }

    [Fact]
    public void Of_AllPhotosOfPeople_LookIntoTheCamera()
    {
        // dlib's frontal detector found these faces: none of them is in profile, upside down or without detail.
        foreach (var golden in GoldenFile.Johns)
        {
            using var image = golden.Load();
            var quality = Judge(image, golden.Faces[0].Points);
            Math.Abs(quality.Roll).ShouldBeLessThan(25, golden.File);
            Math.Abs(quality.Yaw).ShouldBeLessThan(45, golden.File);
            quality.EyeDistance.ShouldBeInRange(30, 70, golden.File);
            quality.Sharpness.ShouldBeGreaterThan(0, golden.File);
        }
    }

    [Fact]
    public void Of_LandmarksInOnePoint_HasNoPose()
    {
        using var image = GoldenFile.Johns[0].Load();
        var quality = Judge(image, [.. Enumerable.Repeat(new FacePoint(70, 70), 5)]);

        (quality.EyeDistance, quality.Roll, quality.Yaw, quality.Pitch).ShouldBe((0, 0, 0, 0));
    }

    private static FaceQuality Judge(RgbImage image, FacePoint[] landmarks)
    {
        var face = new FaceLandmarks(LandmarkScheme.EyeCorners, landmarks);
        using var chip = FaceAligner.Cut(image, face, FaceChip.Format);
        return ChipQuality.Of(chip.Pixels, FaceChip.Format, face);
    }

    private static void Change(RgbImage image, Func<byte, double> change)
    {
        foreach (ref var value in image.Pixels)
        {
            value = (byte)Math.Clamp(change(value), 0, 255);
        }
    }

    // The mean of 3×3 pixels.
    private static void Blur(RgbImage image)
    {
        var before = image.Pixels.ToArray();
        for (var y = 1; y < image.Height - 1; y++)
        {
            for (var i = 3; i < image.Stride - 3; i++)
            {
                var sum = 0;
                for (var tap = 0; tap < 9; tap++)
                {
                    sum += before[((y + (tap / 3) - 1) * image.Stride) + i + (((tap % 3) - 1) * 3)];
                }

                image.Row(y)[i] = (byte)(sum / 9);
            }
        }
    }
}
