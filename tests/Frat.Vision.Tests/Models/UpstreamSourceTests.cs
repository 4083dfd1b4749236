using System.Text;

namespace Frat.Vision.Tests.Models;

/// <summary>Files that are pulled from a web server: whole, broken off, wrong.</summary>
public sealed class UpstreamSourceTests : IDisposable
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
    public async Task GetAsync_NothingListens_FailsAtOnceAndSaysSo()
    {
        var e = await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        e.Message.ShouldContain("Connection refused");
    }

    [Fact]
    public async Task GetAsync_FileThatIsNotPacked_IsStoredAsItCame()
    {
        await using var server = LoopbackServer.Serving(_world.Content);
        _world.Url = server.Url.Replace(".bz2", "", StringComparison.Ordinal);

        await _world.Files().GetAsync(ModelWorld.Name);

        (await File.ReadAllBytesAsync(_world.FilePath)).ShouldBe(_world.Content);
    }

    private void LeavePart(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_world.PartPath)!);
        File.WriteAllBytes(_world.PartPath, bytes);
    }
}
