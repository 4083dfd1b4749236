using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Frat.Benchmarks;
using Frat.Testing;
using SkiaSharp;
using Spectre.Console;

namespace Frat.Compare;

/// <summary>Runs the published web host under a real memory limit, lets many check in at once, and reports the peak.</summary>
internal static partial class HostBudget
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
    /// <returns>Whether every check-in was answered with the right person.</returns>
    public static bool Run(MemoryLimit limit, string folder, int rounds)
    {
        var repository = Repository.Find();
        var published = Path.Combine(repository, "artifacts/budget-host");
        AnsiConsole.MarkupLine("Publishing the web host …");
        Command.Run("dotnet", ["publish", Path.Combine(repository, "samples/Frat.WebHost"), "--configuration", "Release", "--output", published, "--nologo"]);

        var table = new Table().Title("The web host under a limit of 512 MiB").AddColumns("detector", "uploads", "at once", "recognized", "peak of the process", "peak of the group");
        var passed = true;
        foreach (var detector in (ReadOnlySpan<string>)["Hog", "Cnn"])
        {
            foreach (var (what, make, atOnce) in Uploads)
            {
                limit.Reset();
                var photo = File.ReadAllBytes(make(folder));
                var (recognized, peak) = Attempt(limit, Path.Combine(published, "Frat.WebHost.dll"), detector, photo, atOnce, rounds).GetAwaiter().GetResult();
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
    private static async Task<(int Recognized, long? PeakKiB)> Attempt(MemoryLimit limit, string host, string detector, byte[] photo, int atOnce, int rounds)
    {
        using var folder = new TemporaryFolder();
        var (program, arguments) = limit.Inside("dotnet", host, "--urls", "http://127.0.0.1:0");
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("DATABASE_URL");
        start.Environment["Frat__Database"] = Path.Combine(folder.Path, "frat.db");
        start.Environment["Frat__Dlib__Detector"] = detector;
        using var process = Process.Start(start)!;
        try
        {
            using var client = new HttpClient { BaseAddress = await Address(process), Timeout = Patience };
            await Register(client);
            var recognized = 0;
            for (var round = 0; round < rounds; round++)
            {
                recognized += (await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => CheckIn(client, photo)))).Count(outcome => outcome);
            }

            return (recognized, process.HasExited ? null : Measurement.PeakOf(process.Id.ToString(CultureInfo.InvariantCulture)));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<Uri> Address(Process process)
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException("The host ended before it listened."));
            }
            else if (ListeningOn().Match(line.Data) is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Groups[1].Value));
            }
        };
        process.BeginOutputReadLine();
        return await address.Task.WaitAsync(Patience);
    }

    private static async Task Register(HttpClient client)
    {
        using var photo = new ByteArrayContent(await File.ReadAllBytesAsync(Pictures.PortraitAsItIs));
        using var form = new MultipartFormDataContent { { new StringContent("1"), "employeeId" }, { new StringContent("One"), "name" }, { new StringContent("1"), "consent" }, { photo, "photo", "photo.jpg" } };
        using var answer = await client.PostAsync(new Uri("/api/v1/people", UriKind.Relative), form);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"Nobody could be registered: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    // A host that was killed doesn't answer; one that is short of memory answers with an error.
    private static async Task<bool> CheckIn(HttpClient client, byte[] photo)
    {
        try
        {
            using var content = new ByteArrayContent(photo);
            using var form = new MultipartFormDataContent { { content, "image", "photo" } };
            using var answer = await client.PostAsync(new Uri("/api/v1/check-ins", UriKind.Relative), form);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode && JsonNode.Parse(body)?["outcome"]?.ToString() == "recognized")
            {
                return true;
            }

            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{(int)answer.StatusCode}:[/] {body}");
        }
        catch (HttpRequestException exception)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]No answer:[/] {exception.Message}");
        }

        return false;
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex ListeningOn();
}
