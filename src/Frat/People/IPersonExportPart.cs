using System.Text.Json;

namespace Frat;

/// <summary>
/// What an application keeps of people beside FRAT's records, such as a PIN: registered as a service, it is written into the export of one
/// person's data, after all else.
/// </summary>
/// <remarks>Thread-safe; one instance serves the process.</remarks>
public interface IPersonExportPart
{
    /// <summary>The member of the document; none of those that <see cref="IPersonExportService"/> names.</summary>
    string Name { get; }

    /// <summary>Writes the member's value: exactly one, be it null.</summary>
    /// <param name="personId">Whose data.</param>
    /// <param name="json">Where to; the name is written. What it holds is to fit into memory.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when it is written.</returns>
    /// <exception cref="StoreException">The store failed; the document breaks off.</exception>
    ValueTask WriteAsync(Guid personId, Utf8JsonWriter json, CancellationToken cancellationToken = default);
}
