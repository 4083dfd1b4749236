using Frat.Dlib.Tests.Serialization;

namespace Frat.Dlib.Tests.Detection.Mmod;

public sealed class MmodFileTests
{
    // The two models, and little beside them.
    private const long MaxAllocated = 4_000_000;

    [Fact]
    public void Read_RealFile_GivesTheSettings()
    {
        using var reader = DlibFileReader.Open(TestModels.Mmod);
        var settings = MmodFile.Read(reader).Settings;
        (settings.WindowWidth, settings.WindowHeight).ShouldBe((80, 80));
        settings.MaxIntersectionOverUnion.ShouldBe(0.338, 0.001);
        settings.MaxCovered.ShouldBe(1);
        settings.Average.ShouldBe((122.782f, 117.001f, 104.298f));
    }

    [Fact]
    public void Load_FileOfTheEncoder_NamesFileOffsetAndTag()
    {
        var exception = Should.Throw<ModelFileException>(
            () => MmodFaceDetector.Load(Path.Combine(TestModels.Folder, FaceResNet.FileName), threads: 1));
        exception.FileName.ShouldBe(FaceResNet.FileName);
        exception.Message.ShouldContain("at byte 2 of");
        exception.Message.ShouldContain("'loss_metric_");
    }

    [Fact]
    public void Read_LaterOptions_ThrowsModelFileException()
    {
        using var reader = new DlibBytes().Integers(1).Text("loss_mmod_").Integers(4).Open();
        Should.Throw<ModelFileException>(() => MmodFile.Read(reader)).Message.ShouldContain("version of the detector's options");
    }

    [Fact]
    public void Read_OverlapOutOfRange_ThrowsModelFileException()
    {
        using var reader = new DlibBytes().Integers(1).Text("loss_mmod_").Integers(1, 80, 80).Singles(1, 1, 0.5f, 1.5f).Open();
        Should.Throw<ModelFileException>(() => MmodFile.Read(reader)).Message.ShouldContain("intersection over union");
    }

    [Fact]
    public void Read_FileCutOff_ThrowsModelFileException() => HostileFile.CutEverywhere(TestModels.Mmod, Read, MaxAllocated);

    [Fact]
    public void Read_FileWithGarbageBehind_ThrowsModelFileException() => HostileFile.Extend(TestModels.Mmod, Read, MaxAllocated);

    [Fact]
    public void Read_BitsTurnedOver_ThrowsModelFileExceptionOrReads() =>
        // The options, all envelopes, the input layer; the first normalisation; the end.
        HostileFile.FlipBits(
            TestModels.Mmod,
            [.. Enumerable.Range(0, 150), .. Enumerable.Range(5_090, 60),
                .. Enumerable.Range(5_410, 160), .. Enumerable.Range(729_810, 130)],
            Read,
            MaxAllocated);

    private static void Read(DlibFileReader reader) => MmodFile.Read(reader);
}
