namespace Frat.Dlib;

/// <summary>Rows of numbers times a matrix: what all layers with weights come down to. A <see cref="DotKernel"/> computes it.</summary>
internal unsafe struct DotProduct
{
    /// <summary>Runs of numbers that make up a row.</summary>
    public int Segments;

    /// <summary>Numbers from a run to the next.</summary>
    public nint SegmentStride;

    /// <summary>Numbers of a run.</summary>
    public int Length;

    /// <summary>The matrix as <see cref="DotKernel.Pack"/> gives it.</summary>
    public float* Weights;

    /// <summary>
    /// What memory is asked for meanwhile, see <see cref="AskAhead"/>; null for nothing.
    /// </summary>
    public float* Ahead;

    /// <summary>Numbers from what is asked for at a row of the matrix to the next.</summary>
    public nint AheadStep;

    /// <summary>What each column begins with.</summary>
    public float* Biases;

    /// <summary>No result is below it.</summary>
    public float Floor;

    /// <summary>Vectors of a block of columns, 1 or 2.</summary>
    public int Vectors;

    /// <summary>Blocks of columns.</summary>
    public int Blocks;

    /// <summary>
    /// Sees to it that the next product, whose weights lie behind those of this one, finds them in the second-level cache: the first two
    /// groups of rows ask for a half each. So memory works while the processor multiplies.
    /// </summary>
    /// <param name="group">Number of the group that is computed next.</param>
    /// <param name="lanes">Numbers of a vector.</param>
    public void AskAhead(int group, int lanes)
    {
        nint half = Segments * Length * Blocks * Vectors * lanes / 2;
        Ahead = group < 2 ? Weights + (2 * half) + (group * half) : Weights;
        AheadStep = group < 2 ? Vectors * lanes / 2 : 0;
    }
}
