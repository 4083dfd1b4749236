namespace Frat;

/// <summary>
/// A place where people come and go. The names are the configuration keys of the section <c>Frat:Site</c>, and of each
/// <c>Frat:Sites:<i>name</i></c>.
/// </summary>
public sealed class SiteOptions
{
    /// <summary>
    /// The zone by IANA id, such as <c>Europe/Berlin</c>: it decides which day a punch belongs to. Null, the default of <c>Frat:Site</c>,
    /// takes the zone of the machine; a host whose machine doesn't say which zone it is in doesn't start then. Each of <c>Frat:Sites</c>
    /// has to name one. The rules of the zones are those that FRAT carries, not the machine's.
    /// </summary>
    public string? TimeZone { get; set; }
}
