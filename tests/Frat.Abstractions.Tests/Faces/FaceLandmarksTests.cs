namespace Frat.Abstractions.Tests.Faces;

public sealed class FaceLandmarksTests
{
    [Fact]
    public void Ctor_OtherNumberOfPoints_Throws() => Should.Throw<ArgumentException>(
        () => new FaceLandmarks(LandmarkScheme.EyeCorners, new FacePoint[4])).Message.ShouldStartWith(
            "The scheme 'eye-corners-5' has 5 points, not 4.");

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(0, float.NegativeInfinity)]
    public void Ctor_PointThatIsNoNumber_Throws(float x, float y) => Should.Throw<ArgumentException>(
        () => new FaceLandmarks(LandmarkScheme.EyeCenters, [default, default, new(x, y), default, default])).ParamName.ShouldBe("points");

    [Fact]
    public void Ctor_PointsThatChangeLater_KeepsTheFirst()
    {
        var points = new FacePoint[5];
        var landmarks = new FaceLandmarks(LandmarkScheme.EyeCenters, points);
        points[0] = new(7, 7);

        landmarks.Points[0].ShouldBe(default);
    }

    [Fact]
    public void Schemes_OfFrat_NameTheirOwnPoints()
    {
        foreach (var scheme in (LandmarkScheme[])[LandmarkScheme.EyeCorners, LandmarkScheme.EyeCenters, LandmarkScheme.Ibug68])
        {
            int[] named = [.. scheme.LeftEye, .. scheme.RightEye, scheme.Nose];
            named.ShouldBeUnique();
            named.ShouldAllBe(number => number >= 0 && number < scheme.Count);
        }
    }

    [Fact]
    public void Equals_SchemesOfOneId_AreOne()
    {
        var other = new LandmarkScheme { Id = "ibug-68", Count = 68, LeftEye = [36], RightEye = [42], Nose = 33 };

        other.ShouldBe(LandmarkScheme.Ibug68);
        other.GetHashCode().ShouldBe(LandmarkScheme.Ibug68.GetHashCode());
        other.ShouldNotBe(LandmarkScheme.EyeCorners);
    }
}
