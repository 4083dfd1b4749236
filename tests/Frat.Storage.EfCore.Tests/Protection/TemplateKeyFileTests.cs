using System.Runtime.Versioning;
using System.Text;

namespace Frat.Storage.EfCore.Tests.Protection;

[UnsupportedOSPlatform("windows")]
public sealed class TemplateKeyFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("frat-keys-").FullName;

    private string File => Path.Combine(_folder, "frat.db.keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Create_AFile_IsReadAgainAndBelongsToItsOwnerAlone()
    {
        var key = TemplateKey.Create(Now);

        TemplateKeyFile.Create(File, key).ShouldBeTrue();

        var read = TemplateKeyFile.Read(File).Current;
        (read.Id, read.CreatedAt).ShouldBe((key.Id, key.CreatedAt));
        read.Secret.ToArray().ShouldBe(key.Secret.ToArray());
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void Create_ThereIsAFile_StaysAsItIs()
    {
        TemplateKeyFile.Create(File, TemplateKey.Create(Now));
        var before = System.IO.File.ReadAllBytes(File);

        TemplateKeyFile.Create(File, TemplateKey.Create(Now)).ShouldBeFalse();

        System.IO.File.ReadAllBytes(File).ShouldBe(before);
        Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Create_ManyAtOnce_OneMakesIt()
    {
        var made =
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => TemplateKeyFile.Create(File, TemplateKey.Create(Now)))));

        made.Count(created => created).ShouldBe(1);
        TemplateKeyFile.Read(File).Keys.ShouldHaveSingleItem();
    }

    [Fact]
    public void AddAndRemove_Keys_TheNewestEncrypts()
    {
        var (first, second) = (TemplateKey.Create(Now), TemplateKey.Create(Now.AddDays(1)));
        TemplateKeyFile.Create(File, first);

        TemplateKeyFile.Add(File, second);

        TemplateKeyFile.Read(File).Current.Id.ShouldBe(second.Id);
        TemplateKeyFile.Read(File).Keys.Select(key => key.Id).ShouldBe([first.Id, second.Id]);
        Should.Throw<ArgumentException>(() => TemplateKeyFile.Add(File, second));
        TemplateKeyFile.Remove(File, first.Id).ShouldBeTrue();
        TemplateKeyFile.Remove(File, first.Id).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => TemplateKeyFile.Remove(File, second.Id));
        TemplateKeyFile.Read(File).Keys.ShouldHaveSingleItem().Id.ShouldBe(second.Id);
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Add_ManyThreadsAtOnce_KeepEveryKey()
    {
        TemplateKeyFile.Create(File, TemplateKey.Create(Now));
        var added = Enumerable.Range(1, 12).Select(i => TemplateKey.Create(Now.AddDays(i))).ToList();

        await Task.WhenAll(added.Select(key => Task.Run(() => TemplateKeyFile.Add(File, key))));

        TemplateKeyFile.Read(File).Keys.Skip(1).Select(key => key.Id).ShouldBe(added.Select(key => key.Id));
        System.IO.File.GetUnixFileMode(File + ".lock").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Take_SomebodyElseHoldsTheLock_GivesUpAndNamesIt()
    {
        TemplateKeyFile.Create(File, TemplateKey.Create(Now));
        using (TemplateKeyFileLock.Take(File))
        {
            Should.Throw<TemplateKeyException>(() => TemplateKeyFileLock.Take(File, TimeSpan.Zero)).Message.ShouldContain(
                $"find who holds {File}.lock");
        }

        TemplateKeyFileLock.Take(File, TimeSpan.Zero).Dispose();
    }

    [Fact]
    public void Add_LockThatOthersMayHold_IsRefused()
    {
        TemplateKeyFile.Create(File, TemplateKey.Create(Now));
        System.IO.File.WriteAllBytes(File + ".lock", []);
        System.IO.File.SetUnixFileMode(File + ".lock", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Should.Throw<TemplateKeyException>(() => TemplateKeyFile.Add(File, TemplateKey.Create(Now))).Message.ShouldContain("chmod 600");
        TemplateKeyFile.Read(File).Keys.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"keys\":null}")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[null]}")]
    [InlineData("{\"keys\":[{}]}")]
    [InlineData("{\"keys\":[{\"id\":\"a\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"secret\":\"SECRET\"}]}")]
    [InlineData("{\"keys\":[{\"id\":\"a\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"secret\":null}]}")]
    [InlineData(
        "{\"keys\":[{\"id\":\"Ä\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}]}")]
    public void Read_NoKeyFile_IsRefusedWithoutQuotingIt(string content)
    {
        System.IO.File.WriteAllText(File, content);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var exception = Should.Throw<TemplateKeyException>(() => TemplateKeyFile.Read(File));

        exception.ToString().ShouldContain("is no key file, or is damaged");
        exception.ToString().ShouldNotContain("SECRET");
    }

    [Fact]
    public void Read_HugeOrMissingOrAFolder_IsRefused()
    {
        Should.Throw<TemplateKeyException>(() => TemplateKeyFile.Read(File)).Message.ShouldContain("There is no key file");
        Should.Throw<TemplateKeyException>(() => TemplateKeyFile.Read(_folder)).Message.ShouldContain("can't be read");
        System.IO.File.WriteAllBytes(File, new byte[3 << 20]);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Should.Throw<TemplateKeyException>(() => TemplateKeyFile.Read(File)).Message.ShouldContain("damaged");
        Should.Throw<TemplateKeyException>(() => TemplateKeyFile.Create(Path.Combine(_folder, "missing", "keys"), TemplateKey.Create(Now)));
    }

    [Fact]
    public void TemplateKey_AsText_IsItsIdAlone()
    {
        var key = TemplateKey.Create(Now);

        key.ToString().ShouldBe(key.Id);
        key.Id.ShouldStartWith("20260302-");
        Encoding.UTF8.GetByteCount(key.Id).ShouldBeLessThanOrEqualTo(TemplateKey.MaxIdLength);
        Should.Throw<ArgumentException>(() => new TemplateKey("a", Now, new byte[31]));
        Should.Throw<ArgumentException>(() => new TemplateKey("a:b", Now, new byte[32]));
        Should.Throw<ArgumentException>(() => new TemplateKeyRing([]));
    }
}
