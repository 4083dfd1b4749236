using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>Says at the start of a host which zone decides the day; a host that can't know it doesn't start.</summary>
internal sealed class SiteNote(SiteClock clock, ILogger<SiteClock> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.LocalNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (clock.IsMachineZone && clock.Zone.IsUtc)
        {
            logger.SiteInUtc(clock.Source, now);
        }
        else
        {
            logger.SiteZone(clock.Zone.Id, clock.IsMachineZone ? $"the machine's, {clock.Source}" : clock.Source, now);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
