using System.CommandLine;
using System.Globalization;
using Frat.Benchmarks;
using Frat.Dlib;
using Frat.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Frat.Compare;

/// <summary>Runs the encoder on large photos under a real memory limit, and reports the peak.</summary>
internal static class BudgetCommand
{
    private const long MiB = 1024 * 1024;
    private const long Limit = 512 * MiB;

    // Width and height of photos of 12 and 48 megapixels.
    private static readonly (int Width, int Height)[] Photos = [(4000, 3000), (8000, 6000)];

    public static Command Create()
    {
        var budget = new Command(
            "budget", "Encodes photos of 12 and 48 megapixels, one and four at a time, in a process that may have 512 MiB.");
        var host = new Option<bool>("--host") { Description =
            "The published web host instead: check-ins at once, of JPEGs of 12 megapixels, and of PNGs and WebPs of 16." };
        var rounds = new Option<int>(
            "--rounds") { Description = "How often each kind of upload comes to the host.", DefaultValueFactory = _ => 3 };
        var program = LimitedHost.ProgramOption();
        budget.Add(host);
        budget.Add(rounds);
        budget.Add(program);
        budget.SetAction(parsed => Run(parsed.GetValue(host), parsed.GetValue(rounds), parsed.GetValue(program)));

        var contestant = new Argument<string>("contestant");
        var photo = new Argument<string>("photo");
        var atOnce = new Argument<int>("atOnce");
        var concurrency = new Argument<int>("concurrency");
        var encode = new Command("budget-encode", "Encodes a photo in this process.") { contestant, photo, atOnce, concurrency };
        encode.Hidden = true;
        encode.SetAction(parsed => Encode(
            parsed.GetRequiredValue(contestant), parsed.GetRequiredValue(photo), parsed.GetValue(atOnce), parsed.GetValue(concurrency)));
        budget.Add(encode);
        return budget;
    }

    private static int Run(bool host, int rounds, string? program)
    {
        if (MemoryLimit.TryCreate(Limit, out var reason) is not { } limit)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"Not run: a control group with a memory limit can't be made here ({reason}).");
            return 0;
        }

        using (limit)
        {
            using var folder = new TemporaryFolder();
            if (host)
            {
                return HostBudget.Run(limit, program, folder.Path, rounds) ? 0 : 1;
            }

            var table = new Table().Title("Under a limit of 512 MiB")
                .AddColumns("encoder", "photo", "at once", "MaxConcurrency", "faces", "peak of the process", "peak of the group");
            var failed = false;
            foreach (var contestant in Contestants.All.Keys)
            {
                foreach (var (width, height) in Photos)
                {
                    // The default, and as a machine of four cores would have it.
                    foreach (var (atOnce, concurrency) in (ReadOnlySpan<(int, int)>)[
                        (1, Environment.ProcessorCount), (4, Environment.ProcessorCount), (4, 4)])
                    {
                        limit.Reset();
                        var faces = Attempt(limit, contestant, Pictures.Jpeg(folder.Path, width, height), atOnce, concurrency);
                        failed |= faces is null;
                        table.AddRow(
                            contestant,
                            $"{width * height / 1_000_000} MP",
                            atOnce.ToString(CultureInfo.InvariantCulture),
                            concurrency.ToString(CultureInfo.InvariantCulture),
                            faces?.Faces ?? "killed",
                            faces is null ? "" : $"{faces.Value.PeakKiB / 1024} MiB",
                            $"{limit.Peak / MiB} MiB");
                    }
                }
            }

            AnsiConsole.Write(table);
            return failed ? 1 : 0;
        }
    }

    private static (string Faces, long PeakKiB)? Attempt(MemoryLimit limit, string contestant, string photo, int atOnce, int concurrency)
    {
        try
        {
            var (program, arguments) = limit.Inside(
                Environment.ProcessPath!, "budget", "budget-encode", contestant, photo, atOnce.ToString(CultureInfo.InvariantCulture),
                    concurrency.ToString(CultureInfo.InvariantCulture));
            var words = TestKit.Command.Run(program, arguments).Split(' ');
            return (words[0], long.Parse(words[1], CultureInfo.InvariantCulture));
        }
        catch (InvalidOperationException exception)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[red]{contestant}, {Path.GetFileName(photo)}, {atOnce} at once:[/] {exception.Message}");
            return null;
        }
    }

    // The way of an upload: bytes, decoded within the default limits, encoded. Each must show all its faces.
    private static async Task<int> Encode(string contestant, string photo, int atOnce, int concurrency)
    {
        Contestants.MaxConcurrency = concurrency;
        await using var services = new ServiceCollection().AddMemoryTuning()
            .AddImageDecoder(images => images.MaxConcurrency = concurrency).BuildServiceProvider();
        var decoder = services.GetRequiredService<IImageDecoder>();
        var encoder = Contestants.All[contestant](Environment.ProcessorCount);
        if (encoder is DlibFaceEncoder dlib)
        {
            await dlib.LoadAsync();
        }

        MemoryTuning.Release();
        var counts = new HashSet<int>();
        for (var round = 0; round < 3; round++)
        {
            var faces = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
            {
                using var image = await decoder.DecodeAsync(await File.ReadAllBytesAsync(photo));
                return (await encoder.EncodeAsync(image)).Count;
            })));
            counts.UnionWith(faces);
        }

        if (counts.Count != 1 || counts.Contains(0))
        {
            await Console.Error.WriteLineAsync($"Not every photo gave the same faces: {string.Join(", ", counts)}.");
            return 1;
        }

        Console.Write($"{counts.Single()} {Measurement.PeakOfThisProcess()}");
        return 0;
    }
}
