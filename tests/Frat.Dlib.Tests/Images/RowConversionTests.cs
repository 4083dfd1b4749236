namespace Frat.Dlib.Tests.Images;

public sealed class RowConversionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(256)]
    public void ToSingle_Bytes_GivesTheSameAsACast(int length)
    {
        var source = Enumerable.Range(0, length).Select(i => (byte)(255 - i)).ToArray();
        var result = new float[length + 1];

        RowConversion.ToSingle(source, result);

        result.ShouldBe([.. source.Select(value => (float)value), 0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1000)]
    public void ToSingle_Words_GivesTheSameAsACast(int length)
    {
        var source = Enumerable.Range(0, length).Select(i => (ushort)(65_535 - (i * 61))).ToArray();
        var result = new float[length + 1];

        RowConversion.ToSingle(source, result);

        result.ShouldBe([.. source.Select(value => (float)value), 0]);
    }
}
