namespace Frat.Dlib.Tests.Detection.Fhog;

public sealed class FilterPassesTests
{
    private const int Taps = FhogFilters.Taps;

    [Theory]
    [InlineData(4, 16, 1)]
    [InlineData(8, 48, 3)]
    [InlineData(64, 32, 4)]
    public void RowsThenColumns_FiltersOfOneDetector_EqualTheFullConvolution(int rows, int columns, int count)
    {
        var random = new Random(count);
        var stride = columns + FilterPasses.TileColumns;
        var input = Values((rows + Taps - 1) * stride);
        SeparableFilter[] filters = [.. Enumerable.Range(0, count).Select(_ => new SeparableFilter(0, 0, Values(Taps), Values(Taps)))];
        var group = new FhogFilters([0], filters).Groups[0];
        var scratch = new float[(rows + Taps - 1) * columns * FhogFilters.GroupSize];
        var answer = Values(rows * columns);
        var before = answer.ToArray();

        FilterPasses.Rows(input, stride, rows + Taps - 1, columns, group, scratch);
        FilterPasses.Columns(scratch.AsSpan(0, (rows + Taps - 1) * columns * count), rows, columns, group.Columns, answer);

        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                double sum = before[(y * columns) + x];
                foreach (var filter in filters)
                {
                    for (var down = 0; down < Taps; down++)
                    {
                        for (var across = 0; across < Taps; across++)
                        {
                            sum += (double)filter.Column[down] * filter.Row[across] * input[((y + down) * stride) + x + across];
                        }
                    }
                }

                Assert.True(Math.Abs(answer[(y * columns) + x] - sum) < 1e-4, $"({x}, {y}): {answer[(y * columns) + x]} instead of {sum}");
            }
        }

        float[] Values(int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }
}
