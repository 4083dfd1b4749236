using System.Numerics;
using System.Runtime.Intrinsics;

namespace Frat.Dlib.Tests.Networks;

/// <summary>Holds the inner loops to sums computed number by number in double precision.</summary>
public sealed unsafe class DotKernelTests
{
    private const int Length = 5;
    private const int Segments = 3;
    private const int SegmentStride = 11;
    private const int Blocks = 2;

    public static TheoryData<string, int> KernelsAndVectors => new()
    {
        { nameof(DotKernel.Native), 1 },
        { nameof(DotKernel.Native), 2 },
        { nameof(DotKernel.Wide), 1 },
        { nameof(DotKernel.Wide), 2 },
    };

    [Fact]
    public void Best_ThisProcessor_HasTheVectorsThatDotNetSpeedsUp()
    {
        var lanes = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector<float>.Count;

        DotKernel.Best.Lanes.ShouldBe(lanes);
    }

    [Theory]
    [MemberData(nameof(KernelsAndVectors))]
    public void Run_EachGroupOfRows_GivesTheSameAsTheDefinition(string name, int vectors)
    {
        var kernel = Kernels.Named(name);
        var groups = Enumerable.Range(1, 100).Select(left => kernel.GroupOf(left, vectors)).Distinct().Order().ToList();

        // Each number up to the most is a group of its own.
        groups.ShouldBe(Enumerable.Range(1, groups[^1]));
        foreach (var rows in groups)
        {
            Compare(kernel, vectors, rows, floor: 0);
            Compare(kernel, vectors, rows, floor: float.NegativeInfinity);
        }
    }

    [Theory]
    [MemberData(nameof(KernelsAndVectors))]
    public void GroupOf_AnyNumberOfRows_CutsAllOfThemWithoutSmallRests(string name, int vectors)
    {
        var kernel = Kernels.Named(name);
        var most = Enumerable.Range(1, 100).Max(left => kernel.GroupOf(left, vectors));
        for (var rows = 1; rows <= 700; rows++)
        {
            for (var left = rows; left > 0;)
            {
                var group = kernel.GroupOf(left, vectors);
                group.ShouldBeInRange(rows <= most ? rows : (most + 1) / 2, left, $"{left} of {rows}");
                left -= group;
            }
        }
    }

    private static void Compare(DotKernel kernel, int vectors, int rows, float floor)
    {
        var columns = Blocks * vectors * kernel.Lanes;
        var random = new Random(rows);
        using var numbers = new NativeFloats(rows * Segments * SegmentStride);
        using var weights = new NativeFloats(Segments * Length * columns);
        using var biases = new NativeFloats(columns);
        using var results = new NativeFloats(rows * columns);
        Fill(random, numbers);
        Fill(random, biases);
        var matrix = new float[Segments * Length, columns];
        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i / columns, i % columns] = random.NextSingle() - 0.5f;
        }

        kernel.Pack(Segments * Length, columns, vectors, (row, column) => matrix[row, column], weights.First);
        var sources = stackalloc float*[DotKernel.MostRows];
        var targets = stackalloc float*[DotKernel.MostRows];
        for (var row = 0; row < rows; row++)
        {
            sources[row] = numbers.First + (row * Segments * SegmentStride);
            targets[row] = results.First + (row * columns);
        }

        var product = new DotProduct
        {
            Segments = Segments,
            SegmentStride = SegmentStride,
            Length = Length,
            Weights = weights.First,
            Biases = biases.First,
            Floor = floor,
            Vectors = vectors,
            Blocks = Blocks,
        };
        product.AskAhead(group: 0, kernel.Lanes);
        kernel.Run(product, sources, targets, rows);

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                double sum = biases.First[column];
                for (var i = 0; i < Segments * Length; i++)
                {
                    sum += (double)sources[row][(i / Length * SegmentStride) + (i % Length)] * matrix[i, column];
                }

                ((double)targets[row][column]).ShouldBe(Math.Max(sum, floor), 1e-5, $"{rows} rows: row {row}, column {column}");
            }
        }
    }

    private static void Fill(Random random, NativeFloats numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers.First[i] = random.NextSingle() - 0.5f;
        }
    }
}
