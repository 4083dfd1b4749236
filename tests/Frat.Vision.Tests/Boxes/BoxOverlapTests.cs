namespace Frat.Vision.Tests.Boxes;

public sealed class BoxOverlapTests
{
    private static readonly BoxOverlap Overlap = new(maxIntersectionOverUnion: 0.5, maxCovered: 0.8);

    [Theory]
    [InlineData(0, 0, 9, 9, true)] // Itself.
    [InlineData(2, 0, 11, 9, true)] // 80 of 120 pixels in common.
    [InlineData(4, 0, 13, 9, false)] // 60 of 140.
    [InlineData(3, 3, 6, 6, true)] // Inside.
    [InlineData(5, 5, 14, 14, false)]
    [InlineData(10, 0, 19, 9, false)] // Side by side.
    public void AreOne_TwoBoxes_ByWhatTheyHaveInCommon(int left, int top, int right, int bottom, bool expected)
    {
        var (a, b) = (new FaceBox(0, 0, 9, 9), new FaceBox(left, top, right, bottom));

        Overlap.AreOne(a, b).ShouldBe(expected);
        Overlap.AreOne(b, a).ShouldBe(expected);
    }

    [Fact]
    public void Suppress_BoxesOfTwoFaces_KeepsTheSurestOfEach()
    {
        (string Name, FaceBox Box, double Score)[] found =
        [
            ("left, a little off", new(1, 0, 10, 9), 0.5),
            ("right", new(50, 0, 59, 9), 0.7),
            ("left", new(0, 0, 9, 9), 0.9),
            ("right, a little off", new(51, 1, 60, 10), 0.6),
        ];

        Overlap.Suppress(found, face => face.Box, face => face.Score).Select(face => face.Name).ShouldBe(["left", "right"]);
    }

    [Fact]
    public void Suppress_SameScore_KeepsTheOrder() =>
        Overlap.Suppress([30, 10, 20], left => new(left, 0, left + 5, 5), _ => 1).ShouldBe([30, 10, 20]);

    [Fact]
    public void Suppress_None_GivesNone() => Overlap.Suppress<int>([], _ => default, _ => 0).ShouldBeEmpty();
}
