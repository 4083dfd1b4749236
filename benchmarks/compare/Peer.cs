using System.Globalization;
using Frat.Testing;

namespace Frat.Compare;

/// <summary>The two sides, each in a process of its own, so that memory is its own too.</summary>
internal sealed class Peer(string repository, string models)
{
    private readonly string _dlib = Path.Combine(repository, "artifacts/dlib-reference-native/dlib-reference");

    /// <summary>Builds dlib for this very processor.</summary>
    public void Build()
    {
        var build = Path.GetDirectoryName(_dlib)!;
        Command.Run("cmake", ["-S", Path.Combine(repository, "benchmarks/dlib-reference"), "-B", build, "-DFRAT_NATIVE=ON"]);
        Command.Run("cmake", ["--build", build]);
    }

    /// <summary>Measures dlib.</summary>
    public Measurement Dlib(bool cnn, string picture, int threads, int repeat) => Measurement.Read(Command.Run(
        _dlib,
        ["time", "--models", models, "--detector", cnn ? "cnn" : "hog", "--repeat", Text(repeat), picture],
        environment: ("OPENBLAS_NUM_THREADS", Text(threads))));

    /// <summary>Measures an encoder of <see cref="Contestants"/>.</summary>
    public static Measurement Frat(string contestant, string picture, int threads, int repeat) => Measurement.Read(Command.Run(
        Environment.ProcessPath!, ["measure", contestant, picture, Text(threads), Text(repeat)]));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
