using System.CommandLine;

namespace Frat.Cli.People;

/// <summary>The options by which a user attests that people agreed to be recognised.</summary>
internal sealed class AttestationOptions
{
    private const string DefaultPurpose = "Attendance by facial recognition";

    public AttestationOptions()
    {
        Version = TypedOptions.Text(
            "--consent-version", "VERSION", "The version of the text that the people agreed to.", Consent.MaxTextVersionLength);
        By = TypedOptions.Text(
            "--consent-attested-by",
            "NAME",
            "Who attests that they agreed, and does this: goes to the consent and to the audit trail.",
            Actor.MaxIdLength);
        Purpose = TypedOptions.Text(
            "--consent-purpose", "TEXT", $"What they agreed to. Default: {DefaultPurpose}.", Consent.MaxPurposeLength);
        Expires = new Option<DateOnly?>("--consent-expires")
        {
            Description = "The first day on which the consent no longer holds. Default: it has no end.",
            HelpName = "YYYY-MM-DD",
            CustomParser = result => TypedOptions.ParseDate(result, "--consent-expires"),
        };
    }

    public Option<string?> Version { get; }

    public Option<string?> By { get; }

    public Option<string?> Purpose { get; }

    public Option<DateOnly?> Expires { get; }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Version, By, Purpose, Expires])
        {
            command.Add(option);
        }
    }

    /// <summary>What was attested.</summary>
    public Consent Read(ParseResult parsed, DateTimeOffset now) => new()
    {
        TextVersion = parsed.GetRequiredValue(Version)!,
        Purpose = parsed.GetValue(Purpose) ?? DefaultPurpose,
        Basis = ConsentBasis.Attested,
        GivenAt = now,
        ExpiresAt = ExpiresAt(parsed),
        RecordedBy = Actor.Claimed(parsed.GetRequiredValue(By)!),
    };

    /// <summary>What holds for the lines of a list that don't say otherwise.</summary>
    public PeopleImportOptions ReadDefaults(ParseResult parsed, int workers) =>
        new(parsed.GetValue(Version), parsed.GetValue(By), parsed.GetValue(Purpose) ?? DefaultPurpose, ExpiresAt(parsed), workers);

    private DateTimeOffset? ExpiresAt(ParseResult parsed) =>
        parsed.GetValue(Expires) is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
