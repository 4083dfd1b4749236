namespace Frat.Dlib.Tests.Serialization;

public sealed class DlibFileReaderTests
{
    [Theory]
    [InlineData("0100", 0)]
    [InlineData("0107", 7)]
    [InlineData("8107", -7)]
    [InlineData("028012", 0x1280)]
    [InlineData("8300ea01", -0x01EA00)]
    [InlineData("08ffffffffffffff7f", long.MaxValue)]
    [InlineData("88ffffffffffffff7f", -long.MaxValue)]
    public void ReadInteger_AnySizeAndSign_GivesTheValue(string hex, long expected)
    {
        using var reader = new DlibBytes().Raw(Convert.FromHexString(hex)).Open();
        reader.ReadInteger("a test", long.MinValue, long.MaxValue).ShouldBe(expected);
        reader.ExpectEnd();
    }

    [Theory]
    [InlineData("", "ends inside")]
    [InlineData("00", "control byte 0x00")]
    [InlineData("09010101010101010101", "control byte 0x09")]
    [InlineData("1101", "control byte 0x11")]
    [InlineData("4107", "control byte 0x41")]
    [InlineData("0401", "ends inside")]
    [InlineData("08ffffffffffffffff", "more than 63 bits")]
    [InlineData("010b", "found 11")]
    public void ReadInteger_NotOneInRange_NamesFileAndOffset(string hex, string problem)
    {
        using var reader = new DlibBytes().Raw(Convert.FromHexString(hex)).Open();
        var exception = Should.Throw<ModelFileException>(() => reader.ReadInteger("a test", 0, 10));
        exception.FileName.ShouldBe("test.dat");
        exception.Message.ShouldContain(problem);
        exception.Message.ShouldContain("'test.dat'");
        exception.Message.ShouldContain("at byte ");
    }

    [Theory]
    [InlineData("0100 0100", 0f)]
    [InlineData("0110 8104", 1f)]
    [InlineData("0103 8101", 1.5f)]
    [InlineData("8103 8101", -1.5f)]
    [InlineData("0362 90f5 8111", 122.782f)]
    [InlineData("0100 010b", 0f)]
    [InlineData("0101 8195", 1.4012985E-45f)]
    [InlineData("0101 8196", 0f)]
    [InlineData("03ffffff 0168", float.MaxValue)]
    public void ReadSingle_MantissaAndExponent_GivesTheNumber(string hex, float expected)
    {
        using var reader = new DlibBytes().Raw(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).Open();
        reader.ReadSingle("a test").ShouldBe(expected);
        reader.ExpectEnd();
    }

    [Theory]
    [InlineData("0100 02007d")]
    [InlineData("0100 02017d")]
    [InlineData("0100 02027d")]
    [InlineData("0101 02ff00")]
    [InlineData("0101 03ff00ff")]
    [InlineData("312e3520")]
    public void ReadSingle_NotFiniteOrNotBinary_Throws(string hex)
    {
        using var reader = new DlibBytes().Raw(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).Open();
        Should.Throw<ModelFileException>(() => reader.ReadSingle("a test"));
    }

    [Fact]
    public void ReadBoolean_LettersAndOthers_ReadsOrThrows()
    {
        using var reader = new DlibBytes().Raw((byte)'1', (byte)'0', 1).Open();
        reader.ReadBoolean("a test").ShouldBeTrue();
        reader.ReadBoolean("a test").ShouldBeFalse();
        Should.Throw<ModelFileException>(() => reader.ReadBoolean("a test")).Message.ShouldContain("at byte 2 of 3");
    }

    [Fact]
    public void ReadTag_Unknown_NamesFileOffsetAndTag()
    {
        using var reader = new DlibBytes().Text("relu_").Text("con_9\u0007").Open();
        reader.ReadTag("fc_2", "relu_").ShouldBe("relu_");
        var exception = Should.Throw<ModelFileException>(() => reader.ReadTag("con_4", "con_5"));
        exception.Message.ShouldContain("'test.dat'");
        exception.Message.ShouldContain("at byte 7 of");
        exception.Message.ShouldContain("'con_9?'");
        exception.Message.ShouldContain("'con_4' or 'con_5'");
    }

    [Fact]
    public void ReadTag_HugeLength_ThrowsBeforeAllocating()
    {
        using var reader = new DlibBytes().Integers(long.MaxValue).Open();
        Should.Throw<ModelFileException>(() => reader.ReadTag("con_4"));
    }

    [Fact]
    public void ReadCount_MoreThanTheFileCanHold_Throws()
    {
        using var reader = new DlibBytes().Integers(3, 3).Raw(new byte[10]).Open();
        reader.ReadCount("things", bytesEach: 4, maximum: 1000).ShouldBe(3);
        Should.Throw<ModelFileException>(() => reader.ReadCount("things", bytesEach: 4, maximum: 1000)).Message.ShouldContain(
            "10 bytes that are left");
    }

    [Theory]
    [InlineData(1, 2, 1, 1, 1)]
    [InlineData(2, 3, 1, 1, 1)]
    [InlineData(2, 2, 1, 1, long.MaxValue)]
    public void ReadTensor_OtherVersionOrShape_Throws(long version, long samples, long channels, long rows, long columns)
    {
        using var reader = new DlibBytes().Integers(version, samples, channels, rows, columns).Raw(new byte[64]).Open();
        Should.Throw<ModelFileException>(() => reader.ReadTensor("a test", (2, 1, 1, 1), new byte[8]));
    }

    [Fact]
    public void ReadTensor_TwoParts_FillsBothInOrder()
    {
        using var reader = new DlibBytes().Integers(2, 3, 1, 1, 1).Raw(0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64).Open();
        var (first, second) = (new byte[8], new byte[4]);
        reader.ReadTensor("a test", (3, 1, 1, 1), first, second);
        first.ShouldBe([0, 0, 128, 63, 0, 0, 0, 64]);
        second.ShouldBe([0, 0, 64, 64]);
        reader.ExpectEnd();
    }

    [Fact]
    public void ReadTensor_NotANumber_Throws()
    {
        using var reader = new DlibBytes().Integers(2, 1, 1, 1, 1).Raw(0, 0, 192, 127).Open();
        Should.Throw<ModelFileException>(() => reader.ReadTensor("a test", (1, 1, 1, 1), new byte[4])).Message.ShouldContain("not finite");
    }

    [Fact]
    public void SkipTensor_HugeOrOverflowingSize_Throws()
    {
        using var reader = new DlibBytes()
            .Integers(2, 1, 2, 1, 1).Raw(new byte[8]).Integers(2, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue).Open();
        reader.SkipTensor("a test");
        Should.Throw<ModelFileException>(() => reader.SkipTensor("a test")).Message.ShouldContain("larger than");
    }

    [Fact]
    public void ExpectEnd_BytesLeft_Throws()
    {
        using var reader = new DlibBytes().Integers(1).Raw(0).Open();
        reader.ExpectInteger("a test", 1);
        Should.Throw<ModelFileException>(reader.ExpectEnd).Message.ShouldContain("1 bytes follow");
    }

    [Fact]
    public void Open_NoSuchFile_ThrowsModelFileException() =>
        Should.Throw<ModelFileException>(() =>
            DlibFileReader.Open(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString(), "gone.dat"))).FileName.ShouldBe("gone.dat");
}
