using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Frat.Benchmarks;
using Frat.TestKit;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Frat.Compare;

/// <summary>
/// Times check-ins at the published host, from the last byte of the request to the answer: of one frame and of three, with the mirror
/// image and without, in turn.
/// </summary>
internal static class FramesCommand
{
    private const int Warm = 30;
    private const string Person = "John_Savage";
    private static readonly string[] Columns =
    [
        "frames", "one, as it is", "one, mirrored", "three, as they are", "three, mirrored", "three mirrored / one",
    ];

    public static Command Create()
    {
        var command = new Command(
            "frames", "Times check-ins of one frame and of three at the published host, with the mirror image and without.");
        var rounds = new Option<int>("--rounds") { Description = "How often each kind comes.", DefaultValueFactory = _ => 60 };
        var report = new Option<string?>("--report") { Description = "A Markdown file whose results are replaced." };
        var program = LimitedHost.ProgramOption();
        command.Add(rounds);
        command.Add(report);
        command.Add(program);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(rounds), parsed.GetValue(program) ?? LimitedHost.Publish(), parsed.GetValue(report), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, string program, string? report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var plain = await StartAsync(program, folder.Path, "plain", mirror: false);
        await using var mirrored = await StartAsync(program, folder.Path, "mirrored", mirror: true);
        using var plainClient = new HttpClient { BaseAddress = plain.Address };
        using var mirroredClient = new HttpClient { BaseAddress = mirrored.Address };
        HttpClient[] clients = [plainClient, mirroredClient];
        foreach (var client in clients)
        {
            await LimitedHost.RegisterAsync(client, "1", "One", DebianPhotos.Johns[Person].Take(3));
        }

        var lines = new List<string[]>();
        foreach (var (width, height) in ((int, int)[])[(640, 480), (1280, 720)])
        {
            lines.Add(await MeasureAsync(clients, width, height, rounds, cancellationToken));
        }

        var table = new Table().AddColumns(Columns);
        lines.ForEach(line => table.AddRow(line));
        AnsiConsole.Write(table);
        if (report is not null)
        {
            var text = new StringBuilder(Report.MachineOnly()).Append("\n\n");
            foreach (var line in (string[][])[Columns, [.. Columns.Select(_ => "---")], .. lines])
            {
                text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", line)} |\n");
            }

            Report.Replace(report, "frames", text.ToString());
        }

        return 0;
    }

    private static async Task<LimitedHost> StartAsync(string program, string folder, string name, bool mirror)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        return await LimitedHost.StartAsync(
            limit: null, program, own, ("Frat__Dlib__Mirror", mirror.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<string[]> MeasureAsync(
        HttpClient[] clients, int width, int height, int rounds, CancellationToken cancellationToken)
    {
        // Other photos than those that were registered; the face takes about half of the height, and comes nearer.
        var side = height * 2 / 3;
        var frames = DebianPhotos.Johns[Person].Skip(3).Take(3)
            .Select((photo, i) => PhotoCanvas.Draw(width, height, side + (8 * i), photo)).ToArray();
        var kinds = (from count in (int[])[1, 3] from client in clients select (Client: client, Frames: frames[..count])).ToArray();
        var times = kinds.Select(_ => new List<double>()).ToArray();
        for (var round = -Warm; round < rounds; round++)
        {
            for (var kind = 0; kind < kinds.Length; kind++)
            {
                var time = await CheckInAsync(kinds[kind].Client, kinds[kind].Frames, cancellationToken);
                if (round >= 0)
                {
                    times[kind].Add(time);
                }
            }
        }

        var medians = times.Select(Median).ToArray();
        return
        [
            $"{width}×{height}",
            .. times.Select(Tell),
            string.Create(CultureInfo.InvariantCulture, $"{medians[3] / medians[0]:0.00}×"),
        ];

        static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

        static string Tell(List<double> values)
        {
            var sorted = values.Order().ToList();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Median(values):0.0} ms ({sorted[values.Count / 4]:0.0}–{sorted[3 * values.Count / 4]:0.0})");
        }
    }

    private static async Task<double> CheckInAsync(HttpClient client, byte[][] frames, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        foreach (var frame in frames)
        {
            form.Add(new ByteArrayContent(frame), "image", "frame.jpg");
        }

        using var timed = new TimedContent(form);
        using var answer = await client.PostAsync(new Uri("/api/v1/check-ins", UriKind.Relative), timed, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var time = Stopwatch.GetElapsedTime(timed.Sent).TotalMilliseconds;
        return JsonNode.Parse(body)?["outcome"]?.ToString() == "recognized"
            ? time
            : throw new InvalidOperationException($"Nobody was recognised: {body}");
    }

    /// <summary>Another content, and when its last byte was given to the socket.</summary>
    private sealed class TimedContent : HttpContent
    {
        private readonly HttpContent _inner;

        public TimedContent(HttpContent inner)
        {
            _inner = inner;
            foreach (var (name, values) in inner.Headers)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await _inner.CopyToAsync(stream, context);
            await stream.FlushAsync();
            Sent = Stopwatch.GetTimestamp();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? 0;
            return length > 0;
        }
    }
}
