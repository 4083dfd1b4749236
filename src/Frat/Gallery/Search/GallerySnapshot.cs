using System.Numerics;
using System.Runtime.CompilerServices;

namespace Frat;

/// <summary>The gallery at one moment. Immutable, so that any number of threads search it side by side without a lock.</summary>
/// <param name="coder">How rows are compared.</param>
/// <param name="blocks">The rows.</param>
internal sealed class GallerySnapshot(RowCoder coder, RowBlock[] blocks)
{
    private const int RowsOfMask = 32;
    private const int Done = -1;

    // A snapshot that has a predecessor is held by it, too, until that one is done with.
    private int _holders = 1;
    private IReadOnlyList<RowBlock> _replaced = [];
    private Action<RowBlock>? _discard;
    private GallerySnapshot? _next;

    public RowCoder Coder => coder;

    public IReadOnlyList<RowBlock> Blocks => blocks;

    public required int People { get; init; }

    public required int Templates { get; init; }

    /// <summary>A copy of the first row; empty where there is none.</summary>
    public float[] FirstRow() => blocks.Length == 0 ? [] : blocks[0].Values(0).ToArray();

    /// <summary>Keeps the rows from being cleared until <see cref="Leave"/>.</summary>
    /// <returns>False when a newer snapshot has taken this one's place and the last reader has left.</returns>
    public bool TryEnter()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    /// <summary>Ends what <see cref="TryEnter"/> began. The last to leave clears what nobody can read any more.</summary>
    public void Leave()
    {
        // A loop, not a recursion: of many snapshots that one slow reader has held, each lets go of the next.
        for (var snapshot = this; snapshot is not null && Interlocked.Decrement(ref snapshot._holders) == 0; snapshot = snapshot._next)
        {
            // Readers of this one have left, and those of all older ones, which hold it. Newer ones don't have these blocks.
            foreach (var block in snapshot._replaced)
            {
                block.Clear();
                snapshot._discard?.Invoke(block);
            }
        }
    }

    /// <summary>Ends this snapshot's time, on behalf of the one who published it.</summary>
    /// <param name="next">The snapshot in its place: readers find it already.</param>
    /// <param name="replaced">The blocks that the next one doesn't have.</param>
    /// <param name="discard">Takes a block that has been cleared.</param>
    public void Retire(GallerySnapshot next, IReadOnlyList<RowBlock> replaced, Action<RowBlock>? discard)
    {
        (_next, _replaced, _discard) = (next, replaced, discard);
        Leave();
    }

    /// <summary>Lets a predecessor hold this one; to be called before anybody can see it.</summary>
    public void HoldForPredecessor() => _holders++;

    /// <summary>Finds the nearest people to each of several probes, in one pass over the rows.</summary>
    /// <param name="probes">The probes.</param>
    /// <param name="people">How many people at most for each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe NearestPeople[] Search(IReadOnlyList<SearchProbe> probes, int people)
    {
        var found = new NearestPeople[probes.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = new NearestPeople(people);
        }

        var dots = stackalloc int[RowBlock.Rows];
        var rows = stackalloc int[RowBlock.Rows];
        foreach (var block in blocks)
        {
            for (var i = 0; i < found.Length; i++)
            {
                var (probe, nearest) = (probes[i], found[i]);
                var (code, bias) = (probe.Code.Code, probe.Code.Bias);
                fixed (sbyte* numbers = probe.Code.Numbers)
                {
                    CodeScan.Dots(block.Codes, coder.Groups, (int*)numbers, dots);
                }

                var limit = LimitOf(code, block, nearest.Limit);
                var count = 0;
                for (var row = 0; row < block.Count; row += RowsOfMask)
                {
                    var near = CodeScan.Near(dots + row, block.Norms + row, block.Scales + row, bias, 2 * code.Scale, limit);
                    for (; near != 0; near &= near - 1)
                    {
                        rows[count++] = row + BitOperations.TrailingZeroCount(near);
                    }
                }

                if (count > 0)
                {
                    Compare(block, new Span<int>(rows, count), probe, nearest);
                }
            }
        }

        return found;
    }

    /// <summary>What <see cref="Search"/> is held to: every row by the encoder's metric, one after the other.</summary>
    public NearestPeople SearchOneByOne(SearchProbe probe, int people)
    {
        var found = new NearestPeople(people);
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Owner(row).Id != probe.Except)
                {
                    found.Offer(block, row, coder.Distance(probe.Values, block.Values(row)));
                }
            }
        }

        return found;
    }

    // Squared distance of two codes = the probe's norm + the row's − 2 × dot: the probe's is taken to the other side. Beyond the limit
    // is who is farther than the farthest found by more than both errors; the last term is the rounding of this very computation.
    private float LimitOf(Code probe, RowBlock block, float farthest)
    {
        var reach = coder.Reach(farthest) + probe.Error + block.MaxError;
        return MathF.BitIncrement((float)((reach * reach) - probe.Norm + (2e-6 * (probe.Norm + (double)block.MaxNorm))));
    }

    // The nearest first, so that the metric is asked of few: what is left beyond the new limit needs no more looking at.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Compare(RowBlock block, Span<int> rows, SearchProbe probe, NearestPeople found)
    {
        Span<float> keys = stackalloc float[RowBlock.Rows];
        for (var i = 0; i < rows.Length; i++)
        {
            // What lies behind the last row has a code of zeros and no owner.
            if (rows[i] >= block.Count || block.Owner(rows[i]).Id == probe.Except)
            {
                rows[i] = Done;
                continue;
            }

            keys[i] = coder.Key(probe.Values, block.Values(rows[i]));
        }

        while (true)
        {
            var (limit, next) = (coder.KeyLimit(found.Limit), -1);
            for (var i = 0; i < rows.Length; i++)
            {
                if (rows[i] != Done && !(keys[i] > limit) && (next < 0 || !(keys[i] >= keys[next])))
                {
                    next = i;
                }
            }

            if (next < 0)
            {
                return;
            }

            found.Offer(block, rows[next], coder.Distance(probe.Values, block.Values(rows[next])));
            rows[next] = Done;
        }
    }
}

/// <summary>What is looked for.</summary>
internal sealed class SearchProbe(RowCoder coder, ReadOnlyMemory<float> values, Guid? except = null)
{
    private readonly ReadOnlyMemory<float> _values = values;

    public ReadOnlySpan<float> Values => _values.Span;

    public ProbeCode Code { get; } = coder.MakeProbe(values.Span);

    /// <summary>Who is passed over; null for nobody.</summary>
    public Guid? Except { get; } = except;

    /// <summary>Takes the numbers of the code out of memory, where the probe is somebody's of the gallery.</summary>
    public void Clear() => Array.Clear(Code.Numbers);
}
