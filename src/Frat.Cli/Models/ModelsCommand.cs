using System.CommandLine;
using Frat.Dlib;
using Frat.Vision;
using Microsoft.Extensions.Options;

namespace Frat.Cli.Models;

/// <summary><c>frat models</c>: pulls, lists and verifies dlib's model files.</summary>
internal static class ModelsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("models", "Pull, list and verify dlib's model files.") { Pull(terminal), List(terminal), Verify(terminal) };

    /// <summary>The files of a folder; without one, those of FRAT_MODELS or of the user's cache.</summary>
    public static ModelFiles Files(string? folder, Terminal terminal)
    {
        var options = new ModelOptions();
        options.Folder = folder ?? options.Folder;
        return new ModelFiles(
            [DlibModels.Manifest], Options.Create(options), new ErrorLogger<ModelFiles>(terminal, isTalkative: true), terminal.Pulls);
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
            "NAME") { Description = "Files to pull. Default: those that encoding needs.", Arity = ArgumentArity.ZeroOrMore };
        var folder = FolderOption("--folder");
        var command = new Command("pull", "Pull model files that are missing or damaged, and verify them.") { names, folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var files = Files(parsed.GetValue(folder), terminal);
            var wanted = parsed.GetValue(names) is { Length: > 0 } given
                ? given
                : [.. files.Known.Where(file => !file.Optional).Select(file => file.Name)];
            if (wanted.FirstOrDefault(name => files.Known.All(file => file.Name != name)) is { } unknown)
            {
                terminal.WriteError(
                    $"'{unknown}' is no known model file; these are: {string.Join(", ", files.Known.Select(file => file.Name))}.");
                return ExitCode.Usage;
            }

            foreach (var name in wanted)
            {
                await files.GetAsync(name, cancellationToken).ConfigureAwait(false);
            }

            ModelTable.Write(
                terminal,
                files.Folder,
                [.. files.Known.Where(file => wanted.Contains(file.Name)).Select(file => (file, ModelFileState.Verified))]);
            return ExitCode.Ok;
        });
        return command;
    }

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
