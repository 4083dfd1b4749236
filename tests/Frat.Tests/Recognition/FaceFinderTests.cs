using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Frat.TestKit;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat.Tests.Recognition;

public sealed class FaceFinderTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];

    // Encoding is what takes the time of a picture with hundreds of faces. At the door, the boxes say that there are several.
    [Fact]
    public async Task CheckInAsync_CrowdOfFaces_EncodesNoneAndAPhotoTwo()
    {
        await using var host = await FratHost.StartAsync();
        var crowd = Crowd(8, 110);
        var encoded = 0L;
        using var listener = EncodedFaces.Listen(host.Get<IMeterFactory>(), count => Interlocked.Add(ref encoded, count));

        (await host.CheckInAsync(crowd)).Outcome.ShouldBe(IdentificationOutcome.SeveralFaces);
        encoded.ShouldBe(0);
        (await host.Enrollment.AssessAsync(crowd)).Verdict.ShouldBe(PhotoVerdict.SeveralFaces);
        encoded.ShouldBe(2);
        using var image = await host.Get<IImageDecoder>().DecodeAsync(crowd);
        (await host.Get<IFaceEncoder>().EncodeAsync(image)).Count.ShouldBeGreaterThan(20);
    }

    // A face of a thirtieth or fortieth of the width: more pixels of the same scene must not be worse.
    [Theory]
    [InlineData("John_Savage", 0.055)]
    [InlineData("John_Simm", 0.065)]
    [InlineData("John_Salley", 0.08)]
    public async Task CheckInAsync_SceneEnlargedStepByStep_NeverLosesItsFace(string person, double part)
    {
        await using var host = await FratHost.StartAsync();
        var photo = DebianPhotos.Johns[person][0];
        var (found, sizes) = (false, new List<int>());
        foreach (var width in new[] { 640, 960, 1280, 1440, 1920, 2048, 2560, 3200, 3840 })
        {
            var seen = await host.CheckInAsync(PhotoCanvas.Draw(width, width / 2, (int)(width * part), photo));
            var has = seen.Outcome != IdentificationOutcome.NoFace;

            (has || !found).ShouldBeTrue($"found at {string.Join(", ", sizes)}, not at {width}");
            found |= has;
            if (has)
            {
                sizes.Add(width);
            }
        }

        found.ShouldBeTrue();
    }

    [Fact]
    public async Task FindAsync_CheckInBehindPhotos_GoesFirst()
    {
        await using var host = await FratHost.StartAsync();
        var decoder = new RecordingDecoder(host.Get<IImageDecoder>());
        var finder = new FaceFinder(
            decoder, host.Get<IFaceEncoder>(), Options.Create(OneAtATime()), Options.Create(new ImageDecoderOptions()));
        var files = Savage.Take(4).Select(File.ReadAllBytes).ToArray();

        var calls = new List<Task> { finder.FindAsync(files[0], WorkKind.Photo, default) };
        await decoder.Started;
        calls.Add(finder.FindAsync(files[1], WorkKind.Photo, default));
        calls.Add(finder.FindAsync(files[2], WorkKind.Photo, default));
        calls.Add(finder.FindAsync(files[3], WorkKind.CheckIn, default));
        decoder.GoOn();
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromMinutes(1));

        decoder.Order.ShouldBe([files[0].Length, files[3].Length, files[1].Length, files[2].Length]);
    }

    // Frames are decoded and looked at side by side: whoever breaks off must not leave one behind, nor what shows a person.
    [Theory]
    [InlineData("ffffffff", 8, null)]
    [InlineData("-f-fff", 6, null)]
    [InlineData("f", 1, null)]
    [InlineData("fsff", 2, null)]
    [InlineData("ffffx", 4, typeof(InvalidFaceImageException))]
    [InlineData("x", 0, typeof(InvalidFaceImageException))]
    public async Task NextAsync_AnyFrames_LooksAtEachInTurnAndLeavesNothing(string kinds, int looked, Type? failure)
    {
        await using var host = await FratHost.StartAsync();
        var decoder = new KeepingDecoder(host.Get<IImageDecoder>());
        var finder = new FaceFinder(
            decoder, host.Get<IFaceEncoder>(), Options.Create(OneAtATime()), Options.Create(new ImageDecoderOptions()));
        var frames = new Dictionary<char, byte[]>
        {
            ['f'] = PhotoCanvas.Draw(640, 480, 300, Savage[0]),
            ['s'] = PhotoCanvas.Draw(640, 480, 300, Savage[1], DebianPhotos.Johns["John_Simm"][0]),
            ['-'] = PhotoCanvas.Draw(640, 480, 0),
            ['x'] = [1, 2, 3],
        };
        var seen = new List<SeenFrame>();
        Exception? thrown = null;

        // Twice: with one turn at a time, the second wouldn't come to it if the first had kept its own.
        foreach (var _ in (int[])[1, 2])
        {
            seen.Clear();
            var turn = await finder.BeginAsync([.. kinds.Select(kind => FaceImage.From(frames[kind]))], 0, default);
            await using (turn)
            {
                thrown = await Record.ExceptionAsync(async () =>
                {
                    while (await turn.NextAsync() is { } frame)
                    {
                        seen.Add(frame);
                        if (frame.Near.Count > 1)
                        {
                            break; // As a check-in does.
                        }
                    }
                });
            }
        }

        thrown?.GetType().ShouldBe(failure);
        (thrown is null).ShouldBe(failure is null);
        seen.Count.ShouldBe(looked);
        seen.Select(frame => frame.Near.Count).ShouldBe(kinds.Take(looked).Select(kind => kind switch { 'f' => 1, 's' => 2, _ => 0 }));
        decoder.Images.Where(IsAlive).ShouldBeEmpty();
        seen.SelectMany(frame => frame.Near).Where(face => face.Chip is { } chip && IsAlive(chip)).ShouldBeEmpty();

        static bool IsAlive(RgbImage image)
        {
            try
            {
                return image.Pixels.Length > 0;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }
    }

    // Rows and columns of faces, as large as they need be to be found.
    private static byte[] Crowd(int across, int side)
    {
        using var bitmap = new SKBitmap(across * side, across * side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            var photos = DebianPhotos.Johns.Values.Select(photos => SKImage.FromEncodedData(photos[0])).ToList();
            for (var i = 0; i < across * across; i++)
            {
                var place = SKRect.Create(i % across * side, i / across * side, side, side);
                canvas.DrawImage(
                    photos[i % photos.Count], SKRect.Create(20, 20, 110, 110), place, new SKSamplingOptions(SKCubicResampler.Mitchell));
            }

            photos.ForEach(photo => photo.Dispose());
        }

        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 92);
        return jpeg.ToArray();
    }

    /// <summary>Tells in which order files come, and holds the first one until it may go on.</summary>
    private sealed class RecordingDecoder(IImageDecoder decoder) : IImageDecoder
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        public List<int> Order { get; } = [];

        public void GoOn() => _goOn.SetResult();

        public async ValueTask<RgbImage> DecodeAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default)
        {
            Order.Add(file.Length);
            _started.TrySetResult();
            await _goOn.Task;
            return await decoder.DecodeAsync(file, cancellationToken);
        }

        public ValueTask<RgbImage> DecodeAsync(Stream file, CancellationToken cancellationToken = default) =>
            decoder.DecodeAsync(file, cancellationToken);
    }

    /// <summary>Keeps what it decoded.</summary>
    private sealed class KeepingDecoder(IImageDecoder decoder) : IImageDecoder
    {
        public ConcurrentBag<RgbImage> Images { get; } = [];

        public async ValueTask<RgbImage> DecodeAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken = default)
        {
            var image = await decoder.DecodeAsync(file, cancellationToken);
            Images.Add(image);
            return image;
        }

        public ValueTask<RgbImage> DecodeAsync(Stream file, CancellationToken cancellationToken = default) =>
            decoder.DecodeAsync(file, cancellationToken);
    }

    private static FratOptions OneAtATime()
    {
        var options = new FratOptions();
        options.Recognition.MaxConcurrency = 1;
        return options;
    }
}
