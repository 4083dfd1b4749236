namespace Frat.Dlib;

/// <summary>What a layer costs at least: the benchmarks hold its time against it.</summary>
/// <param name="Products">Multiplications, each with an addition.</param>
/// <param name="Weights">Numbers that are read once.</param>
internal readonly record struct LayerCost(long Products, long Weights);
