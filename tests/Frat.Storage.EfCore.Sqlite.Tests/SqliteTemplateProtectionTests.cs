using System.Runtime.Versioning;
using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Sqlite.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class SqliteTemplateProtectionTests : TemplateProtectionContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    private string KeyFile => _file.Path + ".keys";

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Start_NoKeysAreGiven_MakesAFileForTheOwnerAloneAndWarns()
    {
        await using (var host = await SqliteTestHost.StartAsync(_file.ConnectionString))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        var key = TemplateKeyFile.Read(KeyFile).Keys.ShouldHaveSingleItem();
        _file.Scalar<string>("SELECT key_id FROM templates").ShouldBe(key.Id);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var again = await SqliteTestHost.StartAsync(_file.ConnectionString);
        (await again.Encodings.ReadAsync(Samples.EncoderId).SingleAsync()).Encoding.ShouldBe(Samples.Encoding(1));
        TemplateKeyFile.Read(KeyFile).Keys.ShouldHaveSingleItem().Id.ShouldBe(key.Id);
    }

    [Fact]
    public async Task Start_KeyFileIsGone_MakesNoNewOne()
    {
        await using (var host = await SqliteTestHost.StartAsync(_file.ConnectionString))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        File.Delete(KeyFile);

        (await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString))).Message
            .ShouldContain($"There is no key file {KeyFile}. Restore it from its backup");
        File.Exists(KeyFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Writes_KeyFileGoesAwayWhileTheHostRuns_AreRefused()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        var content = await File.ReadAllBytesAsync(KeyFile);
        File.Delete(KeyFile);

        // With a key that nobody has any more the template would be lost.
        await Should.ThrowAsync<StoreException>(() => host.People.EnrollAsync(Samples.Enrollment("E-2")));
        (await host.People.FindAsync("E-2")).ShouldBeNull();

        await File.WriteAllBytesAsync(KeyFile, content);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await host.People.EnrollAsync(Samples.Enrollment("E-2"))).Created.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_KeyFileThatOthersMayRead_Ends()
    {
        await using (await SqliteTestHost.StartAsync(_file.ConnectionString))
        {
        }

        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        (await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString))).Message.ShouldContain(
            "chmod 600");
    }

    [Fact]
    public async Task KeyFile_RotatedByAnotherProcess_IsSeenByWhoRuns()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await using var other = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        (await other.Encodings.ReadAsync(Samples.EncoderId).CountAsync()).ShouldBe(1);

        TemplateKeyFile.Add(KeyFile, TemplateKey.Create(TimeProvider.System.GetUtcNow().AddSeconds(1)));
        await host.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));

        (await other.Encodings.ReadAsync(Samples.EncoderId).CountAsync()).ShouldBe(2);
        (await other.Get<TemplateProtection>().CheckAsync()).Keys.Count.ShouldBe(2);
    }

    [Fact]
    public async Task UseTemplateKeyFile_FileThatIsNotThere_EndsTheStart()
    {
        var path = Path.Combine(_file.Folder, "elsewhere.keys");

        (await Should.ThrowAsync<StoreException>(
            () => StartAsync(services => new FratBuilder(services).UseTemplateKeyFile(path)))).Message.ShouldContain(path);

        File.Exists(path).ShouldBeFalse();
        TemplateKeyFile.Create(path, TemplateKey.Create(TimeProvider.System.GetUtcNow())).ShouldBeTrue();
        await using var host = await StartAsync(services => new FratBuilder(services).UseTemplateKeyFile(path));
        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
        File.Exists(KeyFile).ShouldBeFalse();
    }

    [Fact]
    public async Task ReadOnlyDatabase_WithItsKeys_IsRead()
    {
        await using (var host = await SqliteTestHost.StartAsync(_file.ConnectionString))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        await using var reader = await SqliteTestHost.StartAsync(_file.ConnectionString + ";Mode=ReadOnly");
        (await reader.Encodings.ReadAsync(Samples.EncoderId).CountAsync()).ShouldBe(1);
    }

    private protected override async Task<StorageTestHost> StartAsync(Action<IServiceCollection> configure) =>
        await SqliteTestHost.StartAsync(_file.ConnectionString, configure);

    private protected override async Task<byte[]> ReadFilesAsync()
    {
        using var content = new MemoryStream();
        foreach (var path in Directory.EnumerateFiles(_file.Folder))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(content);
        }

        return content.ToArray();
    }

    private protected override void Execute(string sql) => _file.Execute(sql);

    private protected override T Scalar<T>(string sql) => _file.Scalar<T>(sql);

    private protected override StorageTestHost CreateHost(Action<IServiceCollection> configure) =>
        new SqliteTestHost(_file.ConnectionString, configure);

    private protected override string WithoutGuards(string sql) =>
        string.Concat(new[] { "audit_entries", "audit_seals" }.SelectMany(table =>
            new[] { "no_UPDATE", "no_DELETE", "no_replace", "no_earlier" }.Select(guard => $"DROP TRIGGER IF EXISTS {table}_{guard};")))
                + sql;

    private protected override string Bytes(byte[] bytes) => $"X'{Convert.ToHexString(bytes)}'";

    private protected override string Instant(string utc) => $"'{utc}'";
}
