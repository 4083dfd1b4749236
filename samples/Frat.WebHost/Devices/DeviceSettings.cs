namespace Frat.WebHost;

/// <summary>What a device is set to.</summary>
internal sealed record DeviceSettings(string Name, string? Site, PunchDirection Direction, KioskTrigger Trigger, bool KeepsPictures)
{
    public static DeviceSettings Of(Device device) =>
        new(device.Name, device.Site, device.Direction, device.Trigger, device.KeepsPictures);

    /// <summary>All but the name, in words.</summary>
    public string Describe() => string.Join(", ", ((string?[])
    [
        Site,
        Direction switch { PunchDirection.In => "entrance", PunchDirection.Out => "exit", _ => null },
        Trigger switch { KioskTrigger.Touch => "touch to begin", KioskTrigger.Button => "button", _ => "hands-free" },
        KeepsPictures ? "keeps pictures offline" : null,
    ]).OfType<string>());

    public override string ToString() => $"{Name} ({Describe()})";
}
