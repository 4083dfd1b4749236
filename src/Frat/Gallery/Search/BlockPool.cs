using System.Collections.Concurrent;

namespace Frat;

/// <summary>A few blocks that have been cleared, for the next changes. Thread-safe.</summary>
internal sealed class BlockPool(RowCoder coder)
{
    private const int Most = 8;

    private readonly ConcurrentQueue<RowBlock> _blocks = [];

    public RowBlock Take() => _blocks.TryDequeue(out var block) ? block : new RowBlock(coder);

    /// <param name="block">A block without numbers.</param>
    public void Return(RowBlock block)
    {
        if (_blocks.Count < Most)
        {
            _blocks.Enqueue(block);
        }
    }
}
