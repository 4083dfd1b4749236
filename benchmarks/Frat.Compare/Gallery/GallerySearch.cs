using System.Diagnostics;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frat.Compare.Gallery;

/// <summary>Times the searches of one side in a process of its own.</summary>
/// <param name="First">The first search of the process, in milliseconds.</param>
/// <param name="Median">The median of the others.</param>
/// <param name="Eight">Eight probes in one call.</param>
/// <param name="Nearest">The row that is nearest to each probe.</param>
/// <param name="Distances">How near.</param>
internal sealed record GallerySearch(double First, double Median, double Eight, int[] Nearest, double[] Distances)
{
    /// <summary>Reads what <c>search.py</c> or <see cref="WriteAsync"/> wrote.</summary>
    public static GallerySearch Read(string json) => JsonSerializer.Deserialize<GallerySearch>(json, JsonSerializerOptions.Web)!;

    /// <summary>Times FRAT's gallery, as a host has it after its start, and writes a line of JSON.</summary>
    public static async Task WriteAsync(string rows, string probesFile, TextWriter output)
    {
        var probes = RowStore.Read(probesFile).ToList();
        using var gallery = new FaceGallery(
            new RowStore(rows), DispatchProxy.Create<IPersonStore, Nobody>(), new NoEncoder(), NullLogger<FaceGallery>.Instance);
        await gallery.RefreshAsync();

        var times = new List<double>();
        var (nearest, distances) = (new List<int>(), new List<double>());
        foreach (var probe in probes)
        {
            var start = Stopwatch.GetTimestamp();
            var found = (await gallery.FindNearestAsync(probe))!.Value;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            nearest.Add(RowStore.RowOf(found.Person.Id));
            distances.Add(found.Distance);
        }

        var many = Stopwatch.GetTimestamp();
        await gallery.FindNearestAsync([.. probes.Take(8)], people: 2);
        var eight = Stopwatch.GetElapsedTime(many).TotalMilliseconds;
        var result = new GallerySearch(
            times[0], times.Skip(1).Order().ElementAt((times.Count - 1) / 2), eight, [.. nearest], [.. distances]);
        await output.WriteLineAsync(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
    }

    /// <summary>How many GB a second one core reads: the sum of an array that no cache holds.</summary>
    public static double MemoryBandwidth()
    {
        const int size = 1 << 28;
        var numbers = new int[size];
        numbers.AsSpan().Fill(1);
        return Enumerable.Range(0, 5).Max(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            return TensorPrimitives.Sum<int>(numbers) == size
                ? (double)size * sizeof(int) / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9
                : throw new InvalidOperationException("The sum is wrong.");
        });
    }

    /// <summary>A store of people that nobody asks.</summary>
#pragma warning disable CA1852 // .NET derives a class from it.
    public class Nobody : DispatchProxy
    {
        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
#pragma warning restore CA1852

    private sealed class NoEncoder : IFaceEncoder
    {
        public FaceEncoderInfo Info { get; } =
            new() { Id = RowStore.EncoderId, Dimension = SyntheticRows.Dimension, RecommendedMaxDistance = 0.6f };

        public ValueTask<IReadOnlyList<Face>> EncodeAsync(
            RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
                throw new NotSupportedException();
    }
}
