namespace Frat.Vision.Tests.Alignment;

public sealed class AffineTransformTests
{
    [Fact]
    public void SimilarityBetween_TurnedScaledAndMovedPoints_FindsHow()
    {
        double[] from = [0, 0, 10, 0, 3, 7, -4, 2];
        var (sin, cos) = Math.SinCos(0.3);
        var to = new double[from.Length];
        for (var i = 0; i < from.Length; i += 2)
        {
            to[i] = (2 * ((cos * from[i]) - (sin * from[i + 1]))) + 5;
            to[i + 1] = (2 * ((sin * from[i]) + (cos * from[i + 1]))) - 3;
        }

        var transform = AffineTransform.SimilarityBetween<double>(from, to);

        for (var i = 0; i < from.Length; i += 2)
        {
            var (x, y) = transform.Apply(from[i], from[i + 1]);
            x.ShouldBe(to[i], 1e-12);
            y.ShouldBe(to[i + 1], 1e-12);
        }
    }

    [Fact]
    public void SimilarityBetween_MirroredPoints_DoesNotMirror()
    {
        var transform = AffineTransform.SimilarityBetween<float>([0, 0, 1, 0, 0, 1], [0, 0, -1, 0, 0, 1]);

        ((transform.M11 * transform.M22) - (transform.M12 * transform.M21)).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void SimilarityBetween_OnePoint_OnlyMoves() =>
        AffineTransform.SimilarityBetween<double>([1, 2], [4, 6]).ShouldBe(new AffineTransform(1, 0, 0, 1, 3, 4));

    [Fact]
    public void SimilarityBetween_NotAsMany_Throws()
    {
        Should.Throw<ArgumentException>(() => AffineTransform.SimilarityBetween<double>([1, 2], [1, 2, 3, 4]));
        Should.Throw<ArgumentException>(() => AffineTransform.SimilarityBetween<double>([], []));
        Should.Throw<ArgumentException>(() => AffineTransform.SimilarityBetween<double>([1, 2, 3], [1, 2, 3]));
    }
}
