namespace Frat.WebHost;

/// <summary>A person's PIN, as a hash: the way without the face. It goes with the person who is forgotten.</summary>
internal sealed class Pin
{
    public required Guid PersonId { get; init; }

    /// <summary>By ASP.NET Core Identity's hasher.</summary>
    public required string Hash { get; set; }

    public required DateTimeOffset SetAt { get; set; }

    /// <summary>The account that set it.</summary>
    public required string SetBy { get; set; }

    /// <summary>How many tries in a row failed.</summary>
    public int FailedTries { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}
