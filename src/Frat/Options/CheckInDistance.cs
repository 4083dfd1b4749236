namespace Frat;

/// <summary>From how far people are recognised at the door: how large a face is at least, from one eye to the other.</summary>
public enum CheckInDistance
{
    /// <summary>Whoever is found at all: a photo of any kind will do.</summary>
    Any,

    /// <summary>
    /// 30 pixels, below which there is little to tell people apart by: about a metre and a half from a camera of 640×480.
    /// </summary>
    Far,

    /// <summary>45 pixels: about a metre from such a camera.</summary>
    Middle,

    /// <summary>70 pixels: about an arm's length. Nobody is taken in passing.</summary>
    Near,
}
