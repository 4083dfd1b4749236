using System.Text.Json.Serialization;

namespace Frat.Compare.Load;

/// <summary>What <c>benchmarks/host-load/load.js</c> does.</summary>
internal sealed record LoadPlan
{
    /// <summary>How long a person has the door: somebody new comes so often.</summary>
    public const int VisitSeconds = 4;

    /// <summary>How long of that there is a face. Whoever was seen has to be gone for two seconds before the next look counts.</summary>
    public const int FaceSeconds = 2;

    /// <summary>What the IDs of this run's newcomers have in them.</summary>
    public required string Run { get; init; }

    public required Uri Address { get; init; }

    public required int Seconds { get; init; }

    [JsonPropertyName("visitSeconds")]
    public int Visit { get; init; } = VisitSeconds;

    [JsonPropertyName("faceSeconds")]
    public int Face { get; init; } = FaceSeconds;

    /// <summary>The frame of a door with nobody before it.</summary>
    public required string Empty { get; init; }

    public required IReadOnlyList<PlannedKiosk> Kiosks { get; init; }

    public PlannedOffice? Office { get; init; }
}

/// <summary>A paired device, and who comes to it in turn.</summary>
internal sealed record PlannedKiosk(string Name, string Cookie, IReadOnlyList<PlannedVisit> Visits);

/// <summary>Somebody, and the frames of them.</summary>
internal sealed record PlannedVisit(string Name, IReadOnlyList<string> Frames);

/// <summary>Who registers newcomers, by which photo, and every how many seconds.</summary>
internal sealed record PlannedOffice(string Cookie, string Photo, double Every);

/// <summary>What came of it.</summary>
internal sealed record LoadResult(
    IReadOnlyList<Look> Looks,
    IReadOnlyList<CheckIn> CheckIns,
    IReadOnlyList<Registration> Enrolments,
    IReadOnlyList<string> Errors)
{
    /// <summary>Each booking once: its answer is given again while the face stays.</summary>
    public IReadOnlyList<CheckIn> Bookings { get; } = [.. CheckIns.DistinctBy(checkIn => checkIn.Punch)];
}

/// <summary>A frame with a face, and how long its answer took; busy where the one before had none yet.</summary>
internal sealed record Look(double Ms, bool Busy);

/// <summary>A frame whose answer told of a punch.</summary>
internal sealed record CheckIn(string Kiosk, double Ms, Guid Punch, string State, string? Name, string? Who);

/// <summary>Somebody who was registered.</summary>
internal sealed record Registration(string Id, double Ms);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadPlan))]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadJson : JsonSerializerContext;
