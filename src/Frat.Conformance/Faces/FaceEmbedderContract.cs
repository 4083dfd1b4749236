namespace Frat.Conformance;

/// <summary>
/// What every <see cref="IFaceEmbedder"/> promises. Derive a public class, and give it the embedder and faces of your own.
/// </summary>
public abstract class FaceEmbedderContract : IAsyncLifetime
{
    // Numbers of a batch may differ in the last digits from those of a single call: sums are made in another order.
    private const float LastDigits = 1e-4f;

    private readonly List<RgbImage> _chips = [];
    private IFaceEmbedder? _embedder;

    /// <summary>The embedder under test.</summary>
    protected IFaceEmbedder Embedder => _embedder!;

    /// <summary>Makes the embedder. Where it is disposable, it is disposed after each test.</summary>
    protected abstract Task<IFaceEmbedder> CreateAsync();

    /// <summary>
    /// Three faces, cut out as the embedder's <see cref="IFaceEmbedder.ChipFormat"/> says: two of one person, on different photos, then one
    /// of another person. They are disposed after the test.
    /// </summary>
    protected abstract Task<IReadOnlyList<RgbImage>> LoadChipsAsync();

    /// <summary>Makes the embedder, and loads the faces.</summary>
    public async Task InitializeAsync()
    {
        _embedder = await CreateAsync();
        _chips.AddRange(await LoadChipsAsync());
    }

    /// <summary>Disposes the embedder and the faces.</summary>
    public async Task DisposeAsync()
    {
        _chips.ForEach(chip => chip.Dispose());
        if (_embedder is IAsyncDisposable later)
        {
            await later.DisposeAsync();
        }
        else
        {
            (_embedder as IDisposable)?.Dispose();
        }
    }

    [Fact]
    public void Info_AndFormat_MakeSense()
    {
        Embedder.Info.Id.Length.ShouldBeInRange(1, 200);
        Embedder.Info.Dimension.ShouldBeGreaterThan(0);
        Embedder.Info.RecommendedMaxDistance.ShouldBeGreaterThan(0);
        Embedder.ChipFormat.Size.ShouldBeGreaterThan(0);
        Embedder.ChipFormat.Padding.ShouldBeGreaterThanOrEqualTo(0);
        Embedder.ChipFormat.MeanFaces.ShouldNotBeEmpty();
        Embedder.ChipFormat.MeanFaces.Select(face => face.Scheme.Id).ShouldBeUnique();
        Embedder.ChipFormat.MeanFaces.ShouldAllBe(face =>
            face.Points.Count >= 2 && face.Points.All(point => point.Number >= 0 && point.Number < face.Scheme.Count));
    }

    [Fact]
    public async Task EmbedAsync_Chips_GivesEncodingsOfItsOwn()
    {
        var encodings = await Embedder.EmbedAsync(_chips);

        encodings.Count.ShouldBe(_chips.Count);
        encodings.ShouldAllBe(encoding => encoding.EncoderId == Embedder.Info.Id && encoding.Dimension == Embedder.Info.Dimension);
    }

    [Fact]
    public async Task EmbedAsync_TwoOfOnePersonAndAnother_TellsThemApart()
    {
        var encodings = await Embedder.EmbedAsync(_chips);

        Embedder.Info.IsMatch(encodings[0], encodings[1]).ShouldBeTrue();
        Embedder.Info.IsMatch(encodings[0], encodings[2]).ShouldBeFalse();
        Embedder.Info.IsMatch(encodings[1], encodings[2]).ShouldBeFalse();
    }

    [Fact]
    public async Task EmbedAsync_Batch_GivesWhatSingleCallsGiveInOrder()
    {
        List<RgbImage> many = [.. Enumerable.Range(0, 17).Select(i => _chips[i % _chips.Count])];

        var together = await Embedder.EmbedAsync(many);

        for (var i = 0; i < many.Count; i++)
        {
            var alone = (await Embedder.EmbedAsync([many[i]])).ShouldHaveSingleItem();
            Embedder.Info.Distance(together[i], alone).ShouldBeLessThan(LastDigits);
        }
    }

    [Fact]
    public async Task EmbedAsync_ManyAtOnce_GivesWhatOneCallGives()
    {
        var expected = await Embedder.EmbedAsync(_chips);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            (await Embedder.EmbedAsync(_chips))
                .Zip(expected).ShouldAllBe(pair => Embedder.Info.Distance(pair.First, pair.Second) < LastDigits))));
    }

    [Fact]
    public async Task EmbedAsync_None_GivesNone() => (await Embedder.EmbedAsync([])).ShouldBeEmpty();

    [Fact]
    public async Task EmbedAsync_Chips_AreBorrowedAndNotChanged()
    {
        var before = _chips[0].Pixels.ToArray();

        await Embedder.EmbedAsync(_chips);

        _chips[0].Pixels.SequenceEqual(before).ShouldBeTrue();
    }

    [Fact]
    public async Task EmbedAsync_OtherSize_Throws()
    {
        var size = Embedder.ChipFormat.Size;
        using var wide = new RgbImage(size + 1, size);
        using var high = new RgbImage(size, size + 1);

        await Should.ThrowAsync<ArgumentException>(async () => await Embedder.EmbedAsync([wide]));
        await Should.ThrowAsync<ArgumentException>(async () => await Embedder.EmbedAsync([_chips[0], high]));
    }

    [Fact]
    public async Task EmbedAsync_Null_Throws()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Embedder.EmbedAsync(null!));
        await Should.ThrowAsync<ArgumentException>(async () => await Embedder.EmbedAsync([null!]));
    }

    [Fact]
    public async Task EmbedAsync_Cancelled_Ends()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await Embedder.EmbedAsync(_chips, new CancellationToken(canceled: true)));
        (await Embedder.EmbedAsync(_chips)).Count.ShouldBe(_chips.Count); // It works on.
    }
}
