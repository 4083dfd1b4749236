using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Frat.Cli.People;

/// <summary>The options by which a user attests that people agreed to be recognised.</summary>
internal sealed class AttestationOptions
{
    private const string DefaultPurpose = "Attendance by facial recognition";

    public AttestationOptions()
    {
        Version = Text("--consent-version", "VERSION", "The version of the text that the people agreed to.", Consent.MaxTextVersionLength);
        By = Text(
            "--consent-attested-by",
            "NAME",
            "Who attests that they agreed, and does this: goes to the consent and to the audit trail.",
            Actor.MaxIdLength);
        Purpose = Text("--consent-purpose", "TEXT", $"What they agreed to. Default: {DefaultPurpose}.", Consent.MaxPurposeLength);
        Expires = new Option<DateOnly?>("--consent-expires")
        {
            Description = "The first day on which the consent no longer holds. Default: it has no end.",
            HelpName = "YYYY-MM-DD",
            CustomParser = result => ParseDate(result, "--consent-expires"),
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

    /// <summary>A date as YYYY-MM-DD.</summary>
    public static DateOnly? ParseDate(ArgumentResult result, string name)
    {
        var text = result.Tokens.Single().Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        result.AddError($"{name} takes a date as YYYY-MM-DD, not '{text}'.");
        return null;
    }

    /// <summary>An option that takes a text of limited length that can be shown.</summary>
    public static Option<string?> Text(string name, string helpName, string description, int maxLength)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (string.IsNullOrWhiteSpace(token.Value) || token.Value.Length > maxLength || token.Value.Any(char.IsControl)))
            {
                result.AddError($"{name} takes 1 to {maxLength} characters.");
            }
        });
        return option;
    }

    private DateTimeOffset? ExpiresAt(ParseResult parsed) =>
        parsed.GetValue(Expires) is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
