using System.Buffers;

namespace Frat.Onnx;

/// <summary>YuNet, loaded: finds faces in pictures of some hundred pixels. Thread-safe: calls may run at the same time.</summary>
/// <remarks>
/// For each stride of 8, 16 and 32 pixels, the network says of each cell: whether there is a face (class and objectness), its box around
/// the cell and its landmarks from the cell, in strides.
/// </remarks>
internal sealed class YuNetSession : IDisposable
{
    private const int Colours = RgbImage.BytesPerPixel;
    private const int PointCount = 5;
    private static readonly int[] Strides = [8, 16, 32];
    private static readonly int Side = Strides[^1];
    private static readonly string[] Outputs =
        [.. Strides.SelectMany(stride => new[] { $"cls_{stride}", $"obj_{stride}", $"bbox_{stride}", $"kps_{stride}" })];

    private readonly OnnxSession _session;

    private YuNetSession(OnnxSession session)
    {
        _session = session;
        if (session.Input.Value.Dimensions is not [-1 or 1, Colours, -1, -1])
        {
            throw session.Refuse($"it takes pictures of {string.Join('×', session.Input.Value.Dimensions)}, and YuNet those of any size");
        }

        if (Outputs.FirstOrDefault(output => !session.Outputs.ContainsKey(output)) is { } missing)
        {
            throw session.Refuse($"it has no output '{missing}', as YuNet has");
        }
    }

    /// <summary>Loads it, and runs it once: what isn't YuNet is refused now.</summary>
    /// <exception cref="ModelFileException">The file is missing or damaged, or not YuNet's.</exception>
    public static async Task<YuNetSession> LoadAsync(OnnxModelSource source, YuNetOptions options, CancellationToken cancellationToken)
    {
        var session = await OnnxSession.LoadAsync(source, options.ThreadsPerRun, cancellationToken).ConfigureAwait(false);
        try
        {
            var loaded = new YuNetSession(session);
            using var picture = new RgbImage(2 * Side, Side);
            loaded.Find(picture, new YuNetPyramid.Tile(0, 0, picture.Width, picture.Height), 0.9f);
            return loaded;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Finds what may be faces in a part of an image.</summary>
    /// <param name="image">The image; borrowed.</param>
    /// <param name="tile">The part.</param>
    /// <param name="minScore">How sure the network has to be.</param>
    /// <returns>All that it finds, several for each face, in pixels of the tile.</returns>
    public List<YuNetCandidate> Find(RgbImage image, YuNetPyramid.Tile tile, float minScore)
    {
        var (width, height) = (RoundUp(tile.Width), RoundUp(tile.Height));
        var length = Colours * width * height;
        var input = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Fill(image, tile, width, height, input.AsSpan(0, length));
            return _session.Run(
                input.AsMemory(0, length), [1, Colours, height, width], Outputs, outputs => Read(outputs, width, height, minScore));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input, clearArray: true); // It shows people.
        }
    }

    public void Dispose() => _session.Dispose();

    private static int RoundUp(int side) => (side + Side - 1) / Side * Side;

    // Blue first, as they are; black where the network's size goes beyond.
    private static void Fill(RgbImage image, YuNetPyramid.Tile tile, int width, int height, Span<float> input)
    {
        input.Clear();
        var area = width * height;
        for (var y = 0; y < tile.Height; y++)
        {
            var row = image.Row(tile.Top + y).Slice(tile.Left * Colours, tile.Width * Colours);
            var blue = input.Slice(y * width, tile.Width);
            var green = input.Slice(area + (y * width), tile.Width);
            var red = input.Slice((2 * area) + (y * width), tile.Width);
            for (var x = 0; x < tile.Width; x++)
            {
                red[x] = row[Colours * x];
                green[x] = row[(Colours * x) + 1];
                blue[x] = row[(Colours * x) + 2];
            }
        }
    }

    private static List<YuNetCandidate> Read(OnnxOutputs outputs, int width, int height, float minScore)
    {
        var found = new List<YuNetCandidate>();
        for (var i = 0; i < Strides.Length; i++)
        {
            var stride = Strides[i];
            var (columns, count) = (width / stride, width / stride * (height / stride));
            var first = Outputs.Length / Strides.Length * i;
            var classes = outputs.Read(first, count);
            var objects = outputs.Read(first + 1, count);
            var boxes = outputs.Read(first + 2, 4 * count);
            var points = outputs.Read(first + 3, 2 * PointCount * count);
            for (var cell = 0; cell < count; cell++)
            {
                var score = MathF.Sqrt(Math.Clamp(classes[cell], 0, 1) * Math.Clamp(objects[cell], 0, 1));
                if (score >= minScore
                    && Decode(cell % columns, cell / columns, stride, score, boxes.Slice(4 * cell, 4), points.Slice(2 * PointCount * cell))
                        is { } face)
                {
                    found.Add(face);
                }
            }
        }

        return found;
    }

    private static YuNetCandidate? Decode(
        int column, int row, int stride, float score, ReadOnlySpan<float> box, ReadOnlySpan<float> points)
    {
        var (x, y) = ((column + (double)box[0]) * stride, (row + (double)box[1]) * stride);
        var (halfWidth, halfHeight) = (Math.Exp(box[2]) * stride / 2, Math.Exp(box[3]) * stride / 2);
        var landmarks = new FacePoint[PointCount];
        for (var i = 0; i < PointCount; i++)
        {
            landmarks[i] = new FacePoint((column + points[2 * i]) * stride, (row + points[(2 * i) + 1]) * stride);
        }

        return double.IsFinite(x + y + halfWidth + halfHeight) && Array.TrueForAll(landmarks, point => float.IsFinite(point.X + point.Y))
            ? new YuNetCandidate(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, score, landmarks)
            : null;
    }
}
