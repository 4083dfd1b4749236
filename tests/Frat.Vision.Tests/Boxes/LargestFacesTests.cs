namespace Frat.Vision.Tests.Boxes;

public sealed class LargestFacesTests
{
    private static readonly FaceBox[] Faces =
        [new(0, 0, 9, 9), new(0, 0, 29, 9), new(5, 5, 34, 14), new(0, 0, 49, 49), new(int.MinValue, 0, int.MaxValue, 0)];

    [Theory]
    [InlineData(null, "01234")]
    [InlineData(9, "01234")]
    [InlineData(3, "134")]
    [InlineData(1, "4")]
    [InlineData(0, "")]
    public void Of_SomeAreAskedFor_KeepsTheLargestInTheirOrder(int? most, string expected) =>
        LargestFaces.Of(Faces, face => face, most).ShouldBe(expected.Select(number => Faces[number - '0']));
}
