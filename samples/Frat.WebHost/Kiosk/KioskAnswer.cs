using System.Text.Json;
using System.Text.Json.Serialization;

namespace Frat.WebHost;

/// <summary>What a kiosk shows.</summary>
[JsonConverter(typeof(CamelCase))]
internal enum KioskState
{
    /// <summary>Nobody is there.</summary>
    Nobody,

    /// <summary>Somebody is there, and is being looked at.</summary>
    Near,

    /// <summary>Whoever is there is too far away.</summary>
    Closer,

    /// <summary>The face is too dark, or in glare.</summary>
    Light,

    /// <summary>The face is turned aside.</summary>
    Straight,

    /// <summary>Two people stand side by side.</summary>
    Several,

    /// <summary>Came.</summary>
    In,

    /// <summary>Went.</summary>
    Out,

    /// <summary>Came late.</summary>
    Late,

    /// <summary>Was booked a moment ago, or is in already.</summary>
    Again,

    /// <summary>Somebody is there who is not recognised.</summary>
    Unsure,

    /// <summary>Whoever is there has their answer already.</summary>
    Done,

    /// <summary>The ID or the PIN is wrong.</summary>
    WrongPin,

    /// <summary>Too many tries.</summary>
    Locked,

    /// <summary>A punch was taken back.</summary>
    Undone,
}

/// <summary>Writes the states as the page's style sheet names them.</summary>
internal sealed class CamelCase() : JsonStringEnumConverter<KioskState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>What a kiosk is told about a frame, a PIN or a punch that it kept.</summary>
internal sealed record KioskAnswer
{
    public required KioskState State { get; init; }

    /// <summary>Left, top, right and bottom of the face, as parts of the frame.</summary>
    public IReadOnlyList<double>? Box { get; init; }

    /// <summary>How far the vote is, from 0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>The punch, where one was booked: the same in an answer that is given again.</summary>
    public Guid? Punch { get; init; }

    public string? Name { get; init; }

    /// <summary>The large line beside the name: "In 08:59".</summary>
    public string? Line { get; init; }

    /// <summary>A second line, where there is something to add.</summary>
    public string? More { get; init; }

    /// <summary>What takes the punch back, for a short time.</summary>
    public string? Undo { get; init; }

    /// <summary>How long the device has to wait, in seconds.</summary>
    public int? RetryAfter { get; init; }

    public static KioskAnswer Of(KioskState state) => new() { State = state };
}

/// <summary>A punch by PIN, live or kept while the host couldn't be reached.</summary>
internal sealed record KioskPinRequest
{
    public required string EmployeeId { get; init; }

    public required string Pin { get; init; }

    /// <summary>New for each punch: sent again, it is booked once.</summary>
    public required string Key { get; init; }

    /// <summary>When it was, by the host's clock as the device knows it; only of a punch that it kept.</summary>
    public DateTimeOffset? CapturedAt { get; init; }
}

/// <summary>"Not you?"</summary>
internal sealed record KioskUndoRequest
{
    public required string Undo { get; init; }
}

/// <summary>What a kiosk says of itself each minute.</summary>
internal sealed record KioskBeat
{
    /// <summary>A state of its camera.</summary>
    public string? Camera { get; init; }

    /// <summary>How many punches it keeps.</summary>
    public int Waiting { get; init; }

    /// <summary>The version of the page that it shows.</summary>
    public string? Version { get; init; }

    /// <summary>How far its clock is ahead of the host's, as measured by the beat before.</summary>
    public double ClockAheadMs { get; init; }
}

/// <summary>What a kiosk is told at each beat: how it is set, and the time.</summary>
internal sealed record KioskOrders
{
    public required string Name { get; init; }

    public required string Zone { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required KioskTrigger Trigger { get; init; }

    public required bool KeepsPictures { get; init; }

    /// <summary>The version of the page that the host has: a kiosk with another one loads it when nobody is there.</summary>
    public required string Version { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(KioskAnswer))]
[JsonSerializable(typeof(KioskPinRequest))]
[JsonSerializable(typeof(KioskUndoRequest))]
[JsonSerializable(typeof(KioskBeat))]
[JsonSerializable(typeof(KioskOrders))]
internal sealed partial class KioskJson : JsonSerializerContext;
