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
    [InlineData(DlibDetector.Hog, 1)]
    [InlineData(DlibDetector.Hog, 2)]
    [InlineData(DlibDetector.Cnn, 1)]
    public async Task EncodeAsync_FrameAfterFrame_AllocatesNoLargeObject(DlibDetector detector, int threads)
    {
        const int frames = 20;
        using var encoder = LoadedEncoder.Create(new DlibOptions { Detector = detector, ThreadsPerImage = threads, MaxConcurrency = 1 });
        using var image = GoldenFile.Faces[0].Load();
        for (var i = 0; i < frames; i++)
        {
            await encoder.EncodeAsync(image);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < frames; i++)
        {
            await encoder.EncodeAsync(image);
        }

        // All objects of a frame together are smaller than one large one: none was large but for a pool that grew once or twice.
        ((GC.GetTotalAllocatedBytes(precise: true) - before) / frames).ShouldBeLessThan(LargeObject);
    }
}
