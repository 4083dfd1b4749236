namespace Frat.Dlib;

/// <summary>The rows of a tiled pyramid, as the network wants them.</summary>
internal sealed class PyramidRows : IRowSource
{
    private (float Red, float Green, float Blue) _average;

    /// <inheritdoc/>
    public RowWindow Window { get; } = new(MmodNetworkLayers.Channels, padding: 0);

    /// <summary>The pyramid that it reads.</summary>
    public TiledPyramid? Pyramid { get; set; }

    /// <summary>Starts with another image.</summary>
    /// <param name="pyramid">The image.</param>
    /// <param name="average">The mean colour.</param>
    /// <param name="capacity">How many rows are looked at at a time.</param>
    public void Reset(TiledPyramid pyramid, (float Red, float Green, float Blue) average, int capacity)
    {
        (Pyramid, _average) = (pyramid, average);
        Window.Reset(pyramid.Layout.Height, pyramid.Layout.Width, capacity);
    }

    /// <inheritdoc/>
    public void Produce(int end, CancellationToken cancellationToken)
    {
        var rows = end - Window.End;
        if (rows > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var width = Pyramid!.Layout.Width;
            for (var y = Window.End; y < end; y++)
            {
                Pyramid.CopyRow(y, _average, Window.Map.Row(0, Window.MapRow(y), 0, width), cancellationToken);
            }

            Window.Added(rows);
        }
    }
}
