using Frat.Dlib;
using Frat.Onnx;
using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Benchmarks;

/// <summary>What is measured: the real decoder and encoders, on the real models.</summary>
internal static class Engine
{
    private static readonly string Folder = TemporaryFolder();

    public static IImageDecoder Decoder { get; } = new ServiceCollection().AddImageDecoder()
        .BuildServiceProvider().GetRequiredService<IImageDecoder>();

    public static DlibFaceEncoder Encoder(DlibDetectorKind detector = DlibDetectorKind.Hog, int threads = 1)
    {
        var options = new DlibOptions { Mirror = false, Detector = detector, ThreadsPerImage = threads };
        return new DlibFaceEncoder(Models.Files, Options.Create(options), NullLogger<DlibFaceEncoder>.Instance);
    }

    public static OnnxFaceEmbedder MobileFaceNet() =>
        new(OnnxModelSource.FromFile(SharedModels.PathOf(OnnxModels.MobileFaceNetFile)), OnnxNetworks.MobileFaceNet);

    public static YuNetFaceDetector YuNet() => new(OnnxModelSource.FromFile(SharedModels.PathOf(OnnxModels.YuNetFile)));

    public static byte[] Jpeg(int width, int height) => File.ReadAllBytes(Pictures.Jpeg(Folder, width, height));

    public static byte[] Png(int width, int height) => File.ReadAllBytes(Pictures.Png(Folder, width, height));

    public static RgbImage Image(int width, int height) => Pictures.ReadPpm(Pictures.Ppm(Folder, width, height));

    // Kept as long as the process lives: its pictures are shared by all benchmarks in it.
    private static string TemporaryFolder()
    {
        var folder = Directory.CreateTempSubdirectory("frat-benchmarks-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    /// <summary>Holds a benchmark to real work: one that finds no face is quick for the wrong reason.</summary>
    public static int AtLeastOne(int faces) => faces > 0 ? faces : throw new InvalidOperationException("No face was found.");
}
