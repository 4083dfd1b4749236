using Frat.Dlib.Tests.Serialization;

namespace Frat.Dlib.Tests.Landmarks;

public sealed class ShapePredictorFileTests
{
    // The file is 9 MB, its numbers in memory less.
    private const long MaxAllocated = 12_000_000;

    private static string RealFile => Path.Combine(TestModels.Folder, ShapePredictorFile.FileName);

    [Fact]
    public void Read_FileMadeByHand_PredictsByItsTree()
    {
        // One landmark in the middle; one tree that looks whether the pixel right of it is brighter than the one left of it.
        using var reader = Minimal().Open();
        var predictor = ShapePredictorFile.Read(reader, parts: 1);
        using var image = new RgbImage(11, 11);
        image.Pixels.Clear();
        image.Row(5)[(7 * 3)..(8 * 3)].Fill(255);
        predictor.Predict(image, new FaceBox(0, 0, 10, 10)).ShouldBe([new FacePoint(8, 5)]);
        image.Pixels.Clear();
        predictor.Predict(image, new FaceBox(0, 0, 10, 10)).ShouldBe([new FacePoint(5, 3)]);
    }

    [Theory]
    [InlineData(2, 0, 1, 2, 2, 0)]
    [InlineData(1, 2, 1, 2, 2, 0)]
    [InlineData(1, 0, 3, 2, 2, 0)]
    [InlineData(1, 0, 1, 3, 2, 0)]
    [InlineData(1, 0, 1, 2, 3, 0)]
    [InlineData(1, 0, 1, 2, 2, 1)]
    public void Read_InconsistentFile_Throws(long version, long firstPixel, long splits, long leaves, long leafRows, long anchor)
    {
        using var reader = Minimal(version, firstPixel, splits, leaves, leafRows, anchor).Open();
        Should.Throw<ModelFileException>(() => ShapePredictorFile.Read(reader, parts: 1));
    }

    [Fact]
    public void Read_RealFileForOtherParts_Throws()
    {
        using var reader = DlibFileReader.Open(RealFile);
        Should.Throw<ModelFileException>(() => ShapePredictorFile.Read(reader, parts: 68));
    }

    [Fact]
    public void Read_FileOfAnotherModel_Throws() =>
        Should.Throw<ModelFileException>(
            () => ShapePredictorFile.Load(Path.Combine(TestModels.Folder, FaceResNet.FileName), LandmarkScheme.EyeCorners.Count));

    [Fact]
    public void Read_FileCutOff_ThrowsModelFileException() => HostileFile.CutEverywhere(RealFile, Read, MaxAllocated);

    [Fact]
    public void Read_FileWithGarbageBehind_ThrowsModelFileException() => HostileFile.Extend(RealFile, Read, MaxAllocated);

    [Fact]
    public void Read_BitsTurnedOver_ThrowsModelFileExceptionOrReads() =>
        HostileFile.FlipBits(
            RealFile, [.. Enumerable.Range(0, 80), .. Enumerable.Range(1, 12).Select(i => i * 750_001)], Read, MaxAllocated);

    private static void Read(DlibFileReader reader) => ShapePredictorFile.Read(reader, LandmarkScheme.EyeCorners.Count);

    private static DlibBytes Minimal(
        long version = 1, long firstPixel = 0, long splits = 1, long leaves = 2, long leafRows = 2, long anchor = 0) =>
        new DlibBytes().Integers(version)
            .Integers(-2, -1).Singles(0.5f, 0.5f)
            .Integers(1, 1)
            .Integers(splits, firstPixel, 1).Singles(10)
            .Integers(leaves, -leafRows, -1).Singles(0.3f, 0).Integers(-2, -1).Singles(0, -0.2f)
            .Integers(1, 2, anchor, 0)
            .Integers(1, 2).Singles(0.2f, 0, -0.2f, 0);
}
