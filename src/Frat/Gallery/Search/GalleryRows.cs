namespace Frat;

/// <summary>The writer's side of the gallery: changes people, and publishes what they have become. Not thread-safe.</summary>
/// <remarks>
/// What is published is never changed. A block is copied before its first change after that, so a person costs a few blocks, whatever the
/// size of the gallery. The last row moves into the place of a removed one.
/// </remarks>
internal sealed class GalleryRows(RowCoder coder, BlockPool pool)
{
    private readonly List<RowBlock> _blocks = [];
    private readonly Dictionary<Guid, Place> _places = [];
    private readonly List<RowBlock> _fresh = [];
    private readonly List<RowBlock> _replaced = [];
    private int _count;
    private int _templates;

    /// <summary>How many people are in.</summary>
    public int People => _places.Count;

    /// <summary>Makes somebody's rows these; without rows, takes them out.</summary>
    /// <param name="person">Who.</param>
    /// <param name="rows">What they are compared by.</param>
    /// <param name="templates">Of how many templates those are made.</param>
    public void Set(Person person, IReadOnlyList<float[]> rows, int templates)
    {
        Remove(person.Id);
        if (rows.Count == 0)
        {
            return;
        }

        var first = _count;
        int[]? others = rows.Count == 1 ? null : [.. Enumerable.Range(first + 1, rows.Count - 1)];
        foreach (var row in rows)
        {
            if (_count / RowBlock.Rows == _blocks.Count)
            {
                _blocks.Add(pool.Take());
                _fresh.Add(_blocks[^1]);
            }

            Writable(_count / RowBlock.Rows).Set(_count % RowBlock.Rows, person, row);
            _count++;
        }

        _places.Add(person.Id, new Place(first, others, templates));
        _templates += templates;
    }

    /// <summary>Takes somebody out, where they are in.</summary>
    public void Remove(Guid personId)
    {
        if (!_places.Remove(personId, out var place))
        {
            return;
        }

        _templates -= place.Templates;

        // From the highest row down, so that a row that moves is never one that is still to be removed.
        foreach (var row in (int[])[.. ((IEnumerable<int>)[place.First, .. place.Others ?? []]).OrderDescending()])
        {
            RemoveRow(row);
        }
    }

    /// <summary>What somebody's first row is, as the writer has it; empty where they aren't in.</summary>
    public ReadOnlySpan<float> FirstRow(Guid personId) =>
        _places.TryGetValue(personId, out var place) ? BlockOf(place.First).Values(place.First % RowBlock.Rows) : [];

    /// <summary>Makes a snapshot of all that is in.</summary>
    /// <returns>The snapshot, and the blocks of the one before that it doesn't have.</returns>
    public (GallerySnapshot Snapshot, IReadOnlyList<RowBlock> Replaced) Publish()
    {
        _fresh.ForEach(block => block.IsPublished = true);
        _fresh.Clear();
        RowBlock[] replaced = [.. _replaced];
        _replaced.Clear();
        return (new GallerySnapshot(coder, [.. _blocks]) { People = _places.Count, Templates = _templates }, replaced);
    }

    /// <summary>All published blocks: who puts other rows in the place of these has them cleared.</summary>
    public IReadOnlyList<RowBlock> Abandon() => [.. _blocks.Where(block => block.IsPublished), .. _replaced];

    private void RemoveRow(int row)
    {
        var last = _count - 1;
        if (row != last)
        {
            var moved = BlockOf(last).Owner(last % RowBlock.Rows);
            Writable(row / RowBlock.Rows).Set(row % RowBlock.Rows, moved, BlockOf(last).Values(last % RowBlock.Rows));
            _places[moved.Id] = _places[moved.Id].Move(last, row);
        }

        if (last % RowBlock.Rows == 0)
        {
            Drop(_blocks[^1]);
            _blocks.RemoveAt(_blocks.Count - 1);
        }
        else
        {
            Writable(last / RowBlock.Rows).RemoveLast();
        }

        _count--;
    }

    private RowBlock BlockOf(int row) => _blocks[row / RowBlock.Rows];

    private RowBlock Writable(int index)
    {
        var block = _blocks[index];
        if (!block.IsPublished)
        {
            return block;
        }

        var copy = pool.Take();
        copy.CopyFrom(block);
        _replaced.Add(block);
        _fresh.Add(copy);
        return _blocks[index] = copy;
    }

    private void Drop(RowBlock block)
    {
        if (block.IsPublished)
        {
            _replaced.Add(block);
        }
        else
        {
            _fresh.Remove(block);
            block.Clear();
            pool.Return(block);
        }
    }

    /// <summary>Where somebody's rows are; most people have one.</summary>
    private readonly record struct Place(int First, int[]? Others, int Templates)
    {
        public Place Move(int from, int to)
        {
            if (First == from)
            {
                return this with { First = to };
            }

            Others![Array.IndexOf(Others, from)] = to;
            return this;
        }
    }
}
