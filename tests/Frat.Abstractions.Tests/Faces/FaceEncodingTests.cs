using System.Buffers.Binary;

namespace Frat.Tests.Faces;

public sealed class FaceEncodingTests
{
    private static readonly float[] Values = [0.25f, -1.5f, 3f];

    [Fact]
    public void ToBytes_AnyValues_AreFloat32LittleEndian()
    {
        var bytes = new FaceEncoding("e", Values).ToBytes();

        bytes.Length.ShouldBe(12);
        Values.Select((value, i) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(4 * i)) == value).ShouldAllBe(same => same);
        FaceEncoding.FromBytes("e", bytes).ShouldBe(new FaceEncoding("e", Values));
    }

    [Fact]
    public void FromFloat64Bytes_NumpyBytes_GiveTheSameEncoding()
    {
        // numpy.array([0.25, -1.5, 3.0]).tobytes()
        var bytes = Convert.FromHexString("000000000000D03F000000000000F8BF0000000000000840");

        FaceEncoding.FromFloat64Bytes("e", bytes).ShouldBe(new FaceEncoding("e", Values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(13)]
    public void FromBytes_LengthOfNoWholeValues_Throws(int length)
    {
        Should.Throw<ArgumentException>(() => FaceEncoding.FromBytes("e", new byte[length]));
        Should.Throw<ArgumentException>(() => FaceEncoding.FromFloat64Bytes("e", new byte[length]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Constructor_ValueThatIsNotFinite_Throws(float value) =>
        Should.Throw<ArgumentException>(() => new FaceEncoding("e", [0f, value]));

    [Fact]
    public void FromFloat64Bytes_ValueBeyondFloat32_Throws()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, 1e300);

        Should.Throw<ArgumentException>(() => FaceEncoding.FromFloat64Bytes("e", bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Constructor_NoEncoderId_Throws(string encoderId) =>
        Should.Throw<ArgumentException>(() => new FaceEncoding(encoderId, Values));

    [Fact]
    public void Constructor_SourceChangedLater_KeepsItsOwnValues()
    {
        float[] source = [1f, 2f];
        var encoding = new FaceEncoding("e", source);

        source[0] = 9f;

        encoding.Values[0].ShouldBe(1f);
    }

    [Fact]
    public void EuclideanDistance_ThreeFourFive_IsFive() =>
        new FaceEncoding("e", [0f, 0f]).EuclideanDistance(new FaceEncoding("e", [3f, 4f])).ShouldBe(5f);

    [Fact]
    public void CosineDistance_OppositeAndSame_AreTwoAndZero()
    {
        var encoding = new FaceEncoding("e", [1f, 2f]);

        encoding.CosineDistance(new FaceEncoding("e", [-1f, -2f])).ShouldBe(2f, 1e-6f);
        encoding.CosineDistance(new FaceEncoding("e", [2f, 4f])).ShouldBe(0f, 1e-6f);
    }

    [Fact]
    public void EuclideanDistance_OtherEncoder_Throws() =>
        Should.Throw<ArgumentException>(() => new FaceEncoding("a", Values).EuclideanDistance(new FaceEncoding("b", Values)))
            .Message.ShouldContain("a[3] can't be compared with b[3]");

    [Fact]
    public void ToString_AnyEncoding_TellsNoValue() => new FaceEncoding("e", Values).ToString().ShouldBe("e[3]");

    [Fact]
    public void Equals_OtherEncoderOrValues_IsFalse()
    {
        var encoding = new FaceEncoding("e", Values);

        encoding.Equals(new FaceEncoding("f", Values)).ShouldBeFalse();
        encoding.Equals(new FaceEncoding("e", [0.25f, -1.5f, 4f])).ShouldBeFalse();
        encoding.GetHashCode().ShouldBe(new FaceEncoding("e", Values).GetHashCode());
    }

    [Fact]
    public void Equals_ZeroAndMinusZero_AreDifferentAsTheirHashesAre() =>
        new FaceEncoding("e", [0f]).Equals(new FaceEncoding("e", [-0f])).ShouldBeFalse();
}
