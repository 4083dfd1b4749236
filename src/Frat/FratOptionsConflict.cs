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
    private static readonly FratOptions Defaults = new();

    // By name, since a trimmed program keeps what is named.
    private static readonly (string Name, Func<FratOptions, object?> Read)[] Settings =
    [
        (nameof(FratOptions.MaxDistance), options => options.MaxDistance),
        (nameof(FratOptions.Margin), options => options.Margin),
        (nameof(FratOptions.MinFaceSize), options => options.MinFaceSize),
        (nameof(FratOptions.MinSharpness), options => options.MinSharpness),
        (nameof(FratOptions.MaxTurn), options => options.MaxTurn),
        (nameof(FratOptions.MinBrightness), options => options.MinBrightness),
        (nameof(FratOptions.MaxClipped), options => options.MaxClipped),
        (nameof(FratOptions.TimeZone), options => options.TimeZone),
    ];

    /// <summary>The names of the options that are looked at.</summary>
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
        foreach (var (setting, read) in Settings)
        {
            if (results.Select(read).Where(value => !Equals(value, read(Defaults))).Distinct().ToList() is [var first, var second, ..])
            {
                conflicts.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{setting} is set to {first} by one call of AddFrat() and to {second} by another. An application has one site and one set of options; for several tenants, give each a host of its own."));
            }
        }

        return conflicts.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(conflicts);
    }
}
