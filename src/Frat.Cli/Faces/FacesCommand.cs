using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Frat.Cli.Models;
using Frat.Dlib;
using Frat.Onnx;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Frat.Cli.Faces;

/// <summary><c>frat detect</c> and <c>frat encode</c>: the faces of image files.</summary>
internal static class FacesCommand
{
    private const string Dlib = "dlib";
    private const string MobileFaceNet = "mobilefacenet";

    // What each value of --detector sets.
    private static readonly Dictionary<string, Action<DlibOptions>> Detectors = new(StringComparer.Ordinal)
    {
        ["hog"] = _ => { },
        ["cnn"] = options => options.Detector = DlibDetectorKind.Cnn,
    };

    private static readonly Dictionary<string, DlibLandmarkKind> Landmarks = new(StringComparer.Ordinal)
    {
        ["5"] = DlibLandmarkKind.Five,
        ["68"] = DlibLandmarkKind.SixtyEight,
    };

    /// <summary>Builds <c>frat detect</c>.</summary>
    public static Command Detect(Terminal terminal) => Create(
        terminal, "detect", "Find the faces of image files: boxes, scores, landmarks.", encodes: false);

    /// <summary>Builds <c>frat encode</c>.</summary>
    public static Command Encode(Terminal terminal) => Create(
        terminal,
        "encode",
        "Find the faces of image files, and encode each as 128 numbers. The table shows each one's distance to the first; --json has the "
            + "numbers.",
        encodes: true);

    private static Command Create(Terminal terminal, string name, string description, bool encodes)
    {
        var files = FilesArgument();
        var encoder = TypedOptions.Choice(
            "--encoder", "NAME", "What finds and encodes faces: {0}. MobileFaceNet finds them with YuNet.", [Dlib, MobileFaceNet]);
        var detector = DetectorOption();
        var landmarks = LandmarksOption();
        var upsample = NumberOption(
            "--upsample",
            nameof(DlibOptions.Upsample),
            "Double the image so many times, {0} to {1}, to find faces below 80 pixels; each step takes 4 times the time and memory.");
        var jitter = NumberOption(
            "--jitter",
            nameof(DlibOptions.Jitter),
            "Encode the mean of so many copies of the face, {0} to {1}, each a little moved, turned and scaled.");
        var mirror = new Option<bool>("--mirror") { Description = "Encode the mean of the face and its mirror image." };
        var models = ModelsCommand.FolderOption("--models");
        var json = new Option<bool>(
            "--json") { Description = "Write one JSON object a line for each file, with the seconds of each step." };
        var command = new Command(name, description) { files, encoder, detector, landmarks, upsample };
        if (encodes)
        {
            command.Add(jitter);
            command.Add(mirror);
        }

        command.Add(models);
        command.Add(json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(encoder) == MobileFaceNet)
            {
                foreach (var option in (Option[])[detector, landmarks, upsample, jitter])
                {
                    if (result.GetResult(option) is { Implicit: false })
                    {
                        result.AddError($"{option.Name} is for --encoder {Dlib}; {MobileFaceNet} has no such setting.");
                    }
                }
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var mirrors = encodes && parsed.GetValue(mirror);
            var modelFiles = ModelsCommand.Files(parsed.GetValue(models), terminal);
            var services = new ServiceCollection().AddMemoryTuning().AddImageDecoder().AddSingleton(modelFiles);
            if (parsed.GetValue(encoder) == MobileFaceNet)
            {
                services.AddMobileFaceNetEncoder(options => options.Mirror = mirrors).AddSingleton(EngineOfMobileFaceNet);
            }
            else
            {
                var options = new DlibOptions
                {
                    Upsample = parsed.GetValue(upsample),
                    Landmarks = Landmarks[parsed.GetRequiredValue(landmarks)],
                    Jitter = encodes ? parsed.GetValue(jitter) : 0,
                    Mirror = mirrors,
                };
                Detectors[parsed.GetRequiredValue(detector)](options);
                var log = new ErrorLogger<DlibFaceEncoder>(terminal, isTalkative: false);
                services.AddSingleton(_ => new DlibFaceEncoder(modelFiles, Options.Create(options), log)).AddSingleton(EngineOfDlib);
            }

            var provider = services.BuildServiceProvider();
            await using (provider.ConfigureAwait(false))
            {
                var engine = provider.GetRequiredService<FaceEngine>();
                IResultWriter writer = parsed.GetValue(json)
                    ? new JsonResultWriter(terminal.Output)
                    : new TableResultWriter(terminal, encodes ? engine.Embedder.Info : null);
                var reader = new FaceReader(
                    provider.GetRequiredService<IImageDecoder>(), engine, encodes, Environment.ProcessorCount, terminal.Input);
                return await RunAsync(terminal, parsed.GetRequiredValue(files), reader, writer, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static FaceEngine EngineOfDlib(IServiceProvider services)
    {
        var encoder = services.GetRequiredService<DlibFaceEncoder>();
        return new FaceEngine(encoder, encoder, encoder.LoadDetectorAsync, encoder.LoadAsync);
    }

    private static FaceEngine EngineOfMobileFaceNet(IServiceProvider services)
    {
        var (detector, embedder) = (services.GetRequiredService<YuNetFaceDetector>(), services.GetRequiredService<OnnxFaceEmbedder>());
        return new FaceEngine(detector, embedder, detector.LoadAsync, async cancellationToken =>
        {
            await embedder.LoadAsync(cancellationToken).ConfigureAwait(false);
            await detector.LoadAsync(cancellationToken).ConfigureAwait(false);
        });
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string[] files, FaceReader reader, IResultWriter writer, CancellationToken cancellationToken)
    {
        var progress = new Progress(terminal);
        var passedOver = new PassedOver();
        try
        {
            await foreach (var result in reader.ReadAsync(
                new ImagePaths(passedOver).Find(files), cancellationToken).ConfigureAwait(false))
            {
                writer.Write(result);
                progress.Count(result);
            }
        }
        finally
        {
            progress.End();
        }

        passedOver.Tell(terminal);
        return progress.Failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static Argument<string[]> FilesArgument()
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "JPEG, PNG or WebP files; folders, with all such files below them; or - for standard input.", Arity =
                ArgumentArity.OneOrMore,
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

    private static Option<string> DetectorOption() =>
        TypedOptions.Choice("--detector", "NAME", "What looks for faces: {0}.", Detectors.Keys);

    private static Option<string> LandmarksOption() => TypedOptions.Choice(
        "--landmarks",
        "N",
        "How many points of a face are found, and align it: {0}. The model for 68 is not for commercial products.",
        Landmarks.Keys);

    // A number in the range that the property of DlibOptions has.
    private static Option<int> NumberOption(string name, string property, string description)
    {
        var range = typeof(DlibOptions).GetProperty(property)!.GetCustomAttribute<RangeAttribute>()!;
        return new Option<int>(name)
        {
            Description = string.Format(CultureInfo.InvariantCulture, description, range.Minimum, range.Maximum),
            HelpName = "N",
            DefaultValueFactory = _ => 0,
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (int.TryParse(text, CultureInfo.InvariantCulture, out var number) && range.IsValid(number))
                {
                    return number;
                }

                result.AddError($"{name} takes a number from {range.Minimum} to {range.Maximum}, not '{text}'.");
                return 0;
            },
        };
    }
}
