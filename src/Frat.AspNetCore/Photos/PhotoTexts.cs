namespace Frat.AspNetCore;

/// <summary>What people are told of a photo, in the words of the API.</summary>
internal static class PhotoTexts
{
    public static string Of(PhotoVerdict verdict) => verdict switch
    {
        PhotoVerdict.Good => "This photo is good.",
        PhotoVerdict.NoFace => "No face was found. Use a photo that shows the face from the front, in good light.",
        PhotoVerdict.Blurred => "The face is blurred. Hold still, wipe the lens, or use a sharper photo.",
        PhotoVerdict.Turned => "The face is turned aside. Use a photo that shows it from the front.",
        PhotoVerdict.TooDark => "The face is too dark. Turn towards the light.",
        PhotoVerdict.TooBright => "The light on the face is too strong. Move out of the direct light.",
        PhotoVerdict.SeveralFaces => "More than one face was found. Use a photo of one person alone.",
        _ => "The face is too small. Come closer to the camera, or use a larger photo.",
    };
}
