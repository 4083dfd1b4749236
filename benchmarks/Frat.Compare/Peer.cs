using System.Globalization;
using Frat.TestKit;

namespace Frat.Compare;

/// <summary>The sides, each in a process of its own, so that memory is its own too.</summary>
internal sealed class Peer(string repository, string models)
{
    private readonly string _dlib = Path.Combine(repository, "artifacts/dlib-reference-native/dlib-reference");
    private readonly string _onnx = Path.Combine(repository, "artifacts/onnx-peer");

    /// <summary>The kernels of OpenBLAS that dlib is measured with; null for those that OpenBLAS takes by itself.</summary>
    public string? Kernels { get; set; }

    /// <summary>Builds dlib for this very processor, and the program around ONNX Runtime.</summary>
    public void Build()
    {
        var build = Path.GetDirectoryName(_dlib)!;
        Command.Run("cmake", ["-S", Path.Combine(repository, "benchmarks/dlib-reference"), "-B", build, "-DFRAT_NATIVE=ON"]);
        Command.Run("cmake", ["--build", build]);
        string[] arguments = [
            "build", Path.Combine(repository, "benchmarks/Frat.OnnxPeer"), "--configuration", "Release", "--output", _onnx, "--nologo"
        ];
        Command.Run("dotnet", arguments);
    }

    /// <summary>Measures dlib.</summary>
    public Measurement Dlib(bool cnn, string picture, int threads, int repeat)
    {
        string[] arguments = ["time", "--models", models, "--detector", cnn ? "cnn" : "hog", "--repeat", Text(repeat), picture];
        (string, string)[] kernels = Kernels is { } name ? [(OpenBlas.Variable, name)] : [];
        return Measurement.Read(Command.Run(_dlib, arguments, environment: [("OPENBLAS_NUM_THREADS", Text(threads)), .. kernels]));
    }

    /// <summary>Measures dlib's encoder on ONNX Runtime.</summary>
    public Measurement Onnx(string picture, int threads, int repeat) => Measurement.Read(Command.Run(
        "dotnet",
        [Path.Combine(_onnx, "Frat.OnnxPeer.dll"), picture, Text(threads), Text(repeat)],
        environment: ("ORT_DISABLE_TELEMETRY", "1")));

    /// <summary>Measures an encoder of <see cref="Contestants"/>.</summary>
    public static Measurement Frat(string contestant, string picture, int threads, int repeat) => Measurement.Read(Command.Run(
        Environment.ProcessPath!, ["measure", contestant, picture, Text(threads), Text(repeat)]));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
