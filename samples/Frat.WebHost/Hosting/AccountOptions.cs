using System.ComponentModel.DataAnnotations;

namespace Frat.WebHost;

/// <summary>The section <c>Frat:Accounts</c>: how long a sign-in holds.</summary>
internal sealed class AccountOptions
{
    /// <summary>Minutes without a request after which a session ends. Default 60.</summary>
    [Range(1, 24 * 60)]
    public int IdleMinutes { get; set; } = 60;

    /// <summary>Hours after the sign-in at which a session ends, however busy it is. Default 12.</summary>
    [Range(1, 30 * 24)]
    public int SessionHours { get; set; } = 12;
}
