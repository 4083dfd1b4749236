using System.CommandLine;
using Frat.Dlib;
using Frat.Onnx;
using Frat.Vision;
using Microsoft.Extensions.Options;

namespace Frat.Cli.Models;

/// <summary><c>frat models</c>: pulls, lists and verifies model files.</summary>
internal static class ModelsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("models", "Pull, list and verify model files.") { Pull(terminal), List(terminal), Verify(terminal) };

    /// <summary>The files of a folder; without one, those of FRAT_MODELS or of the user's cache.</summary>
    public static ModelFiles Files(string? folder, Terminal terminal)
    {
        var options = new ModelOptions();
        options.Folder = folder ?? options.Folder;
        return new ModelFiles(
            [DlibModels.Manifest, OnnxModels.MobileFaceNet, OnnxModels.YuNet],
            Options.Create(options),
            new ErrorLogger<ModelFiles>(terminal, isTalkative: true),
            terminal.Pulls);
    }

    /// <summary>The option that names the folder of the model files.</summary>
    public static Option<string?> FolderOption(string name)
    {
        var option = new Option<string?>(name)
        {
            Description = "The folder of the model files. Default: $FRAT_MODELS, or else a cache of the user.", HelpName = "DIR",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError($"{name} needs the name of a folder.");
            }
        });
        return option;
    }

    private static Command Pull(Terminal terminal)
    {
        var names = new Argument<string[]>(
            "NAME")
        {
            Description = "Files to pull, by their names or how these begin: mobilefacenet. Default: those that dlib's encoder needs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var folder = FolderOption("--folder");
        var command = new Command("pull", "Pull model files that are missing or damaged, and verify them.") { names, folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var files = Files(parsed.GetValue(folder), terminal);
            List<ModelFile> wanted = [];
            foreach (var name in parsed.GetValue(names) ?? [])
            {
                if (Find(files, name) is not { } file)
                {
                    terminal.WriteError(
                        $"'{name}' is no known model file; these are: {string.Join(", ", files.Known.Select(known => known.Name))}.");
                    return ExitCode.Usage;
                }

                wanted.Add(file);
            }

            if (wanted.Count == 0)
            {
                wanted.AddRange(files.Known.Where(file => !file.Optional));
            }

            foreach (var file in wanted.Distinct())
            {
                if (file.TrainedOn is { } trainedOn)
                {
                    // Whoever asks for it learns what it is, also where it is there already.
                    terminal.Error.WriteLine($"{file.Name}: {file.License}. Trained on: {trainedOn}");
                }

                await files.PullAsync(file.Name, cancellationToken).ConfigureAwait(false);
            }

            ModelTable.Write(
                terminal,
                files.Folder,
                [.. files.Known.Where(wanted.Contains).Select(file => (file, ModelFileState.Verified))]);
            return ExitCode.Ok;
        });
        return command;
    }

    // By its name, or by what no other file's name begins with.
    private static ModelFile? Find(ModelFiles files, string name) =>
        files.Known.FirstOrDefault(file => file.Name == name)
        ?? (name.Length > 0
            && files.Known.Where(file => file.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToList() is [var one]
            ? one
            : null);

    private static Command List(Terminal terminal) => Show(
        terminal, "list", "List the model files that can be pulled, and the state of each in the folder.", _ => ExitCode.Ok);

    private static Command Verify(Terminal terminal) => Show(
        terminal,
        "verify",
        "Compare the model files with the originals. Exit code 1 when a default file is missing, or any file damaged.",
        files => files.Any(
            entry => entry.State == ModelFileState.Damaged || (entry.State == ModelFileState.Missing && !entry.File.Optional))
            ? ExitCode.Failed
            : ExitCode.Ok);

    private static Command Show(
        Terminal terminal, string name, string description, Func<IReadOnlyList<(ModelFile File, ModelFileState State)>, int> exitCode)
    {
        var folder = FolderOption("--folder");
        var json = new Option<bool>("--json") { Description = "Write one JSON object a line." };
        var command = new Command(name, description) { folder, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var files = Files(parsed.GetValue(folder), terminal);
            IReadOnlyDictionary<string, ModelFileState> states;
            try
            {
                states = await files.VerifyAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                terminal.WriteError($"The folder {files.Folder} can't be read: {e.Message}");
                return ExitCode.Models;
            }

            var entries = files.Known.Select(file => (file, states[file.Name])).ToList();
            if (parsed.GetValue(json))
            {
                ModelTable.WriteJson(terminal, files.Folder, entries);
            }
            else
            {
                ModelTable.Write(terminal, files.Folder, entries);
            }

            return exitCode(entries);
        });
        return command;
    }
}
