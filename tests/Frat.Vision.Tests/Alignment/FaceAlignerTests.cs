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

    [Theory]
    [InlineData(0.3, 40)]
    [InlineData(-2.5, 33)]
    [InlineData(0, 48)]
    public void CutRegion_TurnedAndBeyondTheEdge_EqualsTheFormulaPixelByPixel(double angle, int size)
    {
        const int width = 37, height = 29;
        var pixels = new byte[width * height * 3];
        new Random(size).NextBytes(pixels);
        var region = new ImageRegion(-3.2, 1.7, 34.1, 28.3, angle);
        var chip = new byte[size * size * 3];

        FaceAligner.CutRegion(pixels, width, height, region, size, chip);

        // Not halved: the region has fewer pixels than the chip.
        var (middleX, middleY) = ((region.Left + region.Right) / 2, (region.Top + region.Bottom) / 2);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var across = region.Left + ((region.Right - region.Left) * column / (size - 1)) - middleX;
                var down = region.Top + ((region.Bottom - region.Top) * row / (size - 1)) - middleY;
                var x = (Math.Cos(angle) * across) - (Math.Sin(angle) * down) + middleX;
                var y = (Math.Sin(angle) * across) + (Math.Cos(angle) * down) + middleY;
                for (var channel = 0; channel < 3; channel++)
                {
                    double expected = 0;
                    if (x >= 0 && y >= 0 && Math.Floor(x) + 1 < width && Math.Floor(y) + 1 < height)
                    {
                        var (right, lower) = (x - Math.Floor(x), y - Math.Floor(y));
                        expected = ((1 - lower) * (((1 - right) * At(0, 0)) + (right * At(1, 0))))
                            + (lower * (((1 - right) * At(0, 1)) + (right * At(1, 1))));
                    }

                    // The last digits of where a pixel lies may fall to the other side of a whole number.
                    ((double)chip[(((row * size) + column) * 3) + channel])
                        .ShouldBeInRange(Math.Floor(expected - 1e-9), Math.Floor(expected + 1e-9));

                    double At(int dx, int dy) => pixels[(((((int)Math.Floor(y) + dy) * width) + (int)Math.Floor(x) + dx) * 3) + channel];
                }
            }
        }
    }

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
