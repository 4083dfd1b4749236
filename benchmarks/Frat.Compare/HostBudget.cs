using System.Globalization;
using Frat.Benchmarks;
using SkiaSharp;
using Spectre.Console;

namespace Frat.Compare;

/// <summary>Runs the published web host under a real memory limit, lets many check in at once, and reports the peak.</summary>
internal static class HostBudget
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Of 12 and 16 megapixels. Those of 16 are the largest that the host takes by default of what has to be in memory as a whole.
    private static readonly (string What, Func<string, string> Make, int AtOnce)[] Uploads =
    [
        ("JPEG of 12 MP", folder => Pictures.Portrait(folder, 3464, SKEncodedImageFormat.Jpeg), 4),
        ("PNG of 16 MP", folder => Pictures.Portrait(folder, 4000, SKEncodedImageFormat.Png), 8),
        ("PNG of 16 MP, interlaced", folder => Pictures.InterlacedPortrait(folder, 4000), 4),
        ("WebP of 16 MP", folder => Pictures.Portrait(folder, 4000, SKEncodedImageFormat.Webp), 8),
        ("WebP of 16 MP, lossless", folder => Pictures.LosslessPortrait(folder, 4000), 8),
    ];

    /// <summary>Prints a table.</summary>
    /// <param name="limit">How much memory the host may have.</param>
    /// <param name="program">The published host; null to publish it.</param>
    /// <param name="folder">Where the uploads are made.</param>
    /// <param name="rounds">How often each kind of upload comes.</param>
    /// <returns>Whether every check-in was answered with the right person.</returns>
    public static bool Run(MemoryLimit limit, string? program, string folder, int rounds)
    {
        program ??= LimitedHost.Publish();
        var table = new Table().Title("The web host under a limit of 512 MiB")
            .AddColumns("detector", "uploads", "at once", "recognized", "peak of the process", "peak of the group");
        var passed = true;
        foreach (var detector in (ReadOnlySpan<string>)["Hog", "Cnn"])
        {
            foreach (var (what, make, atOnce) in Uploads)
            {
                limit.Reset();
                var photo = File.ReadAllBytes(make(folder));
                var (recognized, peak) = Attempt(limit, program, detector, photo, atOnce, rounds).GetAwaiter().GetResult();
                passed &= recognized == rounds * atOnce;
                table.AddRow(
                    detector,
                    $"{what} ({photo.Length / 1024} KiB)",
                    atOnce.ToString(CultureInfo.InvariantCulture),
                    $"{recognized} of {rounds * atOnce}",
                    peak is null ? "killed" : $"{peak / 1024} MiB",
                    $"{limit.Peak / 1024 / 1024} MiB");
            }
        }

        AnsiConsole.Write(table);
        return passed;
    }

    // A host of its own for each, so that each peak is its own.
    private static async Task<(int Recognized, long? PeakKiB)> Attempt(
        MemoryLimit limit, string program, string detector, byte[] photo, int atOnce, int rounds)
    {
        using var folder = new TemporaryFolder();
        await using var host = await LimitedHost.StartAsync(limit, program, folder.Path, ("Frat__Dlib__Detector", detector));
        using var client = new HttpClient { BaseAddress = host.Address, Timeout = Patience };
        await LimitedHost.RegisterAsync(client, "1", "One", Pictures.PortraitAsItIs);
        var recognized = 0;
        for (var round = 0; round < rounds; round++)
        {
            recognized += (await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => CheckIn(client, photo)))).Count(outcome => outcome);
        }

        return (recognized, host.PeakKiB);
    }

    // A host that was killed doesn't answer; one that is short of memory answers with an error.
    private static async Task<bool> CheckIn(HttpClient client, byte[] photo)
    {
        try
        {
            var (employeeId, status, answer) = await LimitedHost.CheckInAsync(client, photo);
            if (employeeId is not null)
            {
                return true;
            }

            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{status}:[/] {answer}");
        }
        catch (HttpRequestException exception)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]No answer:[/] {exception.Message}");
        }

        return false;
    }
}
