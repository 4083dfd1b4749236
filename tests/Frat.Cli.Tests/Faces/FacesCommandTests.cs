using Frat.Dlib;
using Frat.TestKit;

namespace Frat.Cli.Tests.Faces;

public sealed class FacesCommandTests : IDisposable
{
    private const string Salley = "johns/John_Salley/000179_02159509.jpg";
    private readonly string _folder = Directory.CreateTempSubdirectory("frat-cli-").FullName;

    public FacesCommandTests() => TestModels.Files.Folder.ShouldNotBeEmpty();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Detect_Json_SaysWhatDlibSays()
    {
        string[] photos = ["faces/2008_001009.jpg", "faces/2007_007763.jpg", "faces/2008_002506.jpg"];

        var run = await FratRun.Of(["detect", "--json", "--detector", "hog", .. photos.Select(Golden.Photo)]);

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Json.Select(line => line.GetProperty("file").GetString()).ShouldBe(photos.Select(Golden.Photo));
        foreach (var (line, photo) in run.Json.Zip(photos))
        {
            Golden.ShouldAgree(line, Golden.Of("faces.jsonl", photo), encodes: false);
        }
    }

    [Fact]
    public async Task Encode_Json_SaysWhatDlibSays()
    {
        var run = await FratRun.Of("encode", "--json", Golden.Photo(Salley), Golden.Photo("faces/2008_001009.jpg"));

        (run.ExitCode, run.Error, run.Lines.Count).ShouldBe((0, "", 2));
        Golden.ShouldAgree(run.Json[0], Golden.Of("johns.jsonl", Salley), encodes: true);
        Golden.ShouldAgree(run.Json[1], Golden.Of("faces.jsonl", "faces/2008_001009.jpg"), encodes: true);
    }

    [Fact]
    public async Task Detect_Upsampled_FindsWhatDlibFindsUpsampled()
    {
        const string photo = "faces/2008_001009.jpg";

        var run = await FratRun.Of("detect", "--json", "--upsample", "1", Golden.Photo(photo));

        Golden.ShouldAgree(run.Json.Single(), Golden.Of("faces-upsampled.jsonl", photo), encodes: false);
    }

    [Fact]
    public async Task Encode_Jittered_SaysWhatDlibSaysJittered()
    {
        const string photo = "faces/2008_001009.jpg";

        var run = await FratRun.Of("encode", "--json", "--jitter", "10", Golden.Photo(photo));

        Golden.ShouldAgree(run.Json.Single(), Golden.Of("faces-jitter.jsonl", photo), encodes: true);
    }

    [Fact]
    public async Task Encode_Mirrored_IsNearWhatDlibSays()
    {
        var plain = await FratRun.Of("encode", "--json", Golden.Photo(Salley));
        var run = await FratRun.Of("encode", "--json", "--mirror", Golden.Photo(Salley));

        EncodingOf(run).EuclideanDistance(EncodingOf(plain)).ShouldBeInRange(0.01f, 0.3f);

        static FaceEncoding EncodingOf(FratRun run) => new(
            "any", [.. run.Json.Single().GetProperty("faces")[0].GetProperty("encoding").EnumerateArray()
                .Select(value => value.GetSingle())]);
    }

    [Fact]
    public async Task Detect_68Landmarks_SaysWhatDlibSays()
    {
        const string photo = "faces/2008_001009.jpg";
        await TestModels.Files.GetAsync("shape_predictor_68_face_landmarks.dat");

        var run = await FratRun.Of("detect", "--json", "--landmarks", "68", Golden.Photo(photo));

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        Golden.ShouldAgree(run.Json.Single(), Golden.Of("faces-68.jsonl", photo), encodes: false);
    }

