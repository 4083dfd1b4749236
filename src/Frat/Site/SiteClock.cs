using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>The clock of the site: which zone decides the day of a punch, and what time it is there.</summary>
/// <remarks>Thread-safe; one instance serves the process.</remarks>
public sealed class SiteClock
{
    private readonly TimeProvider _time;

    /// <summary>Finds the zone: the one that <see cref="FratOptions.TimeZone"/> names, or else the machine's.</summary>
    /// <exception cref="OptionsValidationException">None is named, and the machine's has no IANA id that is known.</exception>
    internal SiteClock(IOptions<FratOptions> options, TimeProvider time)
    {
        _time = time;
        if (options.Value.TimeZone is { } id)
        {
            (Zone, Source) = (SiteZone.Find(id), nameof(FratOptions.TimeZone));
            return;
        }

        Zone = MachineZone.Find(
            time.LocalTimeZone, out var source) ?? throw new OptionsValidationException(nameof(FratOptions), typeof(FratOptions), [
            $"{nameof(FratOptions.TimeZone)} is not set, and it can't be told which zone this machine is in ({source}). Set it to the IANA id of the site's zone, such as \"Europe/Berlin\".",
        ]);
        (IsMachineZone, Source) = (true, source);
    }

    /// <summary>The zone of the site.</summary>
    public SiteZone Zone { get; }

    /// <summary>Whether the zone is the machine's, because <see cref="FratOptions.TimeZone"/> names none.</summary>
    public bool IsMachineZone { get; }

    /// <summary>The moment, in UTC, to the microsecond: what every database keeps.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = _time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>What the clock on the site's wall shows.</summary>
    public DateTime LocalNow => Zone.ToLocal(Now);

    /// <summary>The date at the site.</summary>
    public DateOnly Today => DateOnly.FromDateTime(LocalNow);

    /// <summary>Where the zone is set, for messages.</summary>
    internal string Source { get; }
}
