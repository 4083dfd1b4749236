using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Frat.AspNetCore;

[Description("A punch of somebody whose PIN the caller has verified.")]
internal sealed record PinPunchRequest(
    [property: Description("The kiosk or device. Default: `web`.")]
    string? Source = null,
    [property: Description("The site, where the host has several.")]
    string? Site = null,
    [property: Description("The device's id, a GUID.")]
    string? DeviceId = null,
    [property: Description("When it was, where the device was offline then: with its offset, and at most 24 hours ago.")]
    string? CapturedAt = null,
    [property: Description("Coming or going, where the device knows; else the rules find out.")]
    [property: JsonConverter(typeof(CamelCase<PunchDirection>))] PunchDirection Direction = PunchDirection.Undetermined)
    : IJsonRequest<PinPunchRequest>
{
    public static JsonTypeInfo<PinPunchRequest> Json => CheckInJson.Wire.PinPunchRequest;
}

[Description("A punch that a manager enters.")]
internal sealed record ManualPunchRequest(
    [property: Description("When it was, by the site's clock, as `YYYY-MM-DDTHH:MM:SS`; now when left out.")]
    string? LocalTime = null,
    [property: Description("The site, where the host has several.")]
    string? Site = null,
    [property: Description("Coming or going, where it is known; else the rules find out.")]
    [property: JsonConverter(typeof(CamelCase<PunchDirection>))] PunchDirection Direction = PunchDirection.Undetermined,
    [property: Description("What it was entered by. Default: `web`.")]
    string? Source = null,
    [property: Description("The device's id, a GUID.")]
    string? DeviceId = null,
    [property: Description("Who enters it.")]
    string? By = null,
    [property: Description("Why; required.")]
    string? Reason = null) : IJsonRequest<ManualPunchRequest>
{
    public static JsonTypeInfo<ManualPunchRequest> Json => CheckInJson.Wire.ManualPunchRequest;

    public static bool IsOptional => false;
}
