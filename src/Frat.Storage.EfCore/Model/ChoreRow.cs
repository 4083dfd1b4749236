namespace Frat.Storage.EfCore;

/// <summary>
/// Something that has to be done outside of a transaction, and was not done yet: a kill between the two must not lose it.
/// </summary>
internal sealed class ChoreRow
{
    /// <summary>The files still have templates in the clear: see <see cref="DatabaseProvider.ScrubTemplatesAsync"/>.</summary>
    public const string ScrubTemplates = "scrub templates";

    public required string Name { get; init; }
}
