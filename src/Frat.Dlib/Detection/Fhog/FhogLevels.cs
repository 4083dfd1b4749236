namespace Frat.Dlib;

/// <summary>The levels of an image, each made from the one before when it is its turn. Thread-safe.</summary>
internal sealed class FhogLevels : IDisposable
{
    private readonly Lock _gate = new();
    private PlanarImage? _next;
    private int _taken;

    /// <param name="image">The first level; it belongs to this.</param>
    /// <param name="model">Says how small the last level is.</param>
    public FhogLevels(PlanarImage image, FhogModel model)
    {
        _next = image;
        Count = FhogPyramid.Levels(image.Width, image.Height, model);
    }

    /// <summary>How many levels there are.</summary>
    public int Count { get; }

    /// <summary>Takes the next level.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <returns>The level, which the caller disposes; null when all are taken.</returns>
    public PlanarImage? TryTake(out int number)
    {
        lock (_gate)
        {
            number = _taken++;
            var level = _next;
            _next = null;
            if (level is not null && _taken < Count)
            {
                var (width, height) = FhogPyramid.Shrink(level.Width, level.Height);
                _next = BilinearResizer.Resize(level, width, height);
            }

            return level;
        }
    }

    public void Dispose() => _next?.Dispose();
}
