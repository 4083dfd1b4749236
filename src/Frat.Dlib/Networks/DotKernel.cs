using System.Runtime.Intrinsics;

namespace Frat.Dlib;

/// <summary>
/// The one inner loop of all layers with weights, for vectors of one width. A few rows are computed at a time, for one or two vectors of
/// columns, with all sums in registers.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal abstract unsafe class DotKernel
{
    /// <summary>The most rows that any kernel computes at a time.</summary>
    public const int MostRows = 16;

    private readonly int[] _preferred;

    /// <param name="lanes">Numbers of a vector.</param>
    /// <param name="rowsOfOne">Rows that are computed at a time for one vector of columns.</param>
    /// <param name="rowsOfTwo">The same for two.</param>
    /// <param name="preferred">
    /// Numbers of rows for two, in descending order, that many rows are cut into: each further one takes .NET milliseconds to compile.
    /// </param>
    protected DotKernel(int lanes, int rowsOfOne, int rowsOfTwo, int[] preferred) =>
        (Lanes, RowsOfOne, RowsOfTwo, _preferred) = (lanes, rowsOfOne, rowsOfTwo, preferred);

    /// <summary>The vectors that .NET uses by itself. Those of AVX2 are 16 registers: 12 sums, two of weights, one of the row.</summary>
    public static DotKernel Native { get; } = new DotKernel<NativeLanes>(rowsOfOne: 12, rowsOfTwo: 6);

    /// <summary>Vectors of 512 bits: 32 registers with AVX-512.</summary>
    public static DotKernel Wide { get; } = new DotKernel<WideLanes>(rowsOfOne: MostRows, rowsOfTwo: 12, preferred: [12, 9, 8]);

    /// <summary>The fastest here. .NET says no to 512 bits where a processor slows down by them.</summary>
    public static DotKernel Best { get; } = Vector512.IsHardwareAccelerated ? Wide : Native;

    /// <summary>Numbers of a vector.</summary>
    public int Lanes { get; }

    private int RowsOfOne { get; }

    private int RowsOfTwo { get; }

    /// <summary>The next multiple of <see cref="Lanes"/>.</summary>
    public int RoundUp(int columns) => (columns + Lanes - 1) / Lanes * Lanes;

    /// <summary>How many vectors of so many columns are computed at a time: two, where they come out even.</summary>
    public int VectorsFor(int columns) => RoundUp(columns) / Lanes % 2 == 0 ? 2 : 1;

    /// <summary>Cuts rows into groups: into preferred ones where that comes out even, else into groups as equal as can be.</summary>
    /// <param name="left">How many rows are left.</param>
    /// <param name="vectors">Vectors of a block of columns.</param>
    /// <returns>How many of them the next group takes.</returns>
    public int GroupOf(int left, int vectors)
    {
        var most = vectors == 1 ? RowsOfOne : RowsOfTwo;
        if (vectors > 1 && left > most)
        {
            foreach (var count in _preferred)
            {
                if (left - count >= 2 * _preferred[^1] || _preferred.Contains(left - count))
                {
                    return count;
                }
            }
        }

        var groups = (left + most - 1) / most;
        return (left + groups - 1) / groups;
    }

    /// <summary>Packs a matrix in the order in which it is read: for each block of columns row by row, made up with zeros.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="vectors">Vectors of a block.</param>
    /// <param name="value">Reads the matrix: row, column.</param>
    /// <param name="packed">Gets <paramref name="rows"/> × <see cref="RoundUp"/> numbers.</param>
    public void Pack(int rows, int columns, int vectors, Func<int, int, float> value, float* packed)
    {
        var block = vectors * Lanes;
        for (var start = 0; start < columns; start += block)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = start; column < start + block; column++)
                {
                    *packed++ = column < columns ? value(row, column) : 0;
                }
            }
        }
    }

    /// <summary>Computes some rows.</summary>
    /// <param name="product">What of.</param>
    /// <param name="sources">Where each row begins.</param>
    /// <param name="targets">Where each row's results go.</param>
    /// <param name="rows">How many; <see cref="GroupOf"/> says what is possible.</param>
    public abstract void Run(in DotProduct product, float** sources, float** targets, int rows);

    /// <summary>A convolution by Winograd's filters in vectors of this width.</summary>
    /// <param name="layer">Its measures.</param>
    /// <param name="channels">Channels of the source: those of <paramref name="layer"/>, or more.</param>
    /// <param name="parameters">Its weights and biases.</param>
    public abstract Convolution Winograd<TTransform>(
        NetworkLayer.Convolution layer, int channels, (float[] Weights, float[] Biases) parameters)
        where TTransform : struct, IWinogradTransform;
}
