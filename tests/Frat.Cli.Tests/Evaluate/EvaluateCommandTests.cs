using System.Text.Json;
using Frat.Cli.Tests.Database;
using Frat.TestKit;

namespace Frat.Cli.Tests.Evaluate;

/// <summary>On Debian's photos: five people of eleven photos each.</summary>
public sealed class EvaluateCommandTests : IClassFixture<EvaluateCommandTests.EncodedJohns>, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly EncodedJohns _johns;

    public EvaluateCommandTests(EncodedJohns johns) => _johns = johns;

    public void Dispose() => _folder.Dispose();

    private static Task<EnrollmentReceipt> EnrolAsync(TargetDatabase target, string employeeId, float at, int templates) =>
        target.People.EnrollAsync(new Enrollment
        {
            EmployeeId = employeeId,
            Name = employeeId,
            Templates = [.. Enumerable.Range(0, templates).Select(number => new NewTemplate
            {
                Encoding = new FaceEncoding("dlib-resnet-v1", [at, number * 0.01f, .. new float[126]]),
            })],
            Consent = new ConsentOptions().ToConsent(ConsentBasis.Attested, Actor.User("test"), TimeProvider.System.GetUtcNow()),
            Note = new AuditNote { By = Actor.User("test") },
        });

    [Fact]
    public void Evaluate_Johns_TellsThemApart()
    {
        var run = _johns.Run;

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        var result = JsonDocument.Parse(run.Output).RootElement;
        (result.GetProperty("photos").GetInt32(), result.GetProperty("people").GetInt32()).ShouldBe((55, 5));
        result.GetProperty("failures").GetArrayLength().ShouldBe(0);
        var verification = result.GetProperty("verification");
        verification.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.95);
        verification.GetProperty("folds").GetArrayLength().ShouldBe(2);
        (verification.GetProperty("genuinePairs").GetInt64(), verification.GetProperty("impostorPairs").GetInt64())
            .ShouldBe((5 * 55, 55 * 54 / 2 - (5 * 55)));
        verification.GetProperty("fnmrAtFmr").GetProperty("0.1").GetDouble().ShouldBeLessThan(0.05);
        var mean = result.GetProperty("identification").EnumerateArray()
            .First(one => one.GetProperty("rule").GetString() == "mean");
        (mean.GetProperty("templatesPerPerson").GetInt32(), mean.GetProperty("framesPerProbe").GetInt32()).ShouldBe((3, 1));
        mean.GetProperty("rank1").GetDouble().ShouldBe(1);
        mean.GetProperty("fnirAtFpir").GetProperty("0.001").ValueKind.ShouldBe(JsonValueKind.Null, "three strangers can't tell that");
    }

    // With a measure of its own: at its cosine distance, not at dlib's 0.6.
    [Fact]
    public async Task Evaluate_MobileFaceNet_TellsThemApartByItsOwnMeasure()
    {
        var run = await FratRun.Of(
            "evaluate", DebianPhotos.JohnsFolder, "--encoder", "mobilefacenet", "--models", SharedModels.Folder, "--no-mirror",
            "--cache", _folder.File("cache"), "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        var result = JsonDocument.Parse(run.Output).RootElement;
        result.GetProperty("failures").GetArrayLength().ShouldBe(0);
        result.GetProperty("alike").GetArrayLength().ShouldBe(0);
        result.GetProperty("verification").GetProperty("accuracy").GetDouble().ShouldBe(1);
        result.GetProperty("verification").GetProperty("fnmrAtFmr").GetProperty("0.1").GetDouble().ShouldBe(0);
        result.GetProperty("identification").EnumerateArray().Select(one => one.GetProperty("rank1").GetDouble())
            .ShouldAllBe(rank1 => rank1 == 1);
    }

    [Fact]
    public async Task Evaluate_Again_NeedsNoModels()
    {
        var run = await EvaluateAsync("--models", _folder.File("nothing"), "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe(_johns.Run.Output);
    }

    [Fact]
    public async Task Evaluate_Gallery_TellsWhatItPromises()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        foreach (var number in Enumerable.Range(0, 3))
        {
            await EnrolAsync(target, $"J-{number}", at: number, templates: 2);
        }

        await EnrolAsync(target, "J-9", at: 2.05f, templates: 1);

        var table = await FratRun.Of("evaluate", "--gallery", target.Address);
        var json = await FratRun.Of("evaluate", "--gallery", target.Address, "--json");

        (table.ExitCode, table.Error, json.ExitCode).ShouldBe((0, "", 0));
        table.Output.ShouldContain("4 people with 7 templates of dlib-resnet-v1.");
        table.Output.ShouldContain("too few people");
        table.Output.ShouldContain("J-2, J-9");
        var result = JsonDocument.Parse(json.Output).RootElement;
        (result.GetProperty("people").GetInt32(), result.GetProperty("probes").GetInt32(), result.GetProperty("fnir").GetDouble())
            .ShouldBe((4, 3, 0));
        result.GetProperty("alike").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData]
    [InlineData("here", "--gallery", "there.db")]
    public async Task Evaluate_NeitherOrBothOfFolderAndGallery_SaysWhatItTakes(params string[] arguments)
    {
        var folder = Directory.CreateDirectory(_folder.File("here")).FullName;

        var run = await FratRun.Of(["evaluate", .. arguments.Select(text => text == "here" ? folder : text)]);

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("Say one of both");
    }

    // As a run leaves it that was ended while it wrote.
    [Fact]
    public async Task Evaluate_TheCacheHasHalfARecordAtItsEnd_GoesOnFromThere()
    {
        var cache = Directory.CreateDirectory(_folder.File("cache")).FullName;
        var file = Path.Combine(cache, Path.GetFileName(Directory.GetFiles(_johns.Cache).Single()));
        File.Copy(Directory.GetFiles(_johns.Cache).Single(), file);
        using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length - 100);
        }

        var run = await FratRun.Of("evaluate", DebianPhotos.JohnsFolder, "--cache", cache, "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe(_johns.Run.Output);
        new FileInfo(file).Length.ShouldBe(new FileInfo(Directory.GetFiles(_johns.Cache).Single()).Length);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Directory.GetFiles(_johns.Cache).Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Evaluate_Table_FitsATerminalAndHtmlIsWhole()
    {
        var page = _folder.File("johns.html");

        var run = await EvaluateAsync("--frames", "2", "--templates", "2", "--target-fpir", "0.5,0.1", "--html", page);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("55 photos of 5 people");
        run.Output.ShouldContain("FNIR at FPIR 50 %");
        run.Lines.ShouldAllBe(line => line.Length <= 130);
        var html = await File.ReadAllTextAsync(page);
        html.ShouldEndWith("</html>\n");
        html.ShouldNotContain("http", Case.Insensitive, "it needs nothing else");
        html.ShouldNotContain("NaN");
        html.Split("<svg ").Length.ShouldBe(4, "three charts");
    }

    [Fact]
    public async Task Evaluate_PairsGiven_AreTheFolds()
    {
        var pairs = _folder.File("pairs.txt");
        await File.WriteAllTextAsync(
            pairs,
            "2\t1\nJohn_Salley\t1\t2\nJohn_Salley\t1\tJohn_Simm\t2\nJohn_Simm\t3\t4\nJohn_Simm\t5\tJohn_Salley\t6\n");

        var run = await EvaluateAsync("--pairs", pairs, "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        var folds = JsonDocument.Parse(run.Output).RootElement.GetProperty("verification").GetProperty("folds").EnumerateArray();
        folds.Select(fold => fold.GetProperty("pairs").GetInt32()).ShouldBe([2, 2]);
    }

    [Theory]
    [InlineData("", "The list ends where the number of folds and of pairs should be.")]
    [InlineData("x\t1\n", "Line 1: 'x' is no number.")]
    [InlineData("1\t1\nJohn_Simm\t1\t12\n", "Line 2: there is no photo 12 of John_Simm.")]
    [InlineData("1\t1\nJohn_Simm\t1\tJohn_Salley\t1\n", "Line 2: there is no pair of one person")]
    [InlineData("1\t1\nJohn_Simm\t1\t2\n", "The list ends where a pair should be.")]
    [InlineData("99999\t999999999\n", "Line 1: there are at most")]
    public async Task Evaluate_PairsThatAreNone_AreToldByTheirLine(string text, string message)
    {
        var pairs = _folder.File("pairs.txt");
        await File.WriteAllTextAsync(pairs, text);

        var run = await EvaluateAsync("--pairs", pairs);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Evaluate_GroupsAndPhotosThatFail_AreTold()
    {
        Place("tall", "John_Salley", 3);
        Place("short", "John_Simm", 3);
        await File.WriteAllTextAsync(_folder.File("set/short/John_Simm/broken.jpg"), "no image");
        File.Copy(
            DebianPhotos.Faces.Single(path => path.EndsWith("2008_001009.jpg", StringComparison.Ordinal)),
            _folder.File("set/short/John_Simm/crowd.jpg"));

        var run = await FratRun.Of("evaluate", _folder.File("set"), "--cache", _folder.File("cache"), "--templates", "1", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        var result = JsonDocument.Parse(run.Output).RootElement;
        result.GetProperty("verification").GetProperty("groups").EnumerateArray()
            .Select(group => group.GetProperty("group").GetString()).ShouldBe(["short", "tall"], ignoreOrder: true);
        result.GetProperty("failures").EnumerateArray()
            .Select(failure => (failure.GetProperty("person").GetString(), failure.GetProperty("reason").GetString()))
            .ShouldContain(("short/John_Simm", "severalFaces"));

        void Place(string group, string person, int count)
        {
            var folder = Directory.CreateDirectory(_folder.File($"set/{group}/{person}")).FullName;
            foreach (var photo in DebianPhotos.Johns[person].Take(count))
            {
                File.Copy(photo, Path.Combine(folder, Path.GetFileName(photo)));
            }
        }
    }

    [Theory]
    [InlineData("--templates", "0")]
    [InlineData("--frames", "9")]
    [InlineData("--target-fpir", "0.1,2")]
    [InlineData("--limit", "none")]
    [InlineData("--seed", "-1")]
    public async Task Evaluate_BadOption_IsRefusedByName(string option, string value)
    {
        var run = await EvaluateAsync(option, value);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(option);
    }

    [Fact]
    public async Task Evaluate_NoPhotos_IsSaid()
    {
        Directory.CreateDirectory(_folder.File("empty/nobody"));

        var run = await FratRun.Of("evaluate", _folder.File("empty"));

        (run.ExitCode, run.Output).ShouldBe((1, ""));
        run.Error.ShouldContain("has no photos");
    }

    private Task<FratRun> EvaluateAsync(params string[] options) =>
        FratRun.Of(["evaluate", DebianPhotos.JohnsFolder, "--cache", _johns.Cache, .. options]);

    /// <summary>The encodings, made once.</summary>
    public sealed class EncodedJohns : IAsyncLifetime, IDisposable
    {
        private readonly TestFolder _folder = new();

        public string Cache => _folder.File("cache");

        internal FratRun Run { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Dlib.TestModels.Files.Folder.ShouldNotBeEmpty();
            Run = await FratRun.Of("evaluate", DebianPhotos.JohnsFolder, "--cache", Cache, "--json");
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _folder.Dispose();
    }
}
