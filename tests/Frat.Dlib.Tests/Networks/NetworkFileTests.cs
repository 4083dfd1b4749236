using Frat.Dlib.Tests.Serialization;

namespace Frat.Dlib.Tests.Networks;

public sealed class NetworkFileTests
{
    // The model's one array, and little beside it.
    private const long MaxAllocated = 26_000_000;

    private static string RealFile => Path.Combine(TestModels.Folder, FaceResNet.FileName);

    [Fact]
    public void Read_RealFile_GivesTheMeanColor()
    {
        using var reader = DlibFileReader.Open(RealFile);
        FaceEncoderNetwork.ReadModel(reader).Average.ShouldBe((122.782f, 117.001f, 104.298f));
    }

    [Fact]
    public void Read_FileOfAnotherNetwork_NamesFileOffsetAndTag()
    {
        using var reader = new DlibBytes().Integers(1).Text("loss_mmod_").Open();
        var exception = Should.Throw<ModelFileException>(() => FaceEncoderNetwork.ReadModel(reader));
        exception.Message.ShouldContain("'test.dat'");
        exception.Message.ShouldContain("at byte 2 of");
        exception.Message.ShouldContain("'loss_mmod_'");
    }

    [Fact]
    public void Read_FileCutOff_ThrowsModelFileException() => HostileFile.CutEverywhere(RealFile, Read, MaxAllocated);

    [Fact]
    public void Read_FileWithGarbageBehind_ThrowsModelFileException() => HostileFile.Extend(RealFile, Read, MaxAllocated);

    [Fact]
    public void Read_BitsTurnedOver_ThrowsModelFileExceptionOrReads() =>
        // All envelopes, the input layer, the first layers' details, and the end.
        HostileFile.FlipBits(
            RealFile,
            [.. Every(5, 0, 360), .. Every(3, 19_290, 110), .. Every(3, 19_640, 180), .. Every(5, 22_465_970, 96)],
            Read,
            MaxAllocated);

    private static IEnumerable<int> Every(int step, int first, int count) =>
        Enumerable.Range(first, count).Where(offset => offset % step == 0);

    private static void Read(DlibFileReader reader) => FaceEncoderNetwork.ReadModel(reader);
}
