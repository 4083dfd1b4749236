using System.Runtime.CompilerServices;
using Frat.Hosting;

namespace Frat.Cli.Faces;

/// <summary>Reads the faces of image files, several at a time, and gives the results in the order of the files.</summary>
/// <param name="decoder">Decodes the files.</param>
/// <param name="engine">Finds and encodes the faces.</param>
/// <param name="encodes">Whether the faces are to be encoded.</param>
/// <param name="concurrency">How many files are worked on at once, and so how many images are in memory.</param>
/// <param name="input">Standard input.</param>
internal sealed class FaceReader(IImageDecoder decoder, FaceEngine engine, bool encodes, int concurrency, Stream input)
{
    // How many results may wait for one slow file before them.
    private const int Window = 64;

    /// <summary>Loads the models, and reads all files.</summary>
    /// <exception cref="ModelFileException">A model file is missing or damaged; no file was read.</exception>
    public async IAsyncEnumerable<FileResult> ReadAsync(
        IEnumerable<ImagePath> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Before the clocks run.
        await (encodes ? engine.LoadAll : engine.LoadDetector)(cancellationToken).ConfigureAwait(false);
        MemoryTuning.Release();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(concurrency);
        var started = new Queue<Task<FileResult>>(Window);
        try
        {
            foreach (var path in paths)
            {
                if (started.Count == Window)
                {
                    yield return await started.Dequeue().ConfigureAwait(false);
                }

                started.Enqueue(ReadInTurnAsync(path, slots, stop.Token));
            }

            while (started.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(started.ToArray<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<FileResult> ReadInTurnAsync(ImagePath path, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        if (path.Error is { } error)
        {
            return new FailedFile(path.Path, error);
        }

        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ReadAsync(path.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidFaceImageException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new FailedFile(path.Path, e is FileNotFoundException or DirectoryNotFoundException
                ? "There is no such file." : e.Message);
        }
        catch (OutOfMemoryException)
        {
            return new FailedFile(path.Path, "There is not enough memory for the image.");
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<FacesOfFile> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System.GetTimestamp();
        using var image = await DecodeAsync(file, cancellationToken).ConfigureAwait(false);
        var decode = Lap(ref clock);
        var detected = await engine.Detector.DetectAsync(image, cancellationToken: cancellationToken).ConfigureAwait(false);
        var detect = Lap(ref clock);
        if (!encodes)
        {
            var found = detected.Select(face => new FoundFace(face.Box, face.Score, face.Landmarks.Points, Encoding: null)).ToList();
            return new FacesOfFile(file, image.Width, image.Height, found, new StepSeconds(decode, detect, Encode: null));
        }

        var encodings = await engine.EncodeAsync(image, detected, cancellationToken).ConfigureAwait(false);
        var encode = Lap(ref clock);
        var encoded = detected.Select((face, i) => new FoundFace(face.Box, face.Score, face.Landmarks.Points, encodings[i])).ToList();
        return new FacesOfFile(file, image.Width, image.Height, encoded, new StepSeconds(decode, detect, encode));
    }

    private async Task<RgbImage> DecodeAsync(string file, CancellationToken cancellationToken)
    {
        if (file == ImagePaths.StandardInput)
        {
            return await decoder.DecodeAsync(input, cancellationToken).ConfigureAwait(false);
        }

        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        await using (stream.ConfigureAwait(false))
        {
            return await decoder.DecodeAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private static double Lap(ref long clock)
    {
        var now = TimeProvider.System.GetTimestamp();
        var elapsed = TimeProvider.System.GetElapsedTime(clock, now).TotalSeconds;
        clock = now;
        return elapsed;
    }
}
