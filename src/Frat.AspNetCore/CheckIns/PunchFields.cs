using System.Text;
using Microsoft.Extensions.Options;

namespace Frat.AspNetCore;

/// <summary>What check-ins and punches without a face have in common: where, by what device, when, and once only.</summary>
internal sealed record PunchFields
{
    public const string Source = "source";
    public const string Site = "site";
    public const string DeviceId = "deviceId";
    public const string CapturedAt = "capturedAt";
    public const string Direction = "direction";
    public const string IdempotencyKey = "Idempotency-Key";

    private const string DefaultSource = "web";
    private const int MaxSiteLength = 100;

    public static RequestHeader KeyHeader { get; } = new(
        IdempotencyKey, "A key of the caller's choice, new for each punch.", Punch.MaxIdempotencyKeyLength);

    /// <summary>The kiosk, or what else it came by.</summary>
    public required string By { get; init; }

    public required string? Where { get; init; }

    public required Guid? Device { get; init; }

    public required DateTimeOffset? When { get; init; }

    public required string? Key { get; init; }

    /// <summary>What is wrong with them.</summary>
    public required (string Field, string? Error)[] Errors { get; init; }

    public static FratProblem KeyReused { get; } = new(
        StatusCodes.Status422UnprocessableEntity,
        "idempotencyKeyReused",
        "This Idempotency-Key belongs to another check-in: of another person, photo or day. Nothing was recorded; use a new key for each "
            + "check-in.");

    /// <summary>Reads them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="source">The kiosk, as it was sent; null where it wasn't.</param>
    /// <param name="site">The site.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="capturedAt">The moment.</param>
    public static PunchFields Read(HttpContext context, string? source, string? site, string? device, string? capturedAt)
    {
        var by = source?.Trim() is { Length: > 0 } text ? text : DefaultSource;
        var where = site?.Trim() is { Length: > 0 } name ? name : null;
        var key = context.Request.Headers[IdempotencyKey].ToString() is { Length: > 0 } header ? header : null;
        var id = Guid.TryParse(device, out var known) ? known : (Guid?)null;
        var when = string.IsNullOrWhiteSpace(capturedAt) ? null : Instants.ReadWithOffset(capturedAt.Trim());
        return new PunchFields
        {
            By = by,
            Where = where,
            Device = id,
            When = when,
            Key = key,
            Errors =
            [
                (Source, by.Length > Punch.MaxSourceLength || !CanBeShown(by)
                    ? $"The source has at most {Punch.MaxSourceLength} characters that can be shown."
                    : null),
                (Site, where is null || IsSite(context, where) ? null : "There is no such site."),
                (DeviceId, id is null && !string.IsNullOrWhiteSpace(device) ? "Write the device's id as a GUID." : null),
                (CapturedAt, string.IsNullOrWhiteSpace(capturedAt) ? null
                    : !TrustsClockOf(context) ? "Leave this out: the moment is not taken from this caller."
                    : when is null ? Instants.WithOffsetError
                    : null),
                (IdempotencyKey, key is not null && (key.Length > Punch.MaxIdempotencyKeyLength
                    || string.IsNullOrWhiteSpace(key)
                    || !CanBeShown(key)) ? $"The key has 1 to {Punch.MaxIdempotencyKeyLength} characters that can be shown." : null),
            ],
        };
    }

    private static bool IsSite(HttpContext context, string name) =>
        name.Length <= MaxSiteLength
        && context.RequestServices.GetRequiredService<SiteClock>().Sites.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool TrustsClockOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<FratEndpointOptions>>().Value.TrustsClockOf(context);

    // JSON may hold half a surrogate pair, which no database keeps.
    private static bool CanBeShown(string text) =>
        !text.Any(char.IsControl) && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
