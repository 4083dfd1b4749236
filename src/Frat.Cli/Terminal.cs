using System.Text;
using Frat.Vision;
using Spectre.Console;

namespace Frat.Cli;

/// <summary>Where a command reads from and writes to. What isn't used is not set up: most commands start and end within a second.</summary>
internal sealed class Terminal
{
    // Wide enough that a table written to a file or another program is never wrapped.
    private const int NoWrap = 4096;

    private const char Replacement = '\uFFFD';

    private readonly Lazy<IAnsiConsole> _tables;

    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="isOutputTerminal">Whether a person reads standard output.</param>
    /// <param name="isErrorTerminal">Whether a person reads standard error.</param>
    public Terminal(Stream input, Stream output, TextWriter error, bool isOutputTerminal, bool isErrorTerminal)
    {
        (Input, Output, Error, IsOutputTerminal, IsErrorTerminal) = (input, output, error, isOutputTerminal, isErrorTerminal);
        _tables = new Lazy<IAnsiConsole>(CreateTables);
    }

    public Stream Input { get; }

    /// <summary>For bytes. Don't mix it with <see cref="Tables"/>.</summary>
    public Stream Output { get; }

    public TextWriter Error { get; }

    public bool IsOutputTerminal { get; }

    public bool IsErrorTerminal { get; }

    /// <summary>Shows how far the pulls of model files are; null where nobody looks on, and log lines tell.</summary>
    public IProgress<ModelProgress>? Pulls => IsErrorTerminal ? new ModelProgressBar(Error) : null;

    /// <summary>For tables: with colours on a terminal, plain and never wrapped elsewhere.</summary>
    public IAnsiConsole Tables => _tables.Value;

    public static Terminal OfProcess() => new(
        Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Writes a message for the user to standard error.</summary>
    public void WriteError(string message) => Error.WriteLine($"frat: {Printable(message)}");

    /// <summary>
    /// Text without control characters, and without marks that turn the order of what stands around them: the name of a file must not move
    /// the cursor. Lines stay: messages have several.
    /// </summary>
    public static string Printable(string text) =>
        text.Any(IsControl) ? new string([.. text.Select(character => IsControl(character) ? Replacement : character)]) : text;

    /// <summary>A name that somebody else gave: on one line.</summary>
    public static string Line(string text) => Printable(text).Replace('\n', Replacement);

    /// <summary>A value of somebody else's file in a message: on one line, and short.</summary>
    public static string Excerpt(string? text)
    {
        const int Longest = 40;
        var line = Line((text ?? "").ReplaceLineEndings(" "));
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest - 1), "…");
    }

    private static bool IsControl(char character) => (char.IsControl(character) && character != '\n')
        || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private IAnsiConsole CreateTables()
    {
        var writer = IsOutputTerminal
            ? Console.Out
            : new StreamWriter(Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = IsOutputTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsOutputTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!IsOutputTerminal)
        {
            console.Profile.Width = NoWrap;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }
}
