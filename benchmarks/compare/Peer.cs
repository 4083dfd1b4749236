using System.Diagnostics;
using System.Globalization;

namespace Frat.Compare;

/// <summary>The two sides, each in a process of its own, so that memory is its own too.</summary>
internal sealed class Peer(string repository, string models)
{
    private readonly string _dlib = Path.Combine(repository, "artifacts/dlib-reference-native/dlib-reference");

    /// <summary>Builds dlib for this very processor.</summary>
    public void Build()
    {
        var build = Path.GetDirectoryName(_dlib)!;
        Run("cmake", ["-S", Path.Combine(repository, "benchmarks/dlib-reference"), "-B", build, "-DFRAT_NATIVE=ON"], threads: null);
        Run("cmake", ["--build", build], threads: null);
    }

    /// <summary>Measures dlib.</summary>
    public Measurement Dlib(bool cnn, string picture, int threads, int repeat) => Measurement.Read(Run(
        _dlib, ["time", "--models", models, "--detector", cnn ? "cnn" : "hog", "--repeat", Text(repeat), picture], threads));

    /// <summary>Measures an encoder of <see cref="Contestants"/>.</summary>
    public static Measurement Frat(string contestant, string picture, int threads, int repeat) => Measurement.Read(Run(
        Environment.ProcessPath!, ["measure", contestant, picture, Text(threads), Text(repeat)], threads));

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It can't be started, or failed.</exception>
    public static string Run(string program, IEnumerable<string> arguments, int? threads)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (threads is { } count)
        {
            start.Environment["OPENBLAS_NUM_THREADS"] = Text(count);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{output}{error.Result}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
