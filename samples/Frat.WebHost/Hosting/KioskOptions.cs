using System.ComponentModel.DataAnnotations;

namespace Frat.WebHost;

/// <summary>The section <c>Frat:Kiosk</c>: what holds for the page at every door.</summary>
internal sealed class KioskOptions
{
    /// <summary>
    /// Seconds after which a kiosk gives a request up, and keeps a punch by PIN until the host answers. Default 4; more for a host that is
    /// slow.
    /// </summary>
    [Range(1, 60)]
    public int PatienceSeconds { get; set; } = 4;
}
