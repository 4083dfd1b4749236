using System.Collections.Concurrent;

namespace Frat.Cli.Evaluate;

/// <summary>A photo of which there is no encoding, and why.</summary>
/// <param name="Photo">The photo.</param>
/// <param name="Reason"><c>noFace</c>, <c>severalFaces</c> or <c>unreadable</c>.</param>
/// <param name="Message">Why it can't be read.</param>
internal sealed record PhotoFailure(SetPhoto Photo, string Reason, string? Message = null);

/// <summary>Encodes the face of each photo of a set, or takes it from the cache.</summary>
/// <param name="decoder">Decodes the photos.</param>
/// <param name="encoder">Finds and encodes the faces.</param>
/// <param name="cache">What is known from earlier runs.</param>
internal sealed class SetEncoder(IImageDecoder decoder, IFaceEncoder encoder, EncodingCache cache)
{
    // Enough to tell whose face counts.
    private static readonly FaceEncodeOptions TwoLargest = new() { MaxFaces = 2 };

    /// <summary>Encodes all, several at a time.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="concurrency">How many at a time.</param>
    /// <param name="progress">Counts them.</param>
    /// <param name="cancellationToken">Ends the run; what is encoded stays in the cache.</param>
    /// <exception cref="ModelFileException">A model file is missing or damaged.</exception>
    public async Task<(List<EvaluationPhoto> Photos, List<PhotoFailure> Failures)> EncodeAsync(
        IReadOnlyList<SetPhoto> photos, int concurrency, ProgressBar progress, CancellationToken cancellationToken)
    {
        var encoded = new EvaluationPhoto[photos.Count];
        var failures = new ConcurrentDictionary<int, PhotoFailure>();
        await Parallel.ForAsync(
            0,
            photos.Count,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
            async (i, cancel) =>
            {
                var photo = photos[i];
                var (encoding, failure) = await EncodeAsync(photo, cancel).ConfigureAwait(false);
                encoded[i] = new EvaluationPhoto { Person = photo.Person, Group = photo.Group, Name = photo.Name, Encoding = encoding };
                if (failure is not null)
                {
                    failures[i] = failure;
                }

                progress.Count(failed: failure is not null);
            }).ConfigureAwait(false);
        return ([.. encoded], [.. failures.OrderBy(failure => failure.Key).Select(failure => failure.Value)]);
    }

    private async Task<(FaceEncoding?, PhotoFailure?)> EncodeAsync(SetPhoto photo, CancellationToken cancellationToken)
    {
        try
        {
            var file = await File.ReadAllBytesAsync(photo.Path, cancellationToken).ConfigureAwait(false);
            var key = EncodingCache.KeyOf(file);
            if (cache.Find(key) is not { } known)
            {
                known = await LookAsync(file, cancellationToken).ConfigureAwait(false);
                cache.Add(key, known);
            }

            return known.Outcome switch
            {
                PhotoOutcome.Encoded => (known.Encoding, null),
                PhotoOutcome.NoFace => (null, new PhotoFailure(photo, "noFace")),
                _ => (null, new PhotoFailure(photo, "severalFaces")),
            };
        }
        catch (Exception e) when (e is InvalidFaceImageException or IOException or UnauthorizedAccessException)
        {
            return (null, new PhotoFailure(photo, "unreadable", e.Message));
        }
    }

    private async Task<CachedPhoto> LookAsync(byte[] file, CancellationToken cancellationToken)
    {
        using var image = await decoder.DecodeAsync(file, cancellationToken).ConfigureAwait(false);
        var faces = await encoder.EncodeAsync(image, TwoLargest, cancellationToken).ConfigureAwait(false);
        return MainFace.Of(faces) is { } main ? new CachedPhoto(PhotoOutcome.Encoded, main.Encoding)
            : new CachedPhoto(faces.Count == 0 ? PhotoOutcome.NoFace : PhotoOutcome.SeveralFaces, null);
    }
}
