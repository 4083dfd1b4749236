using System.Diagnostics;
using Frat.Cli.Tests.Database;
using Frat.Conformance;
using Frat.Storage.EfCore;

namespace Frat.Cli.Tests.Keys;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_RotateReencryptAndRemove_LeaveOneKeyAndEverybodyReadable()
    {
        var target = TargetDatabase.Sqlite(_folder);
        await target.People.EnrollAsync(Samples.Enrollment("E-1"));
        await target.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));
        var old = TemplateKeyFile.Read(KeyFile).Current.Id;

        (await RunAsync("list", target)).Output.ShouldContain($"{old}");
        (await RunAsync("rotate", target)).ExitCode.ShouldBe(0);
        var rotated = TemplateKeyFile.Read(KeyFile).Current.Id;
        rotated.ShouldNotBe(old);
        var early = await FratRun.Of("keys", "remove", old, "--database", target.Address);
        (early.ExitCode, early.Error).ShouldBe(
            (1, $"frat: 2 templates are encrypted with the key {old}: run 'frat keys reencrypt' first.\n"));

        (await RunAsync("reencrypt", target)).Output.ShouldBe($"2 templates are encrypted anew, with the key {rotated}.\n");
        var list = await RunAsync("list", target);
        list.Lines.Skip(1).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..1].Concat(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..]))).ShouldBe(
            [$"{old} 0 not used", $"{rotated} 2 newest: encrypts"]);
        (await FratRun.Of("keys", "remove", old, "--database", target.Address)).ExitCode.ShouldBe(0);
        TemplateKeyFile.Read(KeyFile).Keys.ShouldHaveSingleItem().Id.ShouldBe(rotated);
        (await FratRun.Of("keys", "remove", rotated, "--database", target.Address)).ExitCode.ShouldBe(1);

        await target.DisposeAsync();
        await using var again = TargetDatabase.Sqlite(_folder);
        (await again.Encodings.ReadAsync(Samples.EncoderId).CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task List_ADamagedTemplate_NamesItsPersonAndFails()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await target.People.EnrollAsync(Samples.Enrollment("E-1"));
        await target.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={target.Address};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "UPDATE templates SET encoding = zeroblob(559) WHERE person_id = (SELECT id FROM people WHERE employee_id = 'E-1')";
            command.ExecuteNonQuery();
        }

        var run = await RunAsync("list", target);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("of E-1 can't be read");
        run.Error.ShouldNotContain("E-2");
    }

    [Fact]
    public async Task Create_Nowhere_PrintsAKeyInTheFormOfTheEnvironment()
    {
        var run = await FratRun.Of("keys", "create");

        run.ExitCode.ShouldBe(0);
        var entry = run.Output.Trim().Split(':');
        new TemplateKey(entry[0], DateTimeOffset.UnixEpoch, Convert.FromBase64String(entry[1])).Id.ShouldBe(entry[0]);
    }

    [Fact]
    public async Task Create_AFileThatIsThere_KeepsIt()
    {
        var path = _folder.File("some.keys");
        (await FratRun.Of("keys", "create", path)).ExitCode.ShouldBe(0);
        var before = await File.ReadAllBytesAsync(path);

        (await FratRun.Of("keys", "create", path)).ExitCode.ShouldBe(1);

        (await File.ReadAllBytesAsync(path)).ShouldBe(before);
    }

    [Fact]
    public async Task Commands_NothingIsThere_SaySoAndMakeNothing()
    {
        var address = _folder.File("frat.db");
        foreach (var command in (string[])["list", "rotate", "reencrypt"])
        {
            var run = await FratRun.Of("keys", command, "--database", address);
            run.ExitCode.ShouldBe(4, command);
            run.Error.ShouldContain("There is no", Case.Sensitive, command);
        }

        (await FratRun.Of("keys", "rotate", "--database", "Host=localhost;Database=frat;Username=frat")).Error.ShouldContain("--keys FILE");
        (await FratRun.Of("keys", "rotate")).ExitCode.ShouldBe(2);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rotate_SixProcessesAtOnce_NoKeyIsLost()
    {
        (await FratRun.Of("keys", "create", KeyFile)).ExitCode.ShouldBe(0);
        var processes = Enumerable.Range(0, 6).Select(_ => Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Frat.Cli.dll"), "keys", "rotate", "--keys", KeyFile])
            {
                RedirectStandardOutput = true
            })!).ToList();

        var told = await Task.WhenAll(processes.Select(process => process.StandardOutput.ReadToEndAsync()));

        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            process.Dispose();
        }

        var keys = TemplateKeyFile.Read(KeyFile).Keys;
        keys.Count.ShouldBe(7);
        told.ShouldAllBe(line => keys.Any(key => line.Contains($"has the new key {key.Id}.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Keys_WhatIsDoneToThem_IsInTheTrailWithWhoAndWhy()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        await target.People.EnrollAsync(Samples.Enrollment("E-1"));
        var old = TemplateKeyFile.Read(KeyFile).Current.Id;
        string[] note = ["--database", target.Address, "--by", "it.miller", "--reason", "Somebody left"];

        (await FratRun.Of(["keys", "rotate", .. note])).ExitCode.ShouldBe(0);
        (await FratRun.Of(["keys", "reencrypt", .. note])).ExitCode.ShouldBe(0);
        (await FratRun.Of(["keys", "remove", old, .. note])).ExitCode.ShouldBe(0);

        var rotated = TemplateKeyFile.Read(KeyFile).Keys.ShouldHaveSingleItem().Id;
        var entries = await target.Get<IAuditTrail>().ReadAsync().Where(entry => entry.PersonId is null).ToListAsync();
        entries.Select(entry => (entry.Action, entry.Old, entry.New)).ShouldBe(
        [
            (AuditActions.KeyAdded, null, $"key {old}"),
            (AuditActions.KeyAdded, null, $"key {rotated}"),
            (AuditActions.TemplatesReencrypted, null, $"key {rotated}, 1 templates"),
            (AuditActions.KeyRemoved, $"key {old}", null),
        ]);
        entries.Skip(1).ShouldAllBe(entry => entry.By == Actor.Claimed("it.miller") && entry.Reason == "Somebody left");
        var verified = await FratRun.Of("audit", "verify", "--database", target.Address);
        verified.ExitCode.ShouldBe(0, verified.Error);
    }

    private string KeyFile => _folder.File("frat.db.keys");

    private static Task<FratRun> RunAsync(string command, TargetDatabase target) =>
        FratRun.Of("keys", command, "--database", target.Address);
}
