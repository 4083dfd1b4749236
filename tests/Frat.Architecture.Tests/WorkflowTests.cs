using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Frat.Architecture.Tests;

/// <summary>
/// The workflows of .github can't run here. So they do nothing but call scripts that can, with pinned actions and no more rights than they
/// need, and that is read from them.
/// </summary>
public sealed partial class WorkflowTests
{
    private static readonly string Script = File.ReadAllText(Path.Combine(Repository.Root, "eng", "ci.sh"));

    // What tests take that only a Debian machine has, or root.
    private static readonly string[] Debian =
    [
        "DebianPhotos", "Apt.", "Chromium", "PostgresServer", "SmallDisk", "NativeCompiler", "FuzzProgram", "ReducedProcessor",
        "TestModels", "UnixFileMode",
    ];

    private static readonly string[] WorkflowFiles =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows")).Select(file => Path.GetFileName(file))];

    public static TheoryData<string> Workflows => [.. WorkflowFiles];

    public static TheoryData<string> Portable => [.. Anywhere().Match(Script).Groups[1].Value.Split(' ')];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Workflow_RunsScriptsOfTheRepositoryOnly(string workflow)
    {
        foreach (var command in Steps(workflow).Select(step => Text(step, "run")).OfType<string>())
        {
            var words = command.Split(' ');
            File.Exists(Path.Combine(Repository.Root, words[0])).ShouldBeTrue(command);
            command.ShouldNotContain("${{", customMessage: "What others write into a title or a branch would be run.");
            if (words[0] == "eng/ci.sh")
            {
                ScriptSteps().ShouldContain(words[1], command);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Workflow_TakesActionsByCommit_WithoutTheTokenLeftBehind(string workflow)
    {
        foreach (var step in Steps(workflow).Where(step => Text(step, "uses") is not null))
        {
            var action = Text(step, "uses")!;
            Pinned().IsMatch(action).ShouldBeTrue(action);
            if (action.StartsWith("actions/checkout@", StringComparison.Ordinal))
            {
                Text((YamlMappingNode)step["with"], "persist-credentials").ShouldBe("false");
            }
        }

        var text = File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", workflow));
        text.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal))
            .ShouldAllBe(line => Named().IsMatch(line)); // A commit alone tells a reader nothing, and Dependabot neither.
        text.ShouldNotContain("pull_request_target"); // Runs others' code with the project's rights.
        text.ShouldNotContain("secrets.");
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Workflow_MayReadOnly_AndEnds(string workflow)
    {
        var root = Read($"workflows/{workflow}");

        ((YamlMappingNode)root["permissions"]).Children.ShouldHaveSingleItem().ToString().ShouldContain("contents, read");
        foreach (var job in Jobs(workflow))
        {
            int.Parse(Text(job, "timeout-minutes")!, CultureInfo.InvariantCulture).ShouldBeInRange(5, 60);
            job.Children.TryGetValue("permissions", out var rights);
            (rights as YamlMappingNode)?.Children.Where(right => right.Value.ToString() == "write").Select(right => right.Key.ToString())
                .ShouldBe(["security-events"]);
        }
    }

    [Fact]
    public void Workflows_OfAllSystems_CallEachStepOfTheScript()
    {
        var commands = WorkflowFiles.SelectMany(Steps).Select(step => Text(step, "run")).OfType<string>().ToList();

        commands.ShouldContain(".ci/run");
        ScriptSteps().Where(step => !commands.Any(command => command.StartsWith($"eng/ci.sh {step}", StringComparison.Ordinal)))
            .ShouldBeEmpty();
        File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "build.yml")).ShouldMatch("windows-.*macos-");
    }

    [Theory]
    [MemberData(nameof(Portable))]
    public void PortableTests_NeedNothingButTheSdk(string project)
    {
        var folder = $"tests/Frat.{project}.Tests";

        Repository.SourcesOf(folder).Where(file => file != "WorkflowTests.cs").Select(file => File.ReadAllText(Path.Combine(
                Repository.Root, folder, file)))
            .ShouldAllBe(text => !Debian.Any(text.Contains));
    }

    [Theory]
    [InlineData("bug.yml")]
    [InlineData("idea.yml")]
    public void IssueForm_IsOneThatGitHubTakes(string form)
    {
        var root = Read($"ISSUE_TEMPLATE/{form}");

        Text(root, "name").ShouldNotBeNullOrEmpty();
        Text(root, "description")!.Length.ShouldBeInRange(3, 200);
        var body = ((YamlSequenceNode)root["body"]).Cast<YamlMappingNode>().ToList();
        body.Select(field => Text(field, "type")).ShouldBeSubsetOf(["markdown", "textarea", "input", "dropdown", "checkboxes"]);
        var fields = body.Where(field => Text(field, "type") != "markdown").ToList();
        fields.Select(field => Text(field, "id").ShouldNotBeNull()).ShouldBeUnique();
        fields.Select(field => Text((YamlMappingNode)field["attributes"], "label").ShouldNotBeNull()).ShouldBeUnique();
        fields.Where(field => Text(field, "type") is "dropdown" or "checkboxes")
            .ShouldAllBe(field => ((YamlSequenceNode)field["attributes"]["options"]).Children.Count > 0);
    }

    [Fact]
    public void Dependabot_LooksAtWhatTheRepositoryHas()
    {
        var root = Read("dependabot.yml");

        Text(root, "version").ShouldBe("2");
        var updates = ((YamlSequenceNode)root["updates"]).Cast<YamlMappingNode>().ToList();
        updates.Select(update => Text(update, "package-ecosystem")).ShouldBe(["nuget", "github-actions"]);
        updates.ShouldAllBe(update => Text(update, "directory") == "/");
    }

    [Fact]
    public void CodeOwners_OwnPathsThatExist()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, ".github", "CODEOWNERS")).Where(line => line[0] != '#').ToList();

        lines.ShouldNotBeEmpty();
        foreach (var path in lines.Select(line => line.Split(' ')[0]).Where(path => path != "*"))
        {
            Path.Exists(Path.Combine(Repository.Root, path.TrimStart('/'))).ShouldBeTrue(path);
        }
    }

    [GeneratedRegex(@"^[\w-]+/[\w/-]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"uses: \S+ # v\d+\.\d+\.\d+$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^anywhere=\((.*)\)$", RegexOptions.Multiline)]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"^  (\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Cases();

    private static List<string> ScriptSteps() => [.. Cases().Matches(Script).Select(match => match.Groups[1].Value)];

    private static IEnumerable<YamlMappingNode> Steps(string workflow) =>
        Jobs(workflow).SelectMany(job => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>());

    private static IEnumerable<YamlMappingNode> Jobs(string workflow) =>
        ((YamlMappingNode)Read($"workflows/{workflow}")["jobs"]).Children.Values.Cast<YamlMappingNode>();

    private static YamlMappingNode Read(string file)
    {
        using var reader = File.OpenText(Path.Combine(Repository.Root, ".github", file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}
