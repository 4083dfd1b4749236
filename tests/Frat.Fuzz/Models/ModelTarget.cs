using Frat.Dlib;
using Frat.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Fuzz.Models;

/// <summary>dlib's model files against their readers. Files are damaged behind the checksum that a pull holds them against.</summary>
internal sealed class ModelTarget(string fileName, long overhead, Action<DlibFileReader> read) : FuzzTarget
{
    public override IReadOnlyList<byte[]> Corpus { get; } =
        [File.ReadAllBytes(Models.GetAsync(fileName).GetAwaiter().GetResult())];

    private static ModelFiles Models =>
        new([DlibModels.Manifest], Options.Create(new ModelOptions()), NullLogger<ModelFiles>.Instance);

    public static FuzzTarget Landmarks5() => Landmarks("shape_predictor_5_face_landmarks.dat", 5);

    public static FuzzTarget Landmarks68() => Landmarks("shape_predictor_68_face_landmarks.dat", 68);

    // The networks' weights are allocated as a whole before the first is read.
    public static FuzzTarget ResNet() => new ModelTarget(FaceResNet.FileName, 26_000_000, reader => FaceEncoderNetwork.ReadModel(reader));

    public static FuzzTarget Mmod() => new ModelTarget("mmod_human_face_detector.dat", 4_000_000, reader => MmodFile.Read(reader));

    public override long MaxAllocated(byte[] file) => overhead + (file.Length * 2L);

    public override bool Accepts(byte[] file)
    {
        using var reader = new DlibFileReader(new MemoryStream(file), fileName);
        try
        {
            read(reader);
            return true;
        }
        catch (ModelFileException)
        {
            return false;
        }
    }

    /// <summary>The integers of the beginning: control bytes that announce 1 to 8 bytes.</summary>
    public override IReadOnlyList<(int Offset, int Bytes)> Sizes(byte[] file)
    {
        List<(int, int)> sizes = [];
        for (var i = 0; i < Math.Min(file.Length - 9, 2000); i++)
        {
            if (file[i] is > 0 and <= 8)
            {
                sizes.Add((i + 1, file[i]));
            }
        }

        return sizes;
    }

    // What the reader accepts must also be safe to use.
    private static ModelTarget Landmarks(string fileName, int parts)
    {
        var image = new RgbImage(64, 48);
        new Random(1).NextBytes(image.Pixels);
        return new ModelTarget(fileName, 1_000_000, reader =>
            ShapePredictorFile.Read(reader, parts).Predict(image, new FaceBox(10, 5, 40, 35)));
    }
}
