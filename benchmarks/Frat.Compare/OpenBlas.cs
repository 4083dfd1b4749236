using System.Globalization;

namespace Frat.Compare;

/// <summary>
/// The kernels of OpenBLAS, which dlib's networks stand on. OpenBLAS chooses by the processor's family and model, and takes its oldest ones
/// on a processor that is newer than itself; so each is tried, and dlib is measured with the fastest.
/// </summary>
internal static class OpenBlas
{
    /// <summary>The variable that names the kernels.</summary>
    public const string Variable = "OPENBLAS_CORETYPE";

    private const string Step = "encode";
    private const int Rounds = 3;
    private const int Repeat = 7;

    // Those for x86-64 in a build for all processors.
    private static readonly string?[] Known =
        [null, "Prescott", "Nehalem", "Sandybridge", "Haswell", "Zen", "SkylakeX", "Cooperlake", "SapphireRapids"];

    /// <summary>Tries all, and lets the peer go on with the fastest.</summary>
    /// <returns>A sentence about what was chosen, and how long each took for one face.</returns>
    public static string Choose(Peer peer, string picture)
    {
        var times = new Dictionary<string, (string? Setting, double Milliseconds)>(StringComparer.Ordinal);
        var byItself = "";
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var setting in Known)
            {
                if (Try(peer, setting, picture) is not ({ Kernels: { } name } measured))
                {
                    continue;
                }

                byItself = setting is null ? name : byItself;

                // A name that OpenBLAS doesn't know gives what it takes by itself.
                if (setting is null || name.Equals(setting, StringComparison.OrdinalIgnoreCase))
                {
                    var best = times.TryGetValue(name, out var before)
                        ? Math.Min(before.Milliseconds, measured.Milliseconds[Step])
                        : measured.Milliseconds[Step];
                    times[name] = (setting ?? before.Setting, best);
                }
            }
        }

        var (fastest, (chosen, _)) = times.MinBy(entry => entry.Value.Milliseconds);
        peer.Kernels = chosen;
        var all = string.Join(", ", times.OrderBy(entry => entry.Value.Milliseconds)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value.Milliseconds:0.0} ms")));
        return $"dlib has OpenBLAS's kernels for {fastest}, the fastest for one face on one thread: {all}. "
            + $"By itself it takes those for {byItself}.";
    }

    // Kernels with instructions that the processor lacks end the program.
    private static Measurement? Try(Peer peer, string? setting, string picture)
    {
        try
        {
            peer.Kernels = setting;
            return peer.Dlib(cnn: false, picture, threads: 1, Repeat);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
