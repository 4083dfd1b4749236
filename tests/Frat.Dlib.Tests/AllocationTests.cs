using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests;

/// <summary>Alone in the process while they run: allocations of other tests would be counted.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    // From here on, an object lies on the large object heap.
    private const long LargeObject = 85_000;

    [Theory]
    [InlineData(DlibDetectorKind.Hog, 1)]
    [InlineData(DlibDetectorKind.Hog, 2)]
    [InlineData(DlibDetectorKind.Cnn, 1)]
    public async Task EncodeAsync_FrameAfterFrame_AllocatesNoLargeObject(DlibDetectorKind detector, int threads)
    {
        const int frames = 20;
        const int rounds = 5;
        var options = new DlibOptions { Mirror = false, Detector = detector, ThreadsPerImage = threads, MaxConcurrency = 1 };
        using var encoder = LoadedEncoder.Create(options);
        using var image = GoldenFile.Faces[0].Load();
        var perFrame = new List<long>();
        for (var round = 0; round <= rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < frames; i++)
            {
                await encoder.EncodeAsync(image);
            }

            perFrame.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / frames);
        }

        // All objects of a frame together are smaller than one large one. The pools keep buffers for each processor: on a busy machine,
        // where threads move between processors, they still grow in some rounds. What a frame itself allocated would be there in every
        // round.
        perFrame.Skip(1).Min().ShouldBeLessThan(LargeObject, string.Join(' ', perFrame));
    }
}
