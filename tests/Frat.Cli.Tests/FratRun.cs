using System.Text;
using System.Text.Json;

namespace Frat.Cli.Tests;

/// <summary>One run of the real command, in this process, with its output piped.</summary>
internal sealed record FratRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the output, as JSON.</summary>
    public IReadOnlyList<JsonElement> Json => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<FratRun> Of(params string[] args) => Of(Stream.Null, args);

    public static async Task<FratRun> Of(
        Stream input, string[] args, bool onTerminal = false, CancellationToken cancellationToken = default)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var terminal = new Terminal(input, output, error, isOutputTerminal: false, isErrorTerminal: onTerminal);
        var exitCode = await FratCommand.RunAsync(args, terminal, cancellationToken);
        return new FratRun(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
