using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Frat.Cli;

/// <summary>What options that several commands have take, and what they say of anything else.</summary>
internal static class TypedOptions
{
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

    /// <summary>An option that takes one of a few words, the first of which is the default.</summary>
    public static Option<string> Choice(string name, string helpName, string description, IReadOnlyCollection<string> choices)
    {
        var names = string.Join(", ", choices);
        var option = new Option<string>(name)
        {
            Description = string.Format(CultureInfo.InvariantCulture, description, names),
            DefaultValueFactory = _ => choices.First(),
            HelpName = helpName,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !choices.Contains(token.Value))
            {
                result.AddError($"{name} '{token.Value}' is not known; there is: {names}.");
            }
        });
        return option;
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
}
