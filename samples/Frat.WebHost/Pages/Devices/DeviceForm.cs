namespace Frat.WebHost.Pages.Devices;

/// <summary>What the forms of devices ask for.</summary>
internal sealed class DeviceForm
{
    /// <summary>What is said of a value that no choice has.</summary>
    public const string NotChosen = "Choose how punches are taken.";

    public string? Name { get; set; }

    public string? Site { get; set; }

    public PunchDirection Direction { get; set; }

    public KioskTrigger Trigger { get; set; }

    public bool KeepsPictures { get; set; }

    public static DeviceForm Of(Device device) => new()
    {
        Name = device.Name,
        Site = device.Site,
        Direction = device.Direction,
        Trigger = device.Trigger,
        KeepsPictures = device.KeepsPictures,
    };

    public DeviceSettings Read() =>
        new(Person.Normalize(Name), string.IsNullOrEmpty(Site) ? null : Site, Direction, Trigger, KeepsPictures);
}
