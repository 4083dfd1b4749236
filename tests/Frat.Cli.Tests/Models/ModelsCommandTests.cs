using Frat.Dlib;
using Frat.TestKit;

namespace Frat.Cli.Tests.Models;

public sealed class ModelsCommandTests : IDisposable
{
    private const string Predictor = "shape_predictor_5_face_landmarks.dat";
    private const string Network = "dlib_face_recognition_resnet_model_v1.dat";
    private readonly string _folder = Directory.CreateTempSubdirectory("frat-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task List_Json_TellsTheStateOfEachFile()
    {
        Place(Predictor, damaged: true);
        Place(Network, damaged: false);

        var run = await FratRun.Of("models", "list", "--json", "--folder", _folder);

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Json.ToDictionary(file => file.GetProperty("name").GetString()!, file => file.GetProperty("state").GetString()).ShouldBe(
            new Dictionary<string, string?>
            {
                [Network] = "verified",
                [Predictor] = "damaged",
                ["mmod_human_face_detector.dat"] = "missing",
                ["shape_predictor_68_face_landmarks.dat"] = "missing",
                ["mobilefacenet.onnx"] = "missing",
                ["yunet-n.onnx"] = "missing",
            },
            ignoreOrder: true);
        run.Json[0].EnumerateObject().Select(property => property.Name)
            .ShouldBe(["name", "path", "size", "sha256", "state", "optional", "license", "purpose", "trainedOn"]);
        run.Json[0].GetProperty("path").GetString().ShouldBe(Path.Combine(_folder, Network));
        run.Json[0].GetProperty("size").GetInt64().ShouldBe(22_466_066);
        run.Json[0].GetProperty("license").GetString().ShouldBe("CC0-1.0");
    }

    [Fact]
    public async Task List_Table_ShowsFilesFolderAndLicences()
    {
        Place(Predictor, damaged: true);

        var run = await FratRun.Of("models", "list", "--folder", _folder);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldNotContain('\e');
        var rows = run.Lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        rows[0].ShouldBe("Name Size State Licence");
        rows.ShouldContain($"{Network} 22.5 MB missing CC0-1.0");
        rows.ShouldContain($"{Predictor} 9.2 MB damaged CC0-1.0");
        rows.ShouldContain("shape_predictor_68_face_landmarks.dat 99.7 MB not pulled see below");
        rows.ShouldContain($"Folder: {_folder}");
        rows.ShouldContain("mobilefacenet.onnx 4.0 MB not pulled Apache-2.0");
        rows.ShouldContain(row => row.StartsWith("shape_predictor_68_face_landmarks.dat: Trained on the iBUG 300-W dataset"));
        rows.ShouldContain(row => row.StartsWith("mobilefacenet.onnx: Trained on: A refined MS-Celeb-1M: "));
        rows[^1].ShouldStartWith("yunet-n.onnx: Trained on: WIDER FACE: ");
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 1)]
    public async Task Verify_TellsByItsExitCode(bool damaged, bool missing, int expected)
    {
        Place(Network, damaged);
        if (!missing)
        {
            Place(Predictor, damaged: false);
        }

        (await FratRun.Of("models", "verify", "--folder", _folder)).ExitCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Verify_DamagedOptionalFile_Fails()
    {
        Place(Network, damaged: false);
        Place(Predictor, damaged: false);
        File.WriteAllText(Path.Combine(_folder, "mmod_human_face_detector.dat"), "cut off");

        var run = await FratRun.Of("models", "verify", "--json", "--folder", _folder);

        run.ExitCode.ShouldBe(1);
        run.Json.Single(file => file.GetProperty("state").GetString() == "damaged").GetProperty("optional").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Pull_FilesAreThere_PullsNothingAndShowsTheDefaultOnes()
    {
        Place(Network, damaged: false);
        Place(Predictor, damaged: false);

        var run = await FratRun.Of("models", "pull", "--folder", _folder);

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Lines.Count(line => line.Contains("verified", StringComparison.Ordinal)).ShouldBe(2);
        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Pull_FolderCannotBeWritten_ExitCodeIs3()
    {
        var run = await FratRun.Of("models", "pull", "--folder", "/dev/null/models", Predictor);

        (run.ExitCode, run.Output).ShouldBe((3, ""));
        run.Error.ShouldStartWith($"frat: The model file {Predictor} is not available.");
    }

    [Fact]
    public async Task Pull_ByTheBeginningOfAName_SaysWhatItWasTrainedOn()
    {
        foreach (var file in (string[])["mobilefacenet.onnx", "yunet-n.onnx"])
        {
            File.Copy(SharedModels.PathOf(file), Path.Combine(_folder, file));
        }

        var run = await FratRun.Of("models", "pull", "--folder", _folder, "mobilefacenet", "YuNet");

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldStartWith("mobilefacenet.onnx: Apache-2.0. Trained on: A refined MS-Celeb-1M: ");
        run.Error.ShouldContain("the operator's decision");
        run.Error.ShouldContain("yunet-n.onnx: Apache-2.0. Trained on: WIDER FACE: ");
        run.Lines.Count(line => line.Contains("verified", StringComparison.Ordinal)).ShouldBe(2);
        Directory.GetFiles(_folder).Length.ShouldBe(2); // Nothing of dlib's came along.
    }

    [Fact]
    public async Task Pull_NameThatTwoFilesBeginWith_ExitCodeIs2()
    {
        var run = await FratRun.Of("models", "pull", "--folder", _folder, "shape_predictor");

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldContain("'shape_predictor' is no known model file; these are: ");
    }

    [Fact]
    public async Task Pull_UnknownName_ExitCodeIs2()
    {
        var run = await FratRun.Of("models", "pull", "--folder", _folder, Predictor, "made_up.dat");

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldStartWith("frat: 'made_up.dat' is no known model file; these are: ");
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    private void Place(string name, bool damaged)
    {
        var bytes = File.ReadAllBytes(Path.Combine(TestModels.Folder, name));
        bytes[bytes.Length / 2] ^= (byte)(damaged ? 1 : 0);
        File.WriteAllBytes(Path.Combine(_folder, name), bytes);
    }
}
