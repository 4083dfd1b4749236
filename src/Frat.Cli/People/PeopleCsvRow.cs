namespace Frat.Cli.People;

/// <summary>A line of the file, as it was written; or, where <paramref name="Problem"/> isn't null, one that can't be used.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="EmployeeId">As written.</param>
/// <param name="Name">As written.</param>
/// <param name="Photos">The photos' names.</param>
/// <param name="Consent">What the consent's columns say.</param>
/// <param name="DuplicateReason">
/// Why the person may be enrolled although somebody has a like face; empty when there is no such reason.
/// </param>
/// <param name="Problem">What is wrong with the line itself.</param>
internal sealed record PeopleCsvRow(
    int Line,
    string EmployeeId,
    string Name,
    IReadOnlyList<string> Photos,
    ConsentColumns Consent,
    string DuplicateReason = "",
    string? Problem = null);

/// <summary>The columns about the consent, as written; empty where there are none.</summary>
internal sealed record ConsentColumns(string Version, string Purpose, string GivenAt, string ExpiresAt, string AttestedBy)
{
    public static ConsentColumns None { get; } = new("", "", "", "", "");
}
