namespace Frat.Architecture.Tests;

/// <summary>In which order the folders of a project stand on each other.</summary>
/// <param name="Order">
/// From the bottom up: a folder may use those above its line in this list, and itself. Folders on one line, with <c>|</c> between them,
/// don't know each other. A name that ends in <c>.cs</c> is a file of the project's root that has a place of its own; <c>.</c> are the
/// others there.
/// </param>
internal sealed record Wall(string[] Order)
{
    private readonly Dictionary<string, int> _ranks = Order
        .SelectMany((line, rank) => line.Split(" | ").Select(room => (room, rank)))
        .ToDictionary(place => place.room, place => place.rank, StringComparer.Ordinal);

    /// <summary>The rooms of the order.</summary>
    public IEnumerable<string> Rooms => _ranks.Keys;

    /// <summary>The room of a file; null where it has none.</summary>
    public string? RoomOf(string file)
    {
        var folder = file.Contains('/') ? file[..file.LastIndexOf('/')] : _ranks.ContainsKey(file) ? file : ".";
        while (!_ranks.ContainsKey(folder))
        {
            if (!folder.Contains('/'))
            {
                return null;
            }

            folder = folder[..folder.LastIndexOf('/')];
        }

        return folder;
    }

    /// <summary>Whether one room may use another.</summary>
    public bool Allows(string from, string to) => from == to || _ranks[to] < _ranks[from];
}
