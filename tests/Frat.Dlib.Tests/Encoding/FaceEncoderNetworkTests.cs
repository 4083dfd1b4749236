using System.Numerics.Tensors;
using Frat.Dlib.Tests.Golden;
using Frat.Dlib.Tests.Networks;

namespace Frat.Dlib.Tests;

public sealed class FaceEncoderNetworkTests
{
    private static FaceEncoderNetwork Load(DotKernel? kernel = null) =>
        FaceEncoderNetwork.Load(Path.Combine(TestModels.Folder, FaceResNet.FileName), threads: 1, kernel);

    [Fact]
    public void Encode_JohnsAsChips_GivesTheEncodingsOfDlib()
    {
        using var network = Load();
        var encoding = new float[FaceResNet.Dimension];
        foreach (var golden in GoldenFile.Johns)
        {
            using var image = golden.Load();
            network.Encode(image.Pixels, encoding);
            TensorPrimitives.Distance<float>(encoding, golden.AsChip).ShouldBeLessThan(1e-5f, golden.File);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(FaceEncoderNetwork.MaxBatch)]
    public void Encode_Batch_GivesTheEncodingOfEachChip(int count) => Compare(DotKernel.Best, count);

    [Theory]
    [MemberData(nameof(Kernels.Names), MemberType = typeof(Kernels))]
    public void Encode_VectorsOfEachWidth_GiveTheEncodingsOfDlib(string kernel)
    {
        Compare(Kernels.Named(kernel), count: 1);
        Compare(Kernels.Named(kernel), count: 3);
    }

    private static void Compare(DotKernel kernel, int count)
    {
        using var network = Load(kernel);
        var chips = new byte[count * FaceChip.Bytes];
        for (var i = 0; i < count; i++)
        {
            using var image = GoldenFile.Johns[i].Load();
            image.Pixels.CopyTo(chips.AsSpan(i * FaceChip.Bytes));
        }

        var encodings = new float[count * FaceResNet.Dimension];
        network.Encode(chips, encodings);
        for (var i = 0; i < count; i++)
        {
            var encoding = encodings.AsSpan(i * FaceResNet.Dimension, FaceResNet.Dimension);
            TensorPrimitives.Distance<float>(encoding, GoldenFile.Johns[i].AsChip).ShouldBeLessThan(1e-5f);
        }
    }
}
