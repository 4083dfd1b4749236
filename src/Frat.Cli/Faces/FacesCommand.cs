using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Frat.Cli.Models;
using Frat.Dlib;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Frat.Cli.Faces;

/// <summary><c>frat detect</c> and <c>frat encode</c>: the faces of image files.</summary>
internal static class FacesCommand
{
    // What each value of --detector sets.
    private static readonly Dictionary<string, Action<DlibOptions>> Detectors = new(StringComparer.Ordinal)
    {
        ["hog"] = _ => { },
        ["cnn"] = options => options.Detector = DlibDetector.Cnn,
    };

    /// <summary>Builds <c>frat detect</c>.</summary>
    public static Command Detect(Terminal terminal) => Create(
        terminal, "detect", "Find the faces of image files: boxes, scores, landmarks.", encodes: false);

    /// <summary>Builds <c>frat encode</c>.</summary>
    public static Command Encode(Terminal terminal) => Create(
        terminal,
        "encode",
        "Find the faces of image files, and encode each as 128 numbers. The table shows each one's distance to the first; --json has the numbers.",
        encodes: true);

    private static Command Create(Terminal terminal, string name, string description, bool encodes)
    {
        var files = FilesArgument();
        var detector = DetectorOption();
        var upsample = UpsampleOption();
        var models = ModelsCommand.FolderOption("--models");
        var json = new Option<bool>("--json") { Description = "Write one JSON object a line for each file, with the seconds of each step." };
        var command = new Command(name, description) { files, detector, upsample, models, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new DlibOptions { Upsample = parsed.GetValue(upsample) };
            Detectors[parsed.GetRequiredValue(detector)](options);
            IResultWriter writer = parsed.GetValue(json) ? new JsonResultWriter(terminal.Output) : new TableResultWriter(terminal, encodes);
            var modelFiles = ModelsCommand.Files(parsed.GetValue(models), terminal);
            return RunAsync(terminal, parsed.GetRequiredValue(files), modelFiles, options, encodes, writer, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string[] files, ModelFiles modelFiles, DlibOptions options, bool encodes, IResultWriter writer, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddImageDecoder().BuildServiceProvider();
        await using (services.ConfigureAwait(false))
        {
            using var encoder = new DlibFaceEncoder(modelFiles, Options.Create(options), new ErrorLogger<DlibFaceEncoder>(terminal, isTalkative: false));
            var reader = new FaceReader(services.GetRequiredService<IImageDecoder>(), encoder, encodes, options.MaxConcurrency, terminal.Input);
            var progress = new Progress(terminal);
            try
            {
                await foreach (var result in reader.ReadAsync(ImagePaths.Find(files), cancellationToken).ConfigureAwait(false))
                {
                    writer.Write(result);
                    progress.Count(result);
                }
            }
            finally
            {
                progress.End();
            }

            return progress.Failed == 0 ? ExitCode.Ok : ExitCode.Failed;
        }
    }

    private static Argument<string[]> FilesArgument()
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "JPEG, PNG or WebP files; folders, with all such files below them; or - for standard input.", Arity = ArgumentArity.OneOrMore,
        };

        // The parser takes any unknown option for a file; a misspelt one must not be looked for on the disk.
        files.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value is ['-', _, ..]))
            {
                result.AddError($"Unrecognized option '{token.Value}'. A file of that name is given as './{token.Value}'.");
            }
        });
        return files;
    }

    private static Option<string> DetectorOption()
    {
        var names = string.Join(", ", Detectors.Keys);
        var option = new Option<string>("--detector")
        {
            Description = $"What looks for faces: {names}.", DefaultValueFactory = _ => Detectors.Keys.First(), HelpName = "NAME",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Detectors.ContainsKey(token.Value))
            {
                result.AddError($"--detector '{token.Value}' is not known; there is: {names}.");
            }
        });
        return option;
    }

    private static Option<int> UpsampleOption()
    {
        var range = typeof(DlibOptions).GetProperty(nameof(DlibOptions.Upsample))!.GetCustomAttribute<RangeAttribute>()!;
        var error = $"--upsample takes a number from {range.Minimum} to {range.Maximum}, not";
        return new Option<int>("--upsample")
        {
            Description = $"Double the image so many times, {range.Minimum} to {range.Maximum}, to find faces below 80 pixels; each step takes 4 times the time and memory.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (int.TryParse(text, out var times) && range.IsValid(times))
                {
                    return times;
                }

                result.AddError($"{error} '{text}'.");
                return 0;
            },
        };
    }
}
