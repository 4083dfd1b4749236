using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>The clock of a site: which zone decides the day of a punch, and what time it is there.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. It is the clock of <see cref="FratOptions.Site"/>; those of further sites are found by
/// <see cref="At"/>.
/// </remarks>
public sealed class SiteClock
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, SiteClock> _others = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the zone: the one that <see cref="SiteOptions.TimeZone"/> names, or else the machine's.</summary>
    /// <exception cref="OptionsValidationException">None is named, and the machine's has no IANA id that is known.</exception>
    internal SiteClock(IOptions<FratOptions> options, TimeProvider time)
    {
        _time = time;
        foreach (var (name, site) in options.Value.Sites)
        {
            _others.Add(name, new SiteClock(name, SiteZone.Find(site.TimeZone!), time));
        }

        if (options.Value.Site.TimeZone is { } id)
        {
            (Zone, Source) = (SiteZone.Find(id), Setting);
            return;
        }

        Zone = MachineZone.Find(
            time.LocalTimeZone, out var source) ?? throw new OptionsValidationException(nameof(FratOptions), typeof(FratOptions), [
            $"{Setting}: is not set, and it can't be told which zone this machine is in ({source}). Set it to the IANA id of the site's "
                + "zone, such as \"Europe/Berlin\".",
        ]);
        (IsMachineZone, Source) = (true, source);
    }

    private SiteClock(string name, SiteZone zone, TimeProvider time) =>
        (Name, Zone, Source, _time) = (name, zone, $"Sites.{name}.TimeZone", time);

    /// <summary>The name of one of <see cref="FratOptions.Sites"/>; null of <see cref="FratOptions.Site"/>.</summary>
    public string? Name { get; }

    /// <summary>The zone of the site.</summary>
    public SiteZone Zone { get; }

    /// <summary>Whether the zone is the machine's, because <see cref="SiteOptions.TimeZone"/> names none.</summary>
    public bool IsMachineZone { get; }

    /// <summary>The moment, in UTC, to the microsecond: what every database keeps.</summary>
    public DateTimeOffset Now => Cut(_time.GetUtcNow());

    /// <summary>What the clock on the site's wall shows.</summary>
    public DateTime LocalNow => Zone.ToLocal(Now);

    /// <summary>The date at the site.</summary>
    public DateOnly Today => DateOnly.FromDateTime(LocalNow);

    /// <summary>The names of the further sites, in order.</summary>
    public IReadOnlyList<string> Sites => [.. _others.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Where the zone is set, for messages.</summary>
    internal string Source { get; }

    private static string Setting => $"{nameof(FratOptions.Site)}.{nameof(SiteOptions.TimeZone)}";

    /// <summary>Finds the clock of a site.</summary>
    /// <param name="site">One of <see cref="FratOptions.Sites"/>; null for this clock itself.</param>
    /// <returns>The clock.</returns>
    /// <exception cref="ArgumentException">No such site is set up.</exception>
    public SiteClock At(string? site) => site is null ? this : _others.GetValueOrDefault(site)
        ?? throw new ArgumentException(
            $"There is no site \"{site}\" in {nameof(FratOptions)}.{nameof(FratOptions.Sites)}, which has {_others.Count}.", nameof(site));

    /// <summary>Cuts a moment to the microsecond: what every database keeps.</summary>
    internal static DateTimeOffset Cut(DateTimeOffset moment)
    {
        moment = moment.ToUniversalTime();
        return moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
