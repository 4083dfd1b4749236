namespace Frat;

/// <summary>
/// Writes everything that is kept of one person as a JSON document, for the person who asks for it: <c>{"document", "version",
/// "exportedAt", "person", "inactivePeriods", "consents", "templates", "punches", "days", "leaves", "assignments", "audit"}</c>, and a
/// member for each <see cref="IPersonExportPart"/>. Times of a site are without an offset, instants with one.
/// </summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Rows are read while the document is written, so that the memory it takes doesn't grow with
/// them: it is no snapshot, and what changes meanwhile may be in it or not.
/// </remarks>
public interface IPersonExportService
{
    /// <summary>
    /// Writes the document, and that it was asked for into the audit trail: before anything is given out, and also when it breaks off.
    /// </summary>
    /// <param name="personId">Whose data.</param>
    /// <param name="output">Where to; written asynchronously only, neither flushed nor closed. It need not be seekable.</param>
    /// <param name="note">Who exports, and why.</param>
    /// <param name="options">What else it holds; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call; what was written so far is no whole document.</param>
    /// <returns>False when there is no such person: nothing was written.</returns>
    /// <exception cref="ArgumentException">A text of the note is empty or too long.</exception>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    Task<bool> WriteAsync(
        Guid personId, Stream output, AuditNote note, PersonExportOptions? options = null, CancellationToken cancellationToken = default);
}
