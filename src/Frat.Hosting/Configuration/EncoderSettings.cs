namespace Frat.Hosting;

/// <summary>The keys of the section <c>Frat</c> that say which networks find and encode faces.</summary>
internal sealed class EncoderSettings
{
    public const string EncoderKey = "Frat:Encoder";
    public const string DetectorKey = "Frat:Detector";
    public const string AlsoKey = "Frat:AlsoEncodeWith";

    /// <summary>What encodes faces.</summary>
    public EncoderName Encoder { get; set; }

    /// <summary>What finds them; null for the encoder's own.</summary>
    public DetectorName? Detector { get; set; }

    /// <summary>Of which encoder whoever is enrolled gets templates as well; null for none.</summary>
    public EncoderName? AlsoEncodeWith { get; set; }
}

/// <summary>The encoders that are known by name.</summary>
internal enum EncoderName
{
    /// <summary>dlib's.</summary>
    Dlib,

    /// <summary>MobileFaceNet.</summary>
    MobileFaceNet,
}

/// <summary>The detectors that are known by name.</summary>
internal enum DetectorName
{
    /// <summary>One of dlib's, as <c>Frat:Dlib:Detector</c> says.</summary>
    Dlib,

    /// <summary>YuNet, with MobileFaceNet only: dlib's encoder can't align by its points.</summary>
    YuNet,
}
