using Frat.Dlib.Tests.Images;

namespace Frat.Dlib.Tests.Detection.Fhog;

public sealed class FhogFeaturesTests
{
    private const int Cell = 8;

    [Theory]
    [InlineData(20, 20)]
    [InlineData(21, 90)]
    [InlineData(83, 60)]
    [InlineData(150, 37)]
    [InlineData(100, 100)]
    public void Next_EveryRow_EqualsTheScalarTwin(int width, int height)
    {
        using var image = TestImages.Noise(width, height, seed: height);
        using var planar = PlanarImage.From(image);
        using var features = new FhogFeatures(planar);
        var expected = Twin(image);
        features.Rows.ShouldBe(expected.GetLength(1));
        features.Columns.ShouldBe(expected.GetLength(2));

        var stride = features.Columns + Cell;
        for (var y = 0; y < features.Rows; y++)
        {
            var row = new float[stride * FhogFeatures.Planes];
            features.Next(row, stride);
            for (var plane = 0; plane < FhogFeatures.Planes; plane++)
            {
                for (var x = 0; x < stride; x++)
                {
                    var value = x < features.Columns ? expected[plane, y, x] : 0;
                    Assert.True(Math.Abs(row[(plane * stride) + x] - value) < 1e-5f,
                        $"({x}, {y}) of plane {plane}: {row[(plane * stride) + x]} instead of {value}");
                }
            }
        }
    }

    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 1)]
    [InlineData(27, 1)]
    [InlineData(28, 2)]
    public void ColumnsOf_Pixels_RoundsToCellsAndLeavesOutTheOutermost(int pixels, int columns) =>
        FhogFeatures.ColumnsOf(pixels).ShouldBe(columns);

    // The definition, cell by cell: every pixel votes on its own, and nothing is kept for the next row.
    private static float[,,] Twin(RgbImage image)
    {
        var (rows, columns) = ((int)(((float)image.Height / Cell) + 0.5), (int)(((float)image.Width / Cell) + 0.5));
        var histograms = Histograms(image, rows, columns);
        var energies = new float[rows, columns];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                for (var direction = 0; direction < 9; direction++)
                {
                    energies[y, x] += MathF.Pow(histograms[y + 1, x + 1, direction] + histograms[y + 1, x + 1, direction + 9], 2);
                }
            }
        }

        var features = new float[FhogFeatures.Planes, rows - 2, columns - 2];
        for (var y = 0; y < rows - 2; y++)
        {
            for (var x = 0; x < columns - 2; x++)
            {
                var corner = 0;
                foreach (var (blockY, blockX) in ((int, int)[])[(y + 1, x + 1), (y, x + 1), (y + 1, x), (y, x)])
                {
                    var limit = 0.2f * MathF.Sqrt(
                        energies[blockY, blockX] + energies[blockY, blockX + 1]
                            + energies[blockY + 1, blockX] + energies[blockY + 1, blockX + 1] + 0.0001f);
                    for (var direction = 0; direction < 18; direction++)
                    {
                        var value = Math.Min(histograms[y + 2, x + 2, direction], limit) * 0.1f / limit;
                        features[direction, y, x] += value;
                        features[27 + corner, y, x] += value * 2 * 0.2357f;
                    }

                    for (var direction = 0; direction < 9; direction++)
                    {
                        var both = histograms[y + 2, x + 2, direction] + histograms[y + 2, x + 2, direction + 9];
                        features[18 + direction, y, x] += Math.Min(both, limit) * 0.1f / limit;
                    }

                    corner++;
                }
            }
        }

        return features;
    }

    private static float[,,] Histograms(RgbImage image, int rows, int columns)
    {
        var histograms = new float[rows + 2, columns + 2, 18];
        var (endY, endX) = (Math.Min(rows * Cell, image.Height) - 1, Math.Min(columns * Cell, image.Width) - 1);
        for (var y = 1; y < endY; y++)
        {
            for (var x = 1; x < endX; x++)
            {
                var (length, direction) = GradientsTests.Twin(image, x, y, laterColorWins: x < 1 + ((endX - 1) / Cell * Cell));
                var (placeY, placeX) = (((y + 0.5f) / Cell) - 0.5f, ((x + 0.5f) / Cell) - 0.5f);
                var (cellY, cellX) = ((int)Math.Floor(placeY), (int)Math.Floor(placeX));
                var (down, across) = (placeY - cellY, placeX - cellX);
                histograms[cellY + 1, cellX + 1, direction] += length * (1 - down) * (1 - across);
                histograms[cellY + 2, cellX + 1, direction] += length * down * (1 - across);
                histograms[cellY + 1, cellX + 2, direction] += length * (1 - down) * across;
                histograms[cellY + 2, cellX + 2, direction] += length * down * across;
            }
        }

        return histograms;
    }
}
