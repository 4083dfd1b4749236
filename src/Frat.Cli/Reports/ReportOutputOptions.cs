using System.CommandLine;
using System.Globalization;
using Frat.Cli.Database;
using Frat.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Reports;

/// <summary>The options that say in which form a report is written, and where to.</summary>
internal sealed class ReportOutputOptions
{
    private static readonly Dictionary<string, ReportFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csv"] = ReportFormat.Csv, ["xlsx"] = ReportFormat.Xlsx, ["json"] = ReportFormat.Json,
    };

    private readonly Option<ReportFormat?> _format = new("--format")
    {
        Description = $"The form: {string.Join(", ", Formats.Keys)}. Default: what the name of the output ends with, or else csv.",
        HelpName = "FORMAT",
        CustomParser = result =>
        {
            var name = result.Tokens.Single().Value;
            if (Formats.TryGetValue(name, out var format))
            {
                return format;
            }

            result.AddError($"--format '{name}' is not known; there is: {string.Join(", ", Formats.Keys)}.");
            return null;
        },
    };

    private readonly Option<FileInfo?> _output = new("--output")
    {
        Description = "The file; one that is there is replaced when the new one is whole. Default: standard output.", HelpName = "FILE",
    };

    private readonly Option<bool> _mark = new(
        "--bom") { Description = "Begin a CSV file with a byte order mark, without which Excel takes it for another encoding." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_format, _output, _mark])
        {
            command.Add(option);
        }
    }

    /// <summary>Makes a report and writes it.</summary>
    /// <param name="terminal">Where the report goes without an output, and messages do.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="database">FRAT's database.</param>
    /// <param name="create">Makes the report; null when it told the user why there is none.</param>
    /// <param name="cancellationToken">Ctrl+C; an output that was there stays as it was.</param>
    public async Task<int> WriteAsync(
        Terminal terminal,
        ParseResult parsed,
        DatabaseAddress database,
        Func<IReportService, IPersonStore, CancellationToken, Task<Report?>> create,
        CancellationToken cancellationToken)
    {
        if (!database.Exists(terminal))
        {
            return ExitCode.Failed;
        }

        var file = parsed.GetValue(_output);
        var format = parsed.GetValue(_format)
            ?? (file is not null && Formats.TryGetValue(file.Extension.TrimStart('.'), out var known) ? known : ReportFormat.Csv);
        if (file is null && format == ReportFormat.Xlsx && terminal.IsOutputTerminal)
        {
            terminal.WriteError("A workbook can't be shown on a terminal: name a file with --output.");
            return ExitCode.Usage;
        }

        var engine = Engine.Create(database, terminal, readOnly: true);
        await using (engine.ConfigureAwait(false))
        {
            var report = await create(
                engine.GetRequiredService<IReportService>(),
                engine.GetRequiredService<IPersonStore>(),
                cancellationToken).ConfigureAwait(false);
            if (report is null)
            {
                return ExitCode.Failed;
            }

            var options = new ReportOptions { ByteOrderMark = parsed.GetValue(_mark) };
            if (file is null)
            {
                await report.WriteAsync(terminal.Output, format, options, cancellationToken).ConfigureAwait(false);
                await terminal.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
                return ExitCode.Ok;
            }

            return await WriteAsync(terminal, report, file, format, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int> WriteAsync(
        Terminal terminal, Report report, FileInfo file, ReportFormat format, ReportOptions options, CancellationToken cancellationToken)
    {
        var rows = 0L;
        if (!await OutputFile.WriteAsync(terminal, file, async stream =>
            rows = await report.WriteAsync(stream, format, options, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
        {
            return ExitCode.Failed;
        }

        if (terminal.IsErrorTerminal)
        {
            await terminal.Error.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Terminal.Line(file.Name)}: {rows} {(rows == 1 ? "row" : "rows")}, {new FileInfo(file.FullName).Length} "
                        + $"bytes")).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }
}
