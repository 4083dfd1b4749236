using System.Diagnostics;
using System.Runtime.Versioning;

namespace Frat.Vision.Tests.Models;

/// <summary>The folder: what lies in it, who may write it, and who pulls into it at the same time.</summary>
public sealed class ModelFolderTests : IDisposable
{
    private readonly ModelWorld _world = new();

    public void Dispose() => _world.Dispose();

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
        await ModelWorld.UntilAsync(() => File.Exists(ready));
        var get = _world.Files().GetAsync(ModelWorld.Name);
        await ModelWorld.UntilAsync(() => _world.Log.Text.Contains("Another process", StringComparison.Ordinal));
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
}
