using Frat.Benchmarks;
using Frat.Dlib;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Compare;

/// <summary>
/// The encoders that are measured beside dlib. To measure one of your own, add a line: its name, and how it is made for a number of
/// threads. Any <see cref="IFaceEncoder"/> is measured from pixels to encodings; one that is a <see cref="DlibFaceEncoder"/> is measured
/// step by step, too.
/// </summary>
internal static class Contestants
{
    public const string Hog = "FRAT, HOG";
    public const string Cnn = "FRAT, CNN";

    /// <summary>How many images an encoder of FRAT's works on at once; null for its default.</summary>
    public static int? MaxConcurrency { get; set; }

    public static IReadOnlyDictionary<string, Func<int, IFaceEncoder>> All { get; } = new Dictionary<string, Func<int, IFaceEncoder>>
    {
        [Hog] = threads => Dlib(DlibDetectorKind.Hog, threads),
        [Cnn] = threads => Dlib(DlibDetectorKind.Cnn, threads),
    };

    private static DlibFaceEncoder Dlib(DlibDetectorKind detector, int threads) => new(
        Models.Files,
        Options.Create(new DlibOptions
        {
            Mirror = false,
            Detector = detector,
            ThreadsPerImage = threads,
            MaxConcurrency = MaxConcurrency ?? Environment.ProcessorCount,
        }),
        NullLogger<DlibFaceEncoder>.Instance);
}
