namespace Frat.Dlib;

/// <summary>A box that a detector found. Several of them may be of one face, until overlapping ones are taken out.</summary>
/// <param name="Box">Where, in pixels of the image that was given.</param>
/// <param name="Score">How far the detector's answer is above its threshold, 0 and up.</param>
internal readonly record struct DetectedBox(FaceBox Box, double Score);
