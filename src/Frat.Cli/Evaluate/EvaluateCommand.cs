using System.CommandLine;
using System.Globalization;
using Frat.Cli.Database;
using Frat.Cli.Faces;
using Frat.Cli.Keys;
using Frat.Cli.Models;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Evaluate;

/// <summary><c>frat evaluate</c>: how well the people of a folder are recognised.</summary>
internal static class EvaluateCommand
{
    private const string Description = """
        Measure how well the people of a folder are recognised: 1:1 as Labeled Faces in the Wild does, and 1:N with strangers at the door.

        The folder holds person/photo, or group/person/photo. People with photos enough are enrolled; all others are the strangers. The
        encodings are kept for the next run, for you alone: they are biometric data. A run that was broken off goes on where it was.

        With --gallery it tells instead what a host's own gallery promises: where its limit is, how often its people are missed, and who is
        too alike.
        """;

    // What each value of --encoder adds; the argument is whether the mean with the mirror image is encoded.
    private static readonly Dictionary<string, Action<IServiceCollection, bool>> Encoders = new(StringComparer.Ordinal)
    {
        ["dlib"] = (services, mirror) => services.AddDlibFaceEncoder(options => options.Mirror = mirror),
        ["mobilefacenet"] = (services, mirror) => services.AddMobileFaceNetEncoder(options => options.Mirror = mirror),
    };

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<DirectoryInfo>("FOLDER")
        {
            Description = "The photos, each person's in a folder of their own.", Arity = ArgumentArity.ZeroOrOne,
        };
        folder.AcceptExistingOnly();
        var gallery = DatabaseOption.Create("--gallery");
        gallery.Required = false;
        var keys = KeysOption.Create();
        var pairs = new Option<FileInfo>("--pairs")
        {
            Description = "The pairs that the accuracy 1:1 is told by, as LFW's pairs.txt. Without it, they are drawn.", HelpName = "FILE",
        };
        pairs.AcceptExistingOnly();
        var templates = NumberOption("--templates", "How many photos of a person are enrolled", 3, 1, 100);
        var frames = NumberOption("--frames", "How many photos make up a probe, beside single ones", 1, 1, IFaceIdentifier.MaxFrames);
        var rates = RatesOption();
        var limit = new Option<int?>("--limit") { Description = "Take only so many people, drawn by the seed.", HelpName = "PEOPLE" };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0))
            {
                result.AddError($"--limit takes a number of people, not '{token.Value}'.");
            }
        });
        var seed = NumberOption("--seed", "What is drawn by", 1, 0, int.MaxValue);
        var encoder = TypedOptions.Choice("--encoder", "NAME", "What encodes the faces: {0}.", Encoders.Keys);
        var plain = new Option<bool>("--no-mirror")
        {
            Description = "Encode each face once, not as the mean of it and its mirror image: twice as fast, and a little worse.",
        };
        var models = ModelsCommand.FolderOption("--models");
        var cache = new Option<DirectoryInfo>("--cache")
        {
            Description = "Where encodings are kept. Default: a cache of the user.", HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Write the results as JSON." };
        var html = new Option<FileInfo?>("--html")
        {
            Description = "Write a page with the curves, too: one file that needs nothing else.", HelpName = "FILE",
        };
        var command = new Command("evaluate", Description)
        {
            folder, encoder, pairs, templates, frames, rates, limit, seed, plain, models, cache, json, html, gallery, keys,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(gallery) is null == result.GetResult(folder)?.Tokens is not [_])
            {
                result.AddError("Say one of both: a FOLDER of photos, or the database of a --gallery.");
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(gallery) is { } database ? new GalleryRun
        {
            Terminal = terminal,
            Database = database,
            Keys = parsed.GetValue(keys),
            Encoder = Engine.Encoders[parsed.GetRequiredValue(encoder)],
            Rate = parsed.GetValue(rates)?[^1] ?? new RecognitionOptions().TargetFalsePositiveRate,
            Json = parsed.GetValue(json),
        }.StartAsync(cancellationToken) : new Run
        {
            Terminal = terminal,
            Folder = parsed.GetValue(folder)!,
            Pairs = parsed.GetValue(pairs),
            Frames = parsed.GetValue(frames),
            Limit = parsed.GetValue(limit),
            Models = ModelsCommand.Files(parsed.GetValue(models), terminal),
            Encoder = Encoders[parsed.GetRequiredValue(encoder)],
            Mirror = !parsed.GetValue(plain),
            Cache = parsed.GetValue(cache) ?? new DirectoryInfo(DefaultCache()),
            Json = parsed.GetValue(json),
            Html = parsed.GetValue(html),
            Options = new EvaluationOptions
            {
                TemplatesPerPerson = parsed.GetValue(templates),
                Rates = parsed.GetValue(rates) ?? new EvaluationOptions().Rates,
                Seed = parsed.GetValue(seed),
            },
        }.StartAsync(cancellationToken));
        return command;
    }

    private static string DefaultCache() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "frat",
        "evaluate");

    private static Option<int> NumberOption(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = description + ".", HelpName = "N",
            DefaultValueFactory = _ => otherwise,
        };
        option.CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {least} to {most}, not '{text}'."));
            return otherwise;
        };
        return option;
    }

    private static Option<IReadOnlyList<double>> RatesOption() => new("--target-fpir")
    {
        Description = "The shares of strangers taken for somebody at which misses are told. Default: 0.1,0.01,0.001.",
        HelpName = "RATES",
        CustomParser = result =>
        {
            var rates = new List<double>();
            foreach (var text in result.Tokens.Single().Value.Split(','))
            {
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) || rate is not (> 0 and < 1))
                {
                    result.AddError($"--target-fpir takes shares above 0 and below 1 with commas between them, not '{text}'.");
                    return [];
                }

                rates.Add(rate);
            }

            return [.. rates.Distinct().OrderDescending()];
        },
    };

    /// <summary>One run of the command.</summary>
    private sealed class Run
    {
        public required Terminal Terminal { get; init; }

        public required DirectoryInfo Folder { get; init; }

        public required FileInfo? Pairs { get; init; }

        public required int Frames { get; init; }

        public required int? Limit { get; init; }

        public required ModelFiles Models { get; init; }

        public required Action<IServiceCollection, bool> Encoder { get; init; }

        public required bool Mirror { get; init; }

        public required DirectoryInfo Cache { get; init; }

        public required bool Json { get; init; }

        public required FileInfo? Html { get; init; }

        public required EvaluationOptions Options { get; init; }

        public async Task<int> StartAsync(CancellationToken cancellationToken)
        {
            try
            {
                var passedOver = new PassedOver();
                var set = PhotoSet.Read(Folder.FullName, passedOver, Limit, Options.Seed);
                passedOver.Tell(Terminal);
                if (set.Photos.Count == 0)
                {
                    Terminal.WriteError($"{Folder} has no photos: each person's are in a folder of their own.");
                    return ExitCode.Failed;
                }

                return await EvaluateAsync(set, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                Terminal.WriteError(e.Message);
                return ExitCode.Failed;
            }
        }

        private async Task<int> EvaluateAsync(PhotoSet set, CancellationToken cancellationToken)
        {
            var added = new ServiceCollection().AddMemoryTuning().AddImageDecoder().AddSingleton(Models);
            Encoder(added, Mirror);
            var services = added.BuildServiceProvider();
            await using var disposal = services.ConfigureAwait(false);
            var encoder = services.GetRequiredService<IFaceEncoder>();
            var way = Mirror ? "mean of the face and its mirror image" : "the face as it is";
            var (photos, failures) = await EncodeAsync(set, services, encoder, way, cancellationToken).ConfigureAwait(false);

            var frames = new[] { 1, Frames }.Distinct();
            var evaluation = new Evaluation
            {
                Folder = Folder.Name,
                EncoderId = encoder.Info.Id,
                Way = way,
                RecommendedMaxDistance = encoder.Info.RecommendedMaxDistance,
                Photos = photos.Count,
                People = photos.Select(photo => photo.Person).Distinct().Count(),
                Options = Options,
                Verification = RecognitionEvaluator.EvaluateVerification(
                    photos, encoder.Info, FoldsOf(photos), Options, cancellationToken),
                Identification = [.. frames.SelectMany(count => RecognitionEvaluator.EvaluateIdentification(
                    photos, encoder.Info, Options with { FramesPerProbe = count }, cancellationToken))],
                Alike = RecognitionEvaluator.FindAlike(photos, encoder.Info, cancellationToken),
                Failures = failures,
            };
            return await TellAsync(evaluation).ConfigureAwait(false) ? ExitCode.Ok : ExitCode.Failed;
        }

        private async Task<(List<EvaluationPhoto> Photos, List<PhotoFailure> Failures)> EncodeAsync(
            PhotoSet set, ServiceProvider services, IFaceEncoder encoder, string way, CancellationToken cancellationToken)
        {
            using var cache = EncodingCache.Open(Cache.FullName, encoder.Info, way);
            using var progress = new ProgressBar(Terminal, "Photos", set.Photos.Count);
            return await new SetEncoder(services.GetRequiredService<IImageDecoder>(), encoder, cache)
                .EncodeAsync(set.Photos, Environment.ProcessorCount, progress, cancellationToken).ConfigureAwait(false);
        }

        private List<List<EvaluationPair>>? FoldsOf(List<EvaluationPhoto> photos)
        {
            if (Pairs is null)
            {
                return null;
            }

            var people = photos.GroupBy(photo => photo.Person.Split('/')[^1])
                .ToDictionary(person => person.Key, person => person.ToList(), StringComparer.Ordinal);
            return PairsFile.Read(
                Pairs.FullName,
                (person, number) => people.TryGetValue(person, out var some) && number <= some.Count ? some[number - 1] : null);
        }

        private async Task<bool> TellAsync(Evaluation evaluation)
        {
            if (Json)
            {
                EvaluationJson.Write(Terminal.Output, evaluation);
            }
            else
            {
                EvaluationTable.Write(Terminal.Tables, evaluation);
            }

            return Html is null || await OutputFile.WriteAsync(
                Terminal, Html, stream => EvaluationPage.WriteAsync(stream, evaluation)).ConfigureAwait(false);
        }
    }
}
