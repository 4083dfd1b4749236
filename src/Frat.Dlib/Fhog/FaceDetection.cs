namespace Frat.Dlib;

/// <summary>A face that the detector found.</summary>
/// <param name="Box">Where, in pixels of the image that was given.</param>
/// <param name="Score">The margin over the detector's threshold, 0 and up.</param>
internal readonly record struct FaceDetection(FaceBox Box, float Score);