    [Theory]
    [InlineData("encode", "--jitter", "-1")]
    [InlineData("encode", "--jitter", "1001")]
    [InlineData("encode", "--landmarks", "6")]
    [InlineData("detect", "--jitter", "3")]
    public async Task Any_OptionOutOfRange_IsRefusedByName(string command, string option, string value)
    {
        var run = await FratRun.Of(command, option, value, Golden.Photo(Salley));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(option);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Detect_FailingFilesAmongGoodOnes_AreNamedInTheirPlace()
    {
        var broken = Write("broken.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 1, 2, 3]);
        var text = Write("text.jpg", "no picture"u8.ToArray());
        var good = Golden.Photo(Salley);

        var run = await FratRun.Of("detect", "--json", good, broken, "/nowhere/a.jpg", good, text);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBeEmpty();
        run.Json.Select(line => line.GetProperty("file").GetString()).ShouldBe([good, broken, "/nowhere/a.jpg", good, text]);
        run.Json.Select(line => line.TryGetProperty("error", out _)).ShouldBe([false, true, true, false, true]);
        run.Lines[2].ShouldBe("""{"file":"/nowhere/a.jpg","error":"There is no such file."}""");
        run.Json[4].EnumerateObject().Select(property => property.Name).ShouldBe(["file", "error"]);
        run.Json[4].GetProperty("error").GetString()!.ShouldStartWith("The file is no image of a supported format");
    }

    [Fact]
    public async Task Detect_SlowFileBeforeFastOnes_KeepsTheOrder()
    {
        // More than may wait for one file, and the slowest in front.
        string[] files =
        [
            Golden.Photo("faces/bald_guys.jpg"), .. DebianPhotos.Johns.Values.SelectMany(photos => photos), .. DebianPhotos.Faces,
        ];

        var run = await FratRun.Of(["detect", "--json", .. files, .. files]);

        run.ExitCode.ShouldBe(0);
        run.Json.Select(line => line.GetProperty("file").GetString()).ShouldBe([.. files, .. files]);
    }

    [Fact]
    public async Task Detect_Folder_WalksItsImages()
    {
        var photo = File.ReadAllBytes(Golden.Photo(Salley));
        string[] names = ["a.JPG", "b.jpeg", "c.jfif", "d.jpe", "no-name-of-a-photo", "deep/er/c.jpg"];
        string[] expected = [.. names.Select(name => Write(name, photo))];
        Directory.CreateSymbolicLink(Path.Combine(_folder, "deep", "loop"), _folder);

        var run = await FratRun.Of("detect", "--json", _folder);

        run.ExitCode.ShouldBe(0);
        run.Json.Select(line => line.GetProperty("file").GetString()).ShouldBe(expected);
    }

    [Fact]
    public async Task Detect_FolderWithOtherFiles_CountsAndNamesWhatItPassesOver()
    {
        Write("a.jpg", File.ReadAllBytes(Golden.Photo(Salley)));
        Write("b.heic", [0, 0, 0, 24, .. "ftypheic\0\0\0\0"u8]);
        Write("c.gif", [.. "GIF89a and so on"u8]);
        Write("notes\e[31m.txt", [.. "A text, and no photo."u8]);

        var run = await FratRun.Of("detect", "--json", _folder);

        (run.ExitCode, run.Json.Count).ShouldBe((0, 1));
        run.Error.ShouldBe($"frat: 3 files were passed over, which are no JPEG, PNG or WebP: {_folder}/b.heic (HEIC), {_folder}/c.gif "
            + $"(GIF), {_folder}/notes\uFFFD[31m.txt.{Environment.NewLine}");
    }

    // Anyone who opens a pipe waits for what comes out of it: nothing does.
    [Fact]
    public async Task Detect_PipesAndDevices_AreRefusedAndNeverWaitedFor()
    {
        var photo = Write("a.jpg", File.ReadAllBytes(Golden.Photo(Salley)));
        var pipe = Path.Combine(_folder, "b.jpg");
        Command.Run("mkfifo", [pipe]);
        Command.Run("mkfifo", [Path.Combine(_folder, "pipe")]);
        File.CreateSymbolicLink(Path.Combine(_folder, "c.jpg"), pipe);
        File.CreateSymbolicLink(Path.Combine(_folder, "d.png"), "/dev/zero");

        var run = await FratRun.Of("detect", "--json", _folder, pipe, "/dev/zero").WaitAsync(TimeSpan.FromMinutes(2));

        run.ExitCode.ShouldBe(1);
        run.Json.Count(line => line.TryGetProperty("error", out var error) && error.GetString() == "It is empty, or no file that can be "
            + "read.").ShouldBe(5);
        run.Json.Single(line => line.TryGetProperty("faces", out _)).GetProperty("file").GetString().ShouldBe(photo);
        run.Error.ShouldContain($"{_folder}/pipe (empty, or no file)");
    }

    [Fact]
    public async Task Detect_FolderWithoutImages_Fails()
    {
        var run = await FratRun.Of("detect", _folder);

        (run.ExitCode, run.Output).ShouldBe((1, ""));
        run.Error.ShouldBe($"frat: {_folder}: The folder holds no JPEG, PNG or WebP files.{Environment.NewLine}");
    }

    [Fact]
    public async Task Detect_Dash_ReadsStandardInput()
    {
        using var photo = File.OpenRead(Golden.Photo(Salley));

        var run = await FratRun.Of(photo, ["detect", "--json", "-"]);

        run.Json.Single().GetProperty("file").GetString().ShouldBe("-");
        Golden.ShouldAgree(run.Json.Single(), Golden.Of("johns.jsonl", Salley), encodes: false);
    }

    [Fact]
    public async Task Encode_Table_HasARowForEachFaceAndTheDistanceToTheFirst()
    {
        var (salley, other) = (Golden.Photo(Salley), Golden.Photo("faces/2008_001009.jpg"));

        var run = await FratRun.Of("encode", salley, "/nowhere/\e[31m.jpg", other, Golden.Photo("faces/2007_007763.jpg"));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe($"frat: /nowhere/\uFFFD[31m.jpg: There is no such file.{Environment.NewLine}");
        run.Output.ShouldNotContain('\e');
        var rows = run.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        rows[0].ShouldBe(["Face", "Left", "Top", "Right", "Bottom", "Score", "Distance", "Image", "File"]);
        rows[1].ShouldBe(["1", "10", "10", "134", "134", rows[1][5], "0.000", "150×150", salley]);
        rows[2].ShouldBe(["1", "121", "208", "208", "294", "1.748", rows[2][6], "360×480", other]);
        double.Parse(rows[2][6], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0.6);
        rows[3][0].ShouldBe("2");
        rows[4].ShouldBe(["0", "-", "-", "-", "-", "-", "-", "500×375", Golden.Photo("faces/2007_007763.jpg")]);
        rows.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Detect_ErrorIsATerminal_CountsThere()
    {
        var run = await FratRun.Of(Stream.Null, ["detect", "--json", Golden.Photo(Salley), "/nowhere/a.jpg"], onTerminal: true);

        run.Lines.Count.ShouldBe(2);
        run.Error.ShouldContain("2 files, 1 face, 1 failed, ");
    }

    [Fact]
    public async Task Detect_FolderOfModels_NeedsNoNetwork()
    {
        const string predictor = "shape_predictor_5_face_landmarks.dat";
        File.Copy(Path.Combine(TestModels.Folder, predictor), Path.Combine(_folder, predictor));

        var run = await FratRun.Of("detect", "--json", "--models", _folder, Golden.Photo(Salley));

        run.ExitCode.ShouldBe(0);
        Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).ShouldBe([predictor]);
    }

    [Theory]
    [InlineData("detect")]
    [InlineData("encode")]
    public async Task ModelsCannotBeHad_ExitCodeIs3(string command)
    {
        var run = await FratRun.Of(command, "--models", "/dev/null/models", Golden.Photo(Salley));

        (run.ExitCode, run.Output).ShouldBe((3, ""));
        run.Error.ShouldStartWith("frat: The model file shape_predictor_5_face_landmarks.dat is not available.");
        run.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--detector 'cnn2' is not known; there is: hog, cnn.", "detect", "--detector", "cnn2", "a.jpg")]
    [InlineData("--upsample takes a number from 0 to 3, not '4'.", "detect", "--upsample", "4", "a.jpg")]
    [InlineData("--upsample takes a number from 0 to 3, not 'x'.", "encode", "--upsample", "x", "a.jpg")]
    [InlineData("--models needs the name of a folder.", "encode", "--models", "", "a.jpg")]
    [InlineData("Unrecognized option '--jsno'. A file of that name is given as './--jsno'.", "detect", "a.jpg", "--jsno")]
    [InlineData("Required argument 'FILES' missing for command: 'detect'.", "detect")]
    [InlineData("Unrecognized command or argument 'bogus'.", "bogus")]
    public async Task CommandLineIsWrong_ExitCodeIs2(string message, params string[] args)
    {
        var run = await FratRun.Of(args);

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldContain($"frat: {message}{Environment.NewLine}");
        run.Error.ShouldContain("--help'.");
    }

    [Fact]
    public async Task Encode_Interrupted_ExitCodeIs130()
    {
        var run = await FratRun.Of(
            Stream.Null, ["encode", DebianPhotos.FacesFolder], cancellationToken: new CancellationToken(canceled: true));

        (run.ExitCode, run.Output, run.Error).ShouldBe((130, "", ""));
    }

    [Fact]
    public async Task Help_TellsTheExitCodes()
    {
        var run = await FratRun.Of("--help");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("3  the model files can't be had");
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
