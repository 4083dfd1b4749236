using System.Globalization;
using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>What one call of <c>AddFrat()</c> sets.</summary>
internal sealed record FratOptionsCall(Action<FratOptions> Configure);

/// <summary>
/// Refuses two calls of <c>AddFrat()</c> that set the same option to different values: the last would win, also for what the first call was
/// for, such as another site in another zone.
/// </summary>
internal sealed class FratOptionsConflict(IEnumerable<FratOptionsCall> calls) : IValidateOptions<FratOptions>
{
    private const string ForSeveral =
        "An application has one set of options; several sites are named in Sites, and several tenants have a host each.";

    private static readonly FratOptions Defaults = new();

    // By name, since a trimmed program keeps what is named.
    private static readonly (string Name, Func<FratOptions, object?> Read)[] Settings =
    [
        ("Recognition.MaxDistance", options => options.Recognition.MaxDistance),
        ("Recognition.TargetFalsePositiveRate", options => options.Recognition.TargetFalsePositiveRate),
        ("Recognition.Margin", options => options.Recognition.Margin),
        ("Recognition.Templates", options => options.Recognition.Templates),
        ("Recognition.Distance", options => options.Recognition.Distance),
        ("Recognition.MaxConcurrency", options => options.Recognition.MaxConcurrency),
        ("Enrollment.MinFaceSize", options => options.Enrollment.MinFaceSize),
        ("Enrollment.Jitter", options => options.Enrollment.Jitter),
        ("Enrollment.MinSharpness", options => options.Enrollment.MinSharpness),
        ("Enrollment.MaxTurn", options => options.Enrollment.MaxTurn),
        ("Enrollment.MinBrightness", options => options.Enrollment.MinBrightness),
        ("Enrollment.MaxClipped", options => options.Enrollment.MaxClipped),
        ("Site.TimeZone", options => options.Site.TimeZone),
    ];

    /// <summary>The names of the options that are looked at, besides those of further sites.</summary>
    public static IEnumerable<string> Names => Settings.Select(setting => setting.Name);

    public ValidateOptionsResult Validate(string? name, FratOptions options)
    {
        var results = calls.Select(call =>
        {
            var result = new FratOptions();
            call.Configure(result);
            return result;
        }).ToList();
        List<string> conflicts = [];
        var sites = results.SelectMany(result => result.Sites.Keys).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(site => ($"Sites.{site}.TimeZone", (Func<FratOptions, object?>)(options =>
                options.Sites.TryGetValue(site, out var settings) ? settings.TimeZone : null)));
        foreach (var (setting, read) in Settings.Concat(sites))
        {
            if (results.Select(read).Where(value => !Equals(value, read(Defaults))).Distinct().ToList() is [var first, var second, ..])
            {
                conflicts.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{setting} is set to {first} by one call of AddFrat() and to {second} by another. {ForSeveral}"));
            }
        }

        return conflicts.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(conflicts);
    }
}
