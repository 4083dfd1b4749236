using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>What attributes can't say of <see cref="FratOptions"/>.</summary>
internal sealed class FratOptionsValidator : IValidateOptions<FratOptions>
{
    public ValidateOptionsResult Validate(string? name, FratOptions options)
    {
        List<string> failures = [];
        if (options.Site.TimeZone is { } zone && !SiteZone.IsKnown(zone))
        {
            failures.Add(Unknown("Site.TimeZone", zone));
        }

        foreach (var (site, settings) in options.Sites)
        {
            if (string.IsNullOrWhiteSpace(site) || site.Length > Punch.MaxSourceLength)
            {
                failures.Add($"Sites: the name \"{site}\" is none: 1 to {Punch.MaxSourceLength} characters are.");
            }
            else if (!SiteZone.IsKnown(settings.TimeZone))
            {
                failures.Add(Unknown($"Sites.{site}.TimeZone", settings.TimeZone));
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string Unknown(string option, string? zone) => zone is null
        ? $"{option}: is not set. Set it to the IANA id of the site's zone, such as \"Europe/Berlin\"."
        : $"{option}: \"{zone}\" is not the IANA id of a time zone, such as \"Europe/Berlin\".";
}
