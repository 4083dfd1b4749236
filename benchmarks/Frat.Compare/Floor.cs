using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Frat.Benchmarks;
using Frat.Dlib;

namespace Frat.Compare;

/// <summary>
/// What no program can do better with the multiplications and weights that FRAT's encoder needs: how much one core of this machine
/// multiplies, and how fast it reads that many weights, both measured.
/// </summary>
internal static class Floor
{
    private const int Repeat = 21;
    private const int Times = 1_000_000;
    private const int Sums = 12;
    private const double Giga = 1e9;
    private const double Mega = 1e6;

    /// <summary>Measures, and says it in Markdown.</summary>
    public static async Task<string> MeasureAsync()
    {
        using var network = FaceEncoderNetwork.Load(await Models.Files.GetAsync(FaceResNet.FileName), threads: 1);
        var native = ProductsASecond<NativeLanes>();
        var best = Vector512.IsHardwareAccelerated ? ProductsASecond<WideLanes>() : native;
        var widths = Text($"{native / Giga:0} billion multiply-adds a second in vectors of {Vector<byte>.Count * 8} bits");
        widths += Vector512.IsHardwareAccelerated ? Text($", {best / Giga:0} billion in vectors of 512 bits") : "";
        var lines = new[] { 1, FaceEncoderNetwork.MaxBatch }.Select(faces =>
        {
            var costs = network.CostOf(faces);
            var weights = costs.Sum(cost => cost.Weights);
            var numbers = NumbersASecond(weights);
            var (arithmetic, memory) = (costs.Sum(cost => cost.Products) / best, weights / numbers);
            var floor = costs.Sum(cost => Math.Max(cost.Products / best, cost.Weights / numbers));
            var products = costs.Sum(cost => cost.Products);
            return $"{Name(faces)}: " + Text($"{products / Mega:0} million multiply-adds, {arithmetic * 1e3:0.00} ms; ")
                + Text($"{weights * sizeof(float) / Mega:0} MB of weights at {numbers * sizeof(float) / Giga:0} GB/s, ")
                + Text($"{memory * 1e3:0.00} ms; ")
                + Text($"both at the same time, layer by layer, {floor * 1e3:0.00} ms.");
        });
        return $"The floor for the encoder on one core, measured in the same run: {widths}. {string.Join(' ', lines)}";
    }

    private static string Name(int faces) => faces == 1 ? "One face" : $"{faces} faces";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    // Sums that don't wait for each other, all in registers.
    private static double ProductsASecond<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes> =>
        (double)Times * Sums * TLanes.Count / Seconds(Multiply<TLanes>);

    private static double NumbersASecond(long numbers)
    {
        var values = new float[numbers];
        return numbers / Seconds(() => TensorPrimitives.Sum<float>(values));
    }

    private static double Seconds(Func<float> run)
    {
        var samples = new double[Repeat];
        for (var i = 0; i < Repeat; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _ = run();
            samples[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return samples.Min();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float Multiply<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (half, quarter) = (TLanes.Create(0.5f), TLanes.Create(0.25f));
        var (a, b, c, d, e, f) = (half, half, half, half, half, half);
        var (g, h, i, j, k, l) = (half, half, half, half, half, half);
        for (var time = 0; time < Times; time++)
        {
            a = TLanes.MultiplyAdd(half, quarter, a);
            b = TLanes.MultiplyAdd(half, quarter, b);
            c = TLanes.MultiplyAdd(half, quarter, c);
            d = TLanes.MultiplyAdd(half, quarter, d);
            e = TLanes.MultiplyAdd(half, quarter, e);
            f = TLanes.MultiplyAdd(half, quarter, f);
            g = TLanes.MultiplyAdd(half, quarter, g);
            h = TLanes.MultiplyAdd(half, quarter, h);
            i = TLanes.MultiplyAdd(half, quarter, i);
            j = TLanes.MultiplyAdd(half, quarter, j);
            k = TLanes.MultiplyAdd(half, quarter, k);
            l = TLanes.MultiplyAdd(half, quarter, l);
        }

        var result = stackalloc float[TLanes.Count];
        (a + b + c + d + e + f + (g + h + i + j + k + l)).Store(result);
        return *result;
    }
}
