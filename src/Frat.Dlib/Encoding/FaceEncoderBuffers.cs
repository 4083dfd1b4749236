namespace Frat.Dlib;

/// <summary>What lies between the layers of the encoder, for one call at a time.</summary>
internal sealed class FaceEncoderBuffers : IDisposable
{
    // What a few images are at a level shall stay in the second-level cache, while its blocks are computed.
    private const int CachedBytes = 1024 * 1024;

    private readonly List<FeatureMap> _maps = [];

    /// <param name="threads">How many threads compute.</param>
    /// <param name="kernel">The inner loop.</param>
    public FaceEncoderBuffers(int threads, DotKernel kernel)
    {
        Workers = new Workers(threads);
        Chips = Map(FaceResNet.Channels);
        Stem = Map(FaceResNet.StemFilters);
        Levels = [.. FaceResNet.Levels.Select(level => new Level(
            Map(level.Filters, border: 1), Map(level.Filters, border: 1), level.Down ? Map(level.Filters, border: 1) : null))];
        Means = Map(FaceResNet.Levels[^1].Filters);
        Encodings = Map(kernel.RoundUp(FaceResNet.Dimension));
    }

    public Workers Workers { get; }

    public FeatureMap Chips { get; }

    public FeatureMap Stem { get; }

    public Level[] Levels { get; }

    public FeatureMap Means { get; }

    public FeatureMap Encodings { get; }

    /// <summary>Makes room for so many chips. It keeps the room for the most that there ever were.</summary>
    public void Resize(int images)
    {
        var size = FaceResNet.FirstSize;
        foreach (var level in Levels)
        {
            // dlib doesn't pad a filter with a stride, so it sees one pixel less than the mean of 2×2 does where their number is even.
            var strided = (size - 1) / 2;
            size = level.Down is null ? size : size / 2;
            level.Down?.Resize(images, strided, strided);
            level.Current.Resize(images, size, size);
            level.Inner.Resize(images, size, size);
            level.Together = (int)Math.Clamp(CachedBytes / (2 * level.Current.ImageStride * sizeof(float)), 1, images);
        }

        Chips.Resize(Levels[0].Together, FaceChip.Size, FaceChip.Size);
        Stem.Resize(Levels[0].Together, FaceResNet.StemSize, FaceResNet.StemSize);

        Means.Resize(images, 1, 1);
        Encodings.Resize(images, 1, 1);
    }

    public void Dispose()
    {
        Workers.Dispose();
        _maps.ForEach(map => map.Dispose());
    }

    private FeatureMap Map(int channels, int border = 0)
    {
        var map = new FeatureMap(channels, border);
        _maps.Add(map);
        return map;
    }

    /// <summary>Images of one size.</summary>
    /// <param name="Current">What blocks give on.</param>
    /// <param name="Inner">What lies between the two convolutions of a block.</param>
    /// <param name="Down">The same in the block that comes from the level before.</param>
    internal sealed record Level(FeatureMap Current, FeatureMap Inner, FeatureMap? Down)
    {
        /// <summary>How many images are computed at once.</summary>
        public int Together { get; set; } = 1;

        /// <summary>Looks at some of the images only.</summary>
        public void Select(int first, int images)
        {
            Current.Select(first, images);
            Inner.Select(first, images);
            Down?.Select(first, images);
        }
    }
}
