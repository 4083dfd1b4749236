namespace Frat.Testing;

/// <summary>What is wrong with a photo of <see cref="FakeFaces"/>.</summary>
public enum FakePhotoFault
{
    /// <summary>Nothing: it is good enough to enrol with.</summary>
    None,

    /// <summary>The face is blurred.</summary>
    Blurred,

    /// <summary>It was taken in the dark.</summary>
    Dark,

    /// <summary>The face is lost in glare.</summary>
    Bright,

    /// <summary>The head is turned aside.</summary>
    Turned,

    /// <summary>The face has 48 pixels.</summary>
    Small,
}
