using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>What attributes can't say of <see cref="FratOptions"/>.</summary>
internal sealed class FratOptionsValidator : IValidateOptions<FratOptions>
{
    public ValidateOptionsResult Validate(string? name, FratOptions options) =>
        options.TimeZone is null || SiteZone.IsKnown(options.TimeZone)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{nameof(FratOptions.TimeZone)} is \"{options.TimeZone}\", which is not the IANA id of a time zone, such as \"Europe/Berlin\".");
}
