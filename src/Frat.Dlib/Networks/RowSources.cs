namespace Frat.Dlib;

/// <summary>Gives the rows of an image from top to bottom.</summary>
internal interface IRowSource
{
    RowWindow Window { get; }

    /// <summary>Sees to it that all rows before one are in the window, zeros beyond the image among them.</summary>
    void Produce(int end, CancellationToken cancellationToken);
}

/// <summary>The rows that a convolution makes out of the rows of another source.</summary>
internal sealed class ConvolutionRows(Convolution convolution, IRowSource source, int padding, Workers workers) : IRowSource, IDisposable
{
    public RowWindow Window { get; } = new(convolution.Channels, padding);

    /// <summary>Starts with another image, for which the source was started already.</summary>
    /// <param name="capacity">How many rows are looked at at a time, without the padding.</param>
    public void Reset(int capacity) =>
        Window.Reset(convolution.SizeAfter(source.Window.Height), convolution.SizeAfter(source.Window.Map.Width), capacity);

    /// <inheritdoc/>
    public void Produce(int end, CancellationToken cancellationToken)
    {
        var first = Window.End;
        var rows = Math.Min(end, Window.Height) - first;
        if (rows > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            source.Window.DropAbove(convolution.FirstRow(first));
            source.Produce(convolution.EndRow(first + rows), cancellationToken);
            convolution.Run(source.Window.Map, Window.Map, Window.MapRow(first), rows, adds: false, workers);
            Window.Added(rows);
        }

        Window.AddZeros(end);
    }

    public void Dispose() => Window.Dispose();
}
