namespace Frat.Dlib;

/// <summary>The threads that compute one network, each with memory of its own for what lies between. One call uses it at a time.</summary>
internal sealed class Workers : IDisposable
{
    private readonly NativeFloats?[] _scratch;
    private readonly ParallelOptions _options;

    /// <param name="most">How many threads there may be, at least 1.</param>
    public Workers(int most)
    {
        _scratch = new NativeFloats?[most];
        _options = new ParallelOptions { MaxDegreeOfParallelism = most };
        Count = most;
    }

    /// <summary>How many threads there are: all that there may be, until fewer are asked for.</summary>
    public int Count { get; set; }

    /// <summary>Does parts 0 to <paramref name="parts"/> − 1, the threads side by side.</summary>
    /// <param name="parts">How many there are.</param>
    /// <param name="work">Does some of them: the worker's number, the first part, and behind the last.</param>
    public void Run(int parts, Action<int, int, int> work)
    {
        var count = Math.Min(Count, parts);
        if (count <= 1)
        {
            work(0, 0, parts);
            return;
        }

        Parallel.For(0, count, _options, worker =>
            work(worker, (int)((long)parts * worker / count), (int)((long)parts * (worker + 1) / count)));
    }

    /// <summary>Memory of a worker; it holds what was left there.</summary>
    public unsafe float* Scratch(int worker, long length)
    {
        if (_scratch[worker] is not { } scratch || scratch.Length < length)
        {
            _scratch[worker]?.Dispose();
            _scratch[worker] = scratch = new NativeFloats(length);
        }

        return scratch.First;
    }

    public void Dispose()
    {
        foreach (var scratch in _scratch)
        {
            scratch?.Dispose();
        }
    }
}
