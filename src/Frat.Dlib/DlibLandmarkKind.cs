namespace Frat.Dlib;

/// <summary>Which of dlib's predictors finds the landmarks of a face.</summary>
public enum DlibLandmarkKind
{
    /// <summary>The corners of the eyes and the base of the nose (<c>shape_predictor_5_face_landmarks.dat</c>).</summary>
    Five,

    /// <summary>
    /// Jaw, eyebrows, nose, eyes and mouth (<c>shape_predictor_68_face_landmarks.dat</c>), in the order of the iBUG 300-W dataset that it
    /// was trained on. The licence of that dataset excludes commercial use.
    /// </summary>
    SixtyEight,
}
