using System.Collections.Concurrent;
using Frat.Conformance;
using Frat.Storage.EfCore;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Tests.Backup;

/// <summary>A backup holds all that was acknowledged before it began, and is a database that works.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Database => _folder.File("frat.db");

    private string Copy => _folder.File("backup.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Backup_WhileCheckInsAreWritten_HasAllThatWasAcknowledgedBeforeAndWorksWithTheKeys()
    {
        await using var host = await StartAsync(Database);
        var person = (await host.GetRequiredService<IPersonStore>().EnrollAsync(Samples.Enrollment("E-1"))).Person;
        var log = host.GetRequiredService<IAttendanceLog>();
        var acknowledged = new ConcurrentBag<Guid>();
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                var punch = Samples.Punch(person.Id, Samples.Monday.At(8, i % 60), $"{writer} {i}");
                acknowledged.Add((await log.AppendAsync(punch)).ShouldNotBeNull().PunchId);
            }
        })).ToList();
        while (acknowledged.Count < 20)
        {
            await Task.Delay(5);
        }

        var before = acknowledged.ToHashSet();
        var run = await BackupAsync();
        var after = acknowledged.Count;
        await done.CancelAsync();
        await Task.WhenAll(writers);

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Output.ReplaceLineEndings(" ").ShouldContain("keys of the templates are not in it");
        after.ShouldBeGreaterThan(before.Count, "check-ins go on meanwhile");
        Directory.GetFiles(_folder.Path, "backup.db*").ShouldBe([Copy]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Copy).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        // Restored: the copy and the keys in their places.
        File.Copy(Database + ".keys", Copy + ".keys");
        (await FratRun.Of("audit", "verify", "--database", Copy)).ExitCode.ShouldBe(0);
        await using var restored = await StartAsync(Copy);
        var found = new HashSet<Guid>();
        await foreach (var punch in restored.GetRequiredService<IAttendanceLog>().ReadPunchesAsync(Samples.Monday, Samples.Monday))
        {
            found.Add(punch.Id);
        }

        before.Except(found).ShouldBeEmpty();
        found.Except(acknowledged).ShouldBeEmpty();
        (await restored.GetRequiredService<IEncodingStore>().ReadAsync(Samples.EncoderId, person.Id).CountAsync()).ShouldBe(1);
        (await restored.GetRequiredService<IAttendanceLog>().AppendAsync(
            Samples.Punch(person.Id, Samples.Monday.At(17), "after the restore"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Backup_FileIsThere_LeavesItAsItIs()
    {
        await (await StartAsync(Database)).DisposeAsync();
        await File.WriteAllTextAsync(Copy, "something else");

        var run = await BackupAsync();

        (run.ExitCode, await File.ReadAllTextAsync(Copy)).ShouldBe((1, "something else"));
        run.Error.ShouldContain("is there already");
    }

    [Fact]
    public async Task Backup_DamagedDatabase_IsNotKept()
    {
        await (await StartAsync(Database)).DisposeAsync();
        SqliteConnection.ClearAllPools();
        using (var file = new FileStream(Database, FileMode.Open))
        {
            file.Position = 4096; // All pages but the first.
            file.Write(new byte[file.Length - 4096]);
        }

        var run = await BackupAsync();

        run.ExitCode.ShouldBeOneOf(1, 4);
        run.Error.ShouldNotBeEmpty();
        Directory.GetFiles(_folder.Path, "backup.db*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("none.db", 1, "no such database")]
    [InlineData("postgresql://nobody@localhost/frat", 2, "pg_dump")]
    public async Task Backup_OfSomethingElse_SaysWhatToDo(string database, int exitCode, string sentence)
    {
        var run = await FratRun.Of("backup", Copy, "--database", database);

        run.ExitCode.ShouldBe(exitCode);
        run.Error.ShouldContain(sentence);
        File.Exists(Copy).ShouldBeFalse();
    }

    private Task<FratRun> BackupAsync() => FratRun.Of("backup", Copy, "--database", Database);

    private static async Task<ServiceProvider> StartAsync(string file)
    {
        var services = new ServiceCollection();
        services.AddAttendanceRules();
        new FratBuilder(services).UseSqlite($"Data Source={file}");
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IFratDatabase>().MigrateAsync();
        return provider;
    }
}
