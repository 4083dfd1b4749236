namespace Frat.Dlib;

/// <summary>
/// Pages for large images. Memory that the system gives must be cleared by it first, and each page costs a trap when it is touched: for the
/// pixels of 1920×1080 that is more time than looking for faces in them. So the pages of the last images are kept, as long as there are
/// no more than <see cref="MaxKept"/> bytes.
/// </summary>
/// <remarks>Thread-safe. What is kept is cleared before: it may show a person.</remarks>
/// <param name="maxKept">The most bytes that are kept.</param>
internal sealed unsafe class PagePool(long maxKept)
{
    /// <summary>What <see cref="Shared"/> keeps at most: the two largest levels of a photo of 2048×2048.</summary>
    public const long MaxKept = 24 << 20;

    private readonly Lock _gate = new();
    private readonly List<(nint Pages, nuint Bytes)> _kept = [];

    /// <summary>That of this process.</summary>
    public static PagePool Shared { get; } = new(MaxKept);

    /// <summary>Bytes that are kept now.</summary>
    public long Kept { get; private set; }

    /// <summary>Takes pages whose content is undefined.</summary>
    /// <param name="bytes">How many bytes are needed; set to how many there are, which <see cref="GiveBack"/> must be told.</param>
    /// <exception cref="InsufficientMemoryException">There is no such room.</exception>
    public void* Take(ref nuint bytes)
    {
        lock (_gate)
        {
            var best = -1;
            for (var i = 0; i < _kept.Count; i++)
            {
                if (_kept[i].Bytes >= bytes && (best < 0 || _kept[i].Bytes < _kept[best].Bytes))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                (var pages, bytes) = _kept[best];
                _kept.RemoveAt(best);
                Kept -= (long)bytes;
                return (void*)pages;
            }
        }

        return NativeHeap.TakePages(bytes);
    }

    /// <summary>Gives back what <see cref="Take"/> gave. The oldest of what is kept goes first.</summary>
    public void GiveBack(void* pages, nuint bytes)
    {
        if ((long)bytes > maxKept)
        {
            NativeHeap.GiveBack(pages, bytes);
            return;
        }

        new Span<byte>(pages, (int)bytes).Clear();
        lock (_gate)
        {
            _kept.Add(((nint)pages, bytes));
            Kept += (long)bytes;
            while (Kept > maxKept)
            {
                var (oldest, length) = _kept[0];
                _kept.RemoveAt(0);
                Kept -= (long)length;
                NativeHeap.GiveBack((void*)oldest, length);
            }
        }
    }
}
