using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Frat.Vision.Tests.Models;

/// <summary>What is known, and what is said when a file can't be had.</summary>
public sealed class ModelFilesTests : IDisposable
{
    private readonly ModelWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task GetAsync_EverySourceFails_SaysWhatWasTriedAndHowToPlaceTheFile()
    {
        await using var server = new LoopbackServer((_, _) => new Answer(404, []));
        _world.Url = server.Url;
        _world.Sources = ModelSources.All;
        _world.FakeNpm("echo 'npm error 404 Not Found' >&2; exit 1");

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.FileName.ShouldBe(ModelWorld.Name);
        e.Message.ShouldContain(server.Url.Replace("{name}", ModelWorld.Name, StringComparison.Ordinal)
            + ": Response status code does not indicate success: 404");
        e.Message.ShouldContain("npm package made-up@1.0.0: ");
        e.Message.ShouldContain("npm error 404 Not Found");
        e.Message.ShouldContain("- size: 300000 bytes");
        e.Message.ShouldContain("- SHA-256: ");
        e.Message.ShouldContain($"- into the folder: {_world.Folder}");
    }

    [Fact]
    public async Task GetAsync_NoSourceIsAllowed_NeverAsksTheNetwork()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        _world.Sources = ModelSources.None;

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("no other source is allowed");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetAsync_OptionalFile_LogsItsLicence()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;

        await _world.Files(optional: true).GetAsync(ModelWorld.Name);

        _world.Log.Text.ShouldContain("made_up.dat is optional and has its own licence: a licence");
    }

    // Who starts a program has not decided to use it.
    [Fact]
    public async Task GetAsync_FileThatSaysWhatItWasTrainedOn_IsPulledOnlyWhenSomebodyAsks()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        var files = _world.Files(trainedOn: "Photos of people who were not asked.");

        var e = await Should.ThrowAsync<ModelFileException>(() => files.GetAsync(ModelWorld.Name));
        await Should.ThrowAsync<ModelFileException>(() => files.OpenAsync(ModelWorld.Name));

        e.Message.ShouldContain($"frat models pull {ModelWorld.Name}");
        e.Message.ShouldContain("a licence; trained on: Photos of people who were not asked.");
        e.Message.ShouldContain("- SHA-256: ");
        server.Requests.ShouldBeEmpty();
        Directory.Exists(_world.Folder).ShouldBeFalse();

        File.ReadAllBytes(await files.PullAsync(ModelWorld.Name)).ShouldBe(_world.Content);
        (await files.GetAsync(ModelWorld.Name)).ShouldBe(_world.FilePath);
    }

    [Fact]
    public async Task GetAsync_UnknownName_IsAnArgumentException()
    {
        var e = await Should.ThrowAsync<ArgumentException>(() => _world.Files().GetAsync("../../etc/passwd"));

        e.Message.ShouldContain(ModelWorld.Name);
    }

    [Fact]
    public async Task VerifyAsync_TellsTheStateOfEachFile()
    {
        var files = _world.Files();
        (await files.VerifyAsync())[ModelWorld.Name].ShouldBe(ModelFileState.Missing);
        Directory.CreateDirectory(_world.Folder);
        await File.WriteAllBytesAsync(_world.FilePath, new byte[300_000]);
        (await files.VerifyAsync())[ModelWorld.Name].ShouldBe(ModelFileState.Damaged);
        await File.WriteAllBytesAsync(_world.FilePath, _world.Content);
        (await files.VerifyAsync())[ModelWorld.Name].ShouldBe(ModelFileState.Verified);
    }

    [Fact]
    public void Files_OfTwoManifestsWithOneName_AreRefused() =>
        Should.Throw<ArgumentException>(() => _world.Files(times: 2)).Message.ShouldContain($"Two manifests have a file {ModelWorld.Name}");

    [Fact]
    public async Task AddModelFiles_OfTwoEncoders_KnowsTheFilesOfBoth()
    {
        var services = new ServiceCollection();
        var (one, other) = (Manifest("one.onnx"), Manifest("other.onnx"));
        services.AddModelFiles(one).AddModelFiles(other).AddModelFiles(one);
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<ModelFiles>().Known.Select(file => file.Name).ShouldBe(["one.onnx", "other.onnx"]);
    }

    [Theory]
    [InlineData("Folder")]
    [InlineData("Sources")]
    public async Task AddModelFiles_WithOptionsThatAreWrong_Throws(string name)
    {
        await using var provider = new ServiceCollection().AddModelFiles(Manifest("one.onnx")).Configure<ModelOptions>(options =>
        {
            options.Folder = name == "Folder" ? "" : options.Folder;
            options.Sources = name == "Sources" ? (ModelSources)9 : options.Sources;
        }).BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<ModelFiles>()).Message.ShouldContain(name);
    }

    private static ModelManifest Manifest(string name) =>
        new([new ModelFile(name, 1, new string('0', 64), "MIT", "Nothing.", optional: false, [])]);
}
