namespace Frat.Dlib;

/// <summary>
/// dlib's mean faces (get_face_chip_details in dlib/image_transforms/interpolation.h): where landmarks lie in a unit square around the
/// face. Of 68 points, jaw, eyebrows and lower lip are left out, since they move.
/// </summary>
internal static class MeanFaces
{
    /// <summary>One for each of dlib's predictors.</summary>
    public static IReadOnlyList<MeanFace> All { get; } =
    [
        new()
        {
            Scheme = LandmarkScheme.EyeCorners,
            Points =
            [
                new(0, 0.8595674595992, 0.2134981538014), new(1, 0.6460604764104, 0.2289674387677),
                new(2, 0.1205750620789, 0.2137274526848), new(3, 0.3340850613712, 0.2290642403242),
                new(4, 0.4901123135679, 0.6277975316475),
            ],
        },
        new()
        {
            Scheme = LandmarkScheme.Ibug68,
            Points =
            [
                new(27, 0.490127, 0.203352), new(28, 0.490127, 0.307009), new(29, 0.490127, 0.409805), new(30, 0.490127, 0.515625),
                new(31, 0.36688, 0.587326), new(32, 0.426036, 0.609345), new(33, 0.490127, 0.628106), new(34, 0.554217, 0.609345),
                new(35, 0.613373, 0.587326), new(36, 0.121737, 0.216423), new(37, 0.187122, 0.178758), new(38, 0.265825, 0.179852),
                new(39, 0.334606, 0.231733), new(40, 0.260918, 0.245099), new(41, 0.182743, 0.244077), new(42, 0.645647, 0.231733),
                new(43, 0.714428, 0.179852), new(44, 0.793132, 0.178758), new(45, 0.858516, 0.216423), new(46, 0.79751, 0.244077),
                new(47, 0.719335, 0.245099), new(48, 0.254149, 0.780233), new(49, 0.340985, 0.745405), new(50, 0.428858, 0.727388),
                new(51, 0.490127, 0.742578), new(52, 0.551395, 0.727388), new(53, 0.639268, 0.745405), new(54, 0.726104, 0.780233),
                new(60, 0.290379, 0.784792), new(61, 0.428096, 0.778746), new(62, 0.490127, 0.785343), new(63, 0.552157, 0.778746),
                new(64, 0.689874, 0.784792),
            ],
        },
    ];
}
