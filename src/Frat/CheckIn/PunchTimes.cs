namespace Frat;

/// <summary>When a punch was: now, when its device took it, or what a manager entered.</summary>
internal static class PunchTimes
{
    /// <summary>The moment of a request from a device.</summary>
    /// <exception cref="ArgumentException">It is out of the bounds of <see cref="CheckInRequest.CapturedAt"/>.</exception>
    public static DateTimeOffset OfDevice(SiteClock clock, DateTimeOffset? capturedAt)
    {
        var now = clock.Now;
        if (capturedAt is not { } captured)
        {
            return now;
        }

        if (captured > now + CheckInRequest.MaxCaptureAhead || captured < now - CheckInRequest.MaxCaptureAge)
        {
            throw new ArgumentException(
                $"The moment is not within the last {CheckInRequest.MaxCaptureAge.TotalHours} hours: the device's clock is wrong, or it "
                    + "was offline for too long.",
                nameof(capturedAt));
        }

        captured = SiteClock.Cut(captured);
        return captured < now ? captured : now;
    }

    /// <summary>The moment that a manager entered.</summary>
    /// <exception cref="ArgumentException">The clock on the site's wall never showed it.</exception>
    public static DateTimeOffset OfWall(SiteClock clock, DateTime localTime)
    {
        var instant = clock.Zone.ToInstant(DateTime.SpecifyKind(localTime, DateTimeKind.Unspecified), out var times);
        return times > 0
            ? SiteClock.Cut(instant)
            : throw new ArgumentException(
                "The clock on the site's wall never showed this time: it was put forward then.", nameof(localTime));
    }
}
