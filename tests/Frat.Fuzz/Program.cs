// Feeds damaged files to the readers of untrusted files. Ends with 0 when all of them were accepted or refused as documented.
//   dotnet run --project tests/Frat.Fuzz -- [--target NAME] [--minutes M | --rounds N] [--seed S] [--first I]
// Each case has a number; a finding is run again by --target, --seed, --first NUMBER and --rounds 1.
using System.Diagnostics;
using System.Globalization;
using Frat.Fuzz;
using Frat.Fuzz.Images;
using Frat.Fuzz.Models;

Dictionary<string, Func<FuzzTarget>> targets = new(StringComparer.Ordinal)
{
    ["jpeg"] = () => new JpegTarget(),
    ["png"] = () => new PngTarget(),
    ["webp"] = () => new WebpTarget(),
    ["landmarks5"] = ModelTarget.Landmarks5,
    ["landmarks68"] = ModelTarget.Landmarks68,
    ["resnet"] = ModelTarget.ResNet,
    ["mmod"] = ModelTarget.Mmod,
    ["fhog"] = () => new FhogTarget(),
};

var minutes = double.Parse(Option("--minutes", "0"), CultureInfo.InvariantCulture);
var rounds = int.Parse(Option("--rounds", minutes > 0 ? "2000000000" : "1000"), CultureInfo.InvariantCulture);
var seed = int.Parse(Option("--seed", Environment.TickCount.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
var first = int.Parse(Option("--first", "0"), CultureInfo.InvariantCulture);
var only = Option("--target", "");
var names = targets.Keys.Where(name => only.Length == 0 || name == only).ToList();
if (names.Count == 0)
{
    Console.Error.WriteLine($"'{only}' is none of {string.Join(", ", targets.Keys)}.");
    return 2;
}

// Of several targets each is a process of its own, so that a native crash ends no other, and each has its own bound on memory.
if (names.Count > 1)
{
    var failed = 0;
    foreach (var name in names)
    {
        string[] arguments = ["--target", name, "--seed", $"{seed}", "--first", $"{first}", "--rounds", $"{rounds}", "--minutes",
            (minutes / names.Count).ToString(CultureInfo.InvariantCulture)];
        var program = Environment.ProcessPath!;
        using var child = Process.Start(new ProcessStartInfo(
            program,
            program.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(FuzzTarget).Assembly.Location, .. arguments] : arguments))!;
        child.WaitForExit();
        failed += child.ExitCode == 0 ? 0 : 1;
    }

    return failed == 0 ? 0 : 1;
}

return new FuzzRun(only.Length > 0 ? only : names[0], targets[names[0]](), seed)
    .Run(first, rounds, minutes > 0 ? TimeSpan.FromMinutes(minutes) : null);

string Option(string name, string otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
