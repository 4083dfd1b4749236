using Frat.Dlib.Tests.Golden;
using Frat.Vision;

namespace Frat.Dlib.Tests;

public sealed class FaceChipTests
{
    [Fact]
    public void Cut_AllPhotos_GivesThePixelsOfDlib()
    {
        var chip = new byte[FaceChip.Bytes];
        var (samples, different) = (0, 0);
        foreach (var golden in GoldenFile.Johns.Concat(GoldenFile.Faces).Concat(GoldenFile.FacesUpsampled))
        {
            using var image = golden.Load();
            foreach (var face in golden.Faces)
            {
                Cut(image, face.Points, chip);
                foreach (var (x, y, red, green, blue) in face.ChipSamples())
                {
                    var pixel = chip.AsSpan(((y * FaceChip.Size) + x) * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel);
                    var difference = Math.Max(Math.Abs(pixel[0] - red), Math.Max(Math.Abs(pixel[1] - green), Math.Abs(pixel[2] - blue)));
                    difference.ShouldBeLessThanOrEqualTo(1, $"{golden.File} at {x}, {y}");
                    samples++;
                    different += difference;
                }
            }
        }

        // A value that falls on the border between two numbers may be truncated either way.
        different.ShouldBeLessThanOrEqualTo(samples / 1000, $"of {samples} samples");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-3f)]
    [InlineData(1e9f)]
    [InlineData(float.MaxValue)]
    public void Cut_LandmarksThatAreNoFace_FillsTheChip(float spread)
    {
        using var image = GoldenFile.Johns[0].Load();
        var chip = new byte[FaceChip.Bytes];
        Should.NotThrow(() => Cut(image, [new(0, 0), new(spread, 0), new(0, spread), new(-spread, 3), new(7, -spread)], chip));
    }

    [Fact]
    public void Cut_FaceOutsideTheImage_IsBlack()
    {
        using var image = GoldenFile.Johns[0].Load();
        var chip = new byte[FaceChip.Bytes];
        chip.AsSpan().Fill(255);
        Cut(image, [new(1100, 1010), new(1075, 1012), new(1010, 1010), new(1035, 1012), new(1055, 1060)], chip);
        chip.ShouldAllBe(value => value == 0);
    }

    private static void Cut(RgbImage image, FacePoint[] points, Span<byte> chip) =>
        FaceAligner.Cut(image, new FaceLandmarks(LandmarkScheme.EyeCorners, points), FaceChip.Format, chip);
}
