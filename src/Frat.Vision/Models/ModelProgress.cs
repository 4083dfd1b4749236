namespace Frat.Vision;

/// <summary>How far the pull of a model file, or of a package with several, is. Immutable.</summary>
public sealed record ModelProgress
{
    /// <summary>What is pulled: the name of a file, or a package and who fetches it.</summary>
    public required string What { get; init; }

    /// <summary>Bytes that came so far, those of an earlier pull that goes on among them.</summary>
    public required long Done { get; init; }

    /// <summary>Bytes in all, as they are transferred; null where the source doesn't say.</summary>
    public required long? Total { get; init; }

    /// <summary>Where the pull stands.</summary>
    public required ModelPullState State { get; init; }
}

/// <summary>Where a pull stands.</summary>
public enum ModelPullState
{
    /// <summary>The first report of a pull.</summary>
    Started,

    /// <summary>Something came.</summary>
    Running,

    /// <summary>The last report: everything came. Whether it is the right file is looked at next.</summary>
    Complete,

    /// <summary>The last report: the source failed, or the pull was broken off.</summary>
    Stopped,
}
