namespace Frat;

/// <summary>The keys that templates can be read with, and the one to write with. Immutable and thread-safe.</summary>
public sealed class TemplateKeyRing
{
    private readonly Dictionary<string, TemplateKey> _byId;

    /// <summary>Makes a ring.</summary>
    /// <param name="keys">
    /// At least one. The latest by <see cref="TemplateKey.CreatedAt"/> is written with; of several of one moment, the last.
    /// </param>
    /// <exception cref="ArgumentException">There is no key, or there are two of one id.</exception>
    public TemplateKeyRing(IEnumerable<TemplateKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Keys = [.. keys.OrderBy(key => key.CreatedAt)]; // Stable: what was given later is newer.
        if (Keys.Count == 0)
        {
            throw new ArgumentException("A key ring has at least one key.", nameof(keys));
        }

        if (Keys.GroupBy(key => key.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two keys have the id {twice.Key}.", nameof(keys));
        }

        _byId = Keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
    }

    /// <summary>All keys, the oldest first.</summary>
    public IReadOnlyList<TemplateKey> Keys { get; }

    /// <summary>The newest key, which templates are encrypted with from now on.</summary>
    public TemplateKey Current => Keys[^1];

    /// <summary>Finds a key.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The key, or null.</returns>
    public TemplateKey? Find(string id) => _byId.GetValueOrDefault(id);
}
