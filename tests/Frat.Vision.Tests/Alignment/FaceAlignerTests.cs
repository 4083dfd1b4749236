namespace Frat.Vision.Tests.Alignment;

/// <summary>
/// A face is drawn as colored squares around its landmarks, turned and scaled; cut out, each has to lie where the format says.
/// </summary>
public sealed class FaceAlignerTests
{
    private static readonly FaceChipFormat Format = new()
    {
        Size = 112,
        MeanFaces =
        [
            new()
            {
                Scheme = LandmarkScheme.EyeCenters,
                Points = [new(0, 0.34, 0.46), new(1, 0.66, 0.46), new(2, 0.5, 0.64), new(3, 0.37, 0.82), new(4, 0.63, 0.82)],
            },
        ],
    };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 25)]
    [InlineData(1.7, -40)]
    [InlineData(3, 90)] // Larger than the chip: from a halved image.
    [InlineData(2.5, 180)]
    public void Cut_TurnedAndScaledFace_PutsEachLandmarkInItsPlace(double scale, double degrees)
    {
        var (image, landmarks) = Draw(scale, degrees);
        using (image)
        {
            using var chip = FaceAligner.Cut(image, landmarks, Format);

            (chip.Width, chip.Height).ShouldBe((112, 112));
            foreach (var (number, x, y) in Format.MeanFaces[0].Points)
            {
                var pixel = chip.Row((int)Math.Round(y * 112))
                    .Slice((int)Math.Round(x * 112) * RgbImage.BytesPerPixel, RgbImage.BytesPerPixel);
                ((int)pixel[0]).ShouldBeInRange(Color(number) - 12, Color(number) + 12, $"landmark {number}");
            }
        }
    }

    [Fact]
    public void Cut_MorePadding_ShowsTheFaceSmaller()
    {
        var (image, landmarks) = Draw(scale: 1.5, degrees: 10);
        using (image)
        {
            var wide = new FaceChipFormat { Size = 112, Padding = 0.5, MeanFaces = Format.MeanFaces };
            using var chip = FaceAligner.Cut(image, landmarks, wide);

            var pixel = chip.Row((int)Math.Round((0.5 + 0.46) / 2 * 112))
                .Slice((int)Math.Round((0.5 + 0.34) / 2 * 112) * RgbImage.BytesPerPixel, 1);
            ((int)pixel[0]).ShouldBeInRange(Color(0) - 12, Color(0) + 12);
        }
    }

    [Fact]
    public void Cut_SchemeWithoutMeanFace_SaysWhichThereAre()
    {
        using var image = new RgbImage(10, 10);
        var landmarks = new FaceLandmarks(LandmarkScheme.EyeCorners, new FacePoint[5]);

        Should.Throw<ArgumentException>(() => FaceAligner.Cut(image, landmarks, Format)).Message
            .ShouldBe("Faces are aligned by eye-centers-5 here, not by eye-corners-5. (Parameter 'landmarks')");
    }

    [Fact]
    public void Cut_BufferTooSmall_Throws()
    {
        using var image = new RgbImage(10, 10);
        var landmarks = new FaceLandmarks(LandmarkScheme.EyeCenters, new FacePoint[5]);

        Should.Throw<ArgumentException>(
            () => FaceAligner.Cut(image, landmarks, Format, new byte[(112 * 112 * 3) - 1])).ParamName.ShouldBe("chip");
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void CutRegion_NoFiniteRegion_Throws(double right) => Should.Throw<ArgumentException>(
        () => FaceAligner.CutRegion(
            new byte[300], 10, 10, new ImageRegion(0, 0, right, 9, 0), 5, new byte[75])).ParamName.ShouldBe("region");

    [Fact]
    public void CutRegion_TheImageItself_IsTheImage()
    {
        var pixels = new byte[12 * 12 * 3];
        new Random(1).NextBytes(pixels);
        var chip = new byte[pixels.Length];

        FaceAligner.CutRegion(pixels, 12, 12, new ImageRegion(0, 0, 11, 11, 0), 12, chip);

        for (var row = 0; row < 11; row++)
        {
            chip.AsSpan(row * 36, 33).SequenceEqual(pixels.AsSpan(row * 36, 33)).ShouldBeTrue();
        }
    }

    private static int Color(int landmark) => 60 + (40 * landmark);

    private static (RgbImage Image, FaceLandmarks Landmarks) Draw(double scale, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var image = new RgbImage(600, 600);
        image.Pixels.Fill(20);
        var points = new FacePoint[5];
        foreach (var (number, meanX, meanY) in Format.MeanFaces[0].Points)
        {
            var (x, y) = ((meanX - 0.5) * 112 * scale, (meanY - 0.5) * 112 * scale);
            points[number] = new FacePoint((float)(300 + (cos * x) - (sin * y)), (float)(300 + (sin * x) + (cos * y)));
            var reach = (int)Math.Ceiling(8 * scale);
            for (var row = (int)points[number].Y - reach; row <= (int)points[number].Y + reach; row++)
            {
                image.Row(row).Slice(((int)points[number].X - reach) * 3, ((2 * reach) + 1) * 3).Fill((byte)Color(number));
            }
        }

        return (image, new FaceLandmarks(LandmarkScheme.EyeCenters, points));
    }
}
