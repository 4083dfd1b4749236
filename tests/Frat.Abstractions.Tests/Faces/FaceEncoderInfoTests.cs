namespace Frat.Abstractions.Tests.Faces;

public sealed class FaceEncoderInfoTests
{
    private static readonly FaceEncoderInfo Info = new() { Id = "test", Dimension = 2, RecommendedMaxDistance = 0.6f };

    [Fact]
    public void Distances_ManyOthers_GivesEachInOrder() =>
        Info.Distances(Encoding(0, 0), [Encoding(3, 4), Encoding(0, 0), Encoding(0, -1)]).ShouldBe([5, 0, 1]);

    [Fact]
    public void Distances_AnotherEncoder_Throws() =>
        Should.Throw<ArgumentException>(() => Info.Distances(Encoding(0, 0), [new FaceEncoding("other", [0, 0])]));

    [Theory]
    [InlineData(0.6f, null, true)]
    [InlineData(0.61f, null, false)]
    [InlineData(0.61f, 0.7f, true)]
    [InlineData(0.6f, 0.5f, false)]
    public void IsMatch_Distance_IsHeldAgainstTheLargest(float distance, float? maxDistance, bool expected) =>
        Info.IsMatch(Encoding(0, 0), Encoding(distance, 0), maxDistance).ShouldBe(expected);

    private static FaceEncoding Encoding(float x, float y) => new("test", [x, y]);
}
