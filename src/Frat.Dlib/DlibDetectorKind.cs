namespace Frat.Dlib;

/// <summary>How <see cref="DlibFaceEncoder"/> finds faces.</summary>
public enum DlibDetectorKind
{
    /// <summary>
    /// dlib's <c>get_frontal_face_detector</c>: linear filters over histograms of gradients (FHOG). Fast; finds upright faces that look at
    /// the camera. Its weights are part of this package.
    /// </summary>
    Hog,

    /// <summary>
    /// dlib's <c>cnn_face_detection_model_v1</c>: a convolutional network (MMOD), read from <c>mmod_human_face_detector.dat</c>, which is
    /// pulled when it is missing. Several times slower; also finds faces that are turned, tilted or partly hidden.
    /// </summary>
    Cnn,
}
