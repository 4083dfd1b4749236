namespace Frat.Conformance;

/// <summary>
/// What every <see cref="IFaceDetector"/> promises. Derive a public class, and give it the detector and photos of your own.
/// </summary>
public abstract class FaceDetectorContract : IAsyncLifetime
{
    private IFaceDetector? _detector;

    /// <summary>The detector under test.</summary>
    protected IFaceDetector Detector => _detector!;

    /// <summary>Makes the detector. Where it is disposable, it is disposed after each test.</summary>
    protected abstract Task<IFaceDetector> CreateAsync();

    /// <summary>A photo of one person who looks into the camera, upright; disposed by the test.</summary>
    protected abstract Task<RgbImage> LoadPortraitAsync();

    /// <summary>A photo on which the detector finds several faces; disposed by the test.</summary>
    protected abstract Task<RgbImage> LoadGroupAsync();

    /// <summary>Makes the detector.</summary>
    public async Task InitializeAsync() => _detector = await CreateAsync();

    /// <summary>Disposes the detector.</summary>
    public async Task DisposeAsync()
    {
        if (_detector is IAsyncDisposable later)
        {
            await later.DisposeAsync();
        }
        else
        {
            (_detector as IDisposable)?.Dispose();
        }
    }

    [Fact]
    public async Task DetectAsync_Portrait_FindsOneFaceInsideThePicture()
    {
        using var image = await LoadPortraitAsync();

        var face = (await Detector.DetectAsync(image)).ShouldHaveSingleItem();

        face.Box.Width.ShouldBeInRange(2, 2 * image.Width);
        face.Box.Height.ShouldBeInRange(2, 2 * image.Height);
        var (x, y) = ((face.Box.Left + face.Box.Right) / 2, (face.Box.Top + face.Box.Bottom) / 2);
        x.ShouldBeInRange(0, image.Width - 1);
        y.ShouldBeInRange(0, image.Height - 1);
        float.IsFinite(face.Score).ShouldBeTrue();
    }

    // What aligns and judges faces knows no more of them than the scheme.
    [Fact]
    public async Task DetectAsync_Portrait_FindsLandmarksOfItsSchemeWhereTheyBelong()
    {
        using var image = await LoadPortraitAsync();

        var face = (await Detector.DetectAsync(image)).ShouldHaveSingleItem();

        var (scheme, points) = (face.Landmarks.Scheme, face.Landmarks.Points);
        scheme.ShouldBe(Detector.Landmarks);
        float Middle(IReadOnlyList<int> eye, Func<FacePoint, float> of) => eye.Average(number => of(points[number]));
        var (left, right) = (Middle(scheme.LeftEye, point => point.X), Middle(scheme.RightEye, point => point.X));
        left.ShouldBeLessThan(right);
        points[scheme.Nose].X.ShouldBeInRange(left, right);
        points[scheme.Nose].Y.ShouldBeGreaterThan(Middle([.. scheme.LeftEye, .. scheme.RightEye], point => point.Y));
        left.ShouldBeGreaterThan(face.Box.Left);
        right.ShouldBeLessThan(face.Box.Right);
    }

    [Fact]
    public async Task DetectAsync_Group_GivesTheSurestFirst()
    {
        using var image = await LoadGroupAsync();

        var faces = await Detector.DetectAsync(image);

        faces.Count.ShouldBeGreaterThan(1);
        faces.Select(face => face.Score).ShouldBe(faces.Select(face => face.Score).OrderDescending());
        faces.Select(face => face.Box).ShouldBeUnique();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 700)]
    [InlineData(7, 5)]
    [InlineData(320, 240)]
    public async Task DetectAsync_PlainPicture_FindsNone(int width, int height)
    {
        using var image = new RgbImage(width, height);
        image.Pixels.Fill(128);

        (await Detector.DetectAsync(image)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DetectAsync_Picture_IsBorrowedAndNotChanged()
    {
        using var image = await LoadPortraitAsync();
        var before = image.Pixels.ToArray();

        await Detector.DetectAsync(image);

        image.Pixels.SequenceEqual(before).ShouldBeTrue();
    }

    [Fact]
    public async Task DetectAsync_ManyAtOnce_GivesWhatOneCallGives()
    {
        using var portrait = await LoadPortraitAsync();
        using var group = await LoadGroupAsync();
        var expected = (Text(await Detector.DetectAsync(portrait)), Text(await Detector.DetectAsync(group)));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            (Text(await Detector.DetectAsync(portrait)), Text(await Detector.DetectAsync(group))).ShouldBe(expected))));
    }

    [Fact]
    public async Task DetectAsync_Cancelled_Ends()
    {
        using var image = await LoadPortraitAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await Detector.DetectAsync(image, cancellationToken: new CancellationToken(canceled: true)));
        (await Detector.DetectAsync(image)).ShouldHaveSingleItem(); // It works on.
    }

    [Fact]
    public async Task DetectAsync_Null_Throws() =>
        await Should.ThrowAsync<ArgumentNullException>(async () => await Detector.DetectAsync(null!));

    private static string Text(IEnumerable<DetectedFace> faces) =>
        string.Join(' ', faces.Select(face => $"{face.Box}{face.Score:R}{string.Join(',', face.Landmarks.Points)}"));
}
