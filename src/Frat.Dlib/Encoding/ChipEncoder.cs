using System.Numerics.Tensors;
using Frat.Vision;

namespace Frat.Dlib;

/// <summary>Fills a chip.</summary>
/// <param name="face">Which one.</param>
/// <param name="chip"><see cref="FaceChip.Bytes"/> bytes.</param>
internal delegate void ChipFiller(int face, Span<byte> chip);

/// <summary>
/// From faces to encodings: cuts chips out, makes the copies that are to be averaged, and runs the network over as many of them at once as
/// it takes, whichever faces and images they are of.
/// </summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
/// <param name="network">The network; it belongs to this.</param>
/// <param name="jitter">How many copies of a face are averaged; 0 for the face itself.</param>
/// <param name="seed">Seeds the copies.</param>
/// <param name="mirror">Whether the mirror image is averaged as well.</param>
internal sealed class ChipEncoder(FaceEncoderNetwork network, int jitter, uint seed, bool mirror) : IDisposable
{
    /// <summary>What encodings are; averaging doesn't change it.</summary>
    public static FaceEncoderInfo Info { get; } = new()
    {
        Id = "dlib-resnet-v1", Dimension = FaceResNet.Dimension, RecommendedMaxDistance = 0.6f,
    };

    /// <summary>Encodes faces.</summary>
    /// <param name="faces">The faces, each with the image in which it was found.</param>
    /// <param name="jittered">As many copies of each as this call wants; 0 for what all calls get.</param>
    /// <param name="cancellationToken">Cancels the call between batches.</param>
    /// <returns>The faces in the same order.</returns>
    public Face[] Encode(
        IReadOnlyList<(RgbImage Image, DetectedFace Face)> faces, int jittered, CancellationToken cancellationToken)
    {
        var qualities = new FaceQuality[faces.Count];
        var encodings = Encode(
            faces.Count,
            (i, chip) =>
            {
                FaceAligner.Cut(faces[i].Image, faces[i].Face.Landmarks, FaceChip.Format, chip);
                qualities[i] = ChipQuality.Of(chip, FaceChip.Format, faces[i].Face.Landmarks);
            },
            jittered,
            cancellationToken);
        return [.. faces.Select((entry, i) => new Face
        {
            Box = entry.Face.Box,
            Score = entry.Face.Score,
            Landmarks = entry.Face.Landmarks,
            Encoding = encodings[i],
            Quality = qualities[i],
        })];
    }

    /// <summary>Encodes chips.</summary>
    /// <param name="count">How many.</param>
    /// <param name="fill">Gives each one, once and in order.</param>
    /// <param name="jittered">As many copies of each as this call wants; 0 for what all calls get.</param>
    /// <param name="cancellationToken">Cancels the call between batches.</param>
    /// <returns>The encodings in the same order.</returns>
    public FaceEncoding[] Encode(int count, ChipFiller fill, int jittered, CancellationToken cancellationToken)
    {
        var encodings = new FaceEncoding[count];
        if (count == 0)
        {
            return encodings;
        }

        var moved = jittered > 0 ? jittered : jitter;
        var copies = Math.Max(moved, 1) * (mirror ? 2 : 1);
        var batch = (int)Math.Min((long)count * copies, FaceEncoderNetwork.MaxBatch);

        // Chips show faces: they are cleared before they go back.
        using var chips = new PooledArray<byte>(batch * FaceChip.Bytes, clear: true);
        using var face = new PooledArray<byte>(FaceChip.Bytes, clear: true);
        var chip = face.Array.AsSpan(0, FaceChip.Bytes);
        Span<float> results = stackalloc float[FaceEncoderNetwork.MaxBatch * FaceResNet.Dimension];
        Span<float> sum = stackalloc float[FaceResNet.Dimension];
        var (filled, done) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fill(i, chip);
            var random = moved > 0 ? new DlibRandom(seed) : null;
            for (var copy = 0; copy < copies; copy++)
            {
                var target = chips.Array.AsSpan(filled * FaceChip.Bytes, FaceChip.Bytes);
                if (mirror && copy % 2 == 1)
                {
                    // A batch has an even number of chips then, so the one before is in it.
                    FaceChip.Mirror(chips.Array.AsSpan((filled - 1) * FaceChip.Bytes, FaceChip.Bytes), target);
                }
                else if (random is null)
                {
                    chip.CopyTo(target);
                }
                else
                {
                    FaceChip.Jitter(chip, random, target);
                }

                if (++filled < batch && (i < count - 1 || copy < copies - 1))
                {
                    continue;
                }

                cancellationToken.ThrowIfCancellationRequested();
                network.Encode(chips.Array.AsSpan(0, filled * FaceChip.Bytes), results);
                for (var result = 0; result < filled; result++, done++)
                {
                    Average(results.Slice(result * FaceResNet.Dimension, FaceResNet.Dimension), done, copies, sum, encodings);
                }

                filled = 0;
            }
        }

        return encodings;
    }

    public void Dispose() => network.Dispose();

    // Copies of a face follow each other, whichever batches they are in.
    private static void Average(ReadOnlySpan<float> copy, int number, int copies, Span<float> sum, FaceEncoding[] encodings)
    {
        var (face, place) = Math.DivRem(number, copies);
        if (place == 0)
        {
            copy.CopyTo(sum);
        }
        else
        {
            TensorPrimitives.Add(sum, copy, sum);
        }

        if (place == copies - 1)
        {
            TensorPrimitives.Divide(sum, copies, sum);
            encodings[face] = new FaceEncoding(Info.Id, sum);
        }
    }
}
