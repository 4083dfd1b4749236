namespace Frat;

/// <summary>
/// Where the keys of the templates come from. The stores of FRAT bring a file and an environment variable; an application that keeps its
/// keys in a vault registers its own implementation as a singleton before <c>UseSqlite()</c> or <c>UsePostgreSql()</c>.
/// </summary>
/// <remarks>Thread-safe. Stores call it for each write and each stream of templates: hold the ring in memory.</remarks>
public interface ITemplateKeyProvider
{
    /// <summary>Gives the keys.</summary>
    /// <param name="unknownKeyId">
    /// The id of a key that a template was encrypted with and that the last ring didn't have: another host may have rotated the keys, so
    /// look again where that is possible. Null otherwise.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ring.</returns>
    /// <exception cref="TemplateKeyException">
    /// There are no keys, or they can't be read. No store ever makes up for it with a key of its own.
    /// </exception>
    ValueTask<TemplateKeyRing> GetKeysAsync(string? unknownKeyId = null, CancellationToken cancellationToken = default);
}
