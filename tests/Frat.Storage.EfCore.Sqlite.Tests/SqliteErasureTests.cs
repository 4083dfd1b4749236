using System.Text;
using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>What is deleted is gone from the bytes of the files, while the host runs: as a thief of the disk would look for it.</summary>
public sealed class SqliteErasureTests : IDisposable
{
    private const string Name = "Wilhelmina Quicksilver";
    private const string EmployeeId = "SECRET-4711";

    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task ForgetAsync_HostRuns_NameIdAndTemplateAreGoneFromAllFilesWhenItReturns()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var (person, template) = await EnrollAsync(host);
        ShouldBeFound(Name, EmployeeId);
        Find(template).ShouldBeTrue();

        (await host.People.ForgetAsync(person.Id, Samples.Note)).ShouldBeTrue();

        ShouldBeGone(template);
    }

    [Fact]
    public async Task RevokeAndDeleteTemplate_HostRuns_TheTemplateIsGoneFromAllFilesWhenTheyReturn()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var (person, template) = await EnrollAsync(host);
        await host.Encodings.DeleteAsync((await host.Encodings.ListAsync(person.Id)).Single().Id, Samples.Note);
        Find(template).ShouldBeFalse();

        await host.Encodings.AddAsync(person.Id, [new NewTemplate { Encoding = Samples.Encoding(2) }], Samples.Note);
        template = _file.Scalar<byte[]>("SELECT encoding FROM templates");
        Find(template).ShouldBeTrue();
        await host.Consents.RevokeAsync(person.Id, Samples.Note);
        Find(template).ShouldBeFalse();
    }

    [Fact]
    public async Task DeleteLeaveAsync_HostRuns_TheNoteIsGoneFromAllFilesWhenItReturns()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var (person, _) = await EnrollAsync(host);
        var leave = new Leave { PersonId = person.Id, From = Samples.Monday, To = Samples.Monday, Note = "Appendix taken out" };
        await host.Get<IScheduleStore>().SaveLeaveAsync(leave, Samples.Note);
        ShouldBeFound(leave.Note);

        (await host.Get<IScheduleStore>().DeleteLeaveAsync(leave.Id, Samples.Note)).ShouldBeTrue();

        Find(Encoding.UTF8.GetBytes(leave.Note)).ShouldBeFalse();
    }

    [Fact]
    public async Task ApplyAsync_TemplatesAreDeletedByAge_TheyAreGoneFromAllFilesWhenItReturns()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host =
            await SqliteTestHost.StartAsync(_file.ConnectionString, services => services.AddSingleton<TimeProvider>(clock));
        var (_, template) = await EnrollAsync(host);
        clock.Now += TimeSpan.FromDays(1096);

        (await host.Get<IRetention>().ApplyAsync(new RetentionPolicy { Confirmed = true })).Templates.ShouldBe(1);

        Find(template).ShouldBeFalse();
    }

    [Fact]
    public async Task ForgetAsync_ManyPeopleOverManyPages_LeavesNoTraceOfThoseWhoWereForgotten()
    {
        // Pages are split, filled and merged on the way; the half that stays keeps the others' places in use.
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var forgotten = new List<(Person Person, byte[] Template)>();
        for (var i = 0; i < 400; i++)
        {
            var person = (await host.People.EnrollAsync(
                Samples.Enrollment($"{EmployeeId}-{i * 7919 % 1000:000}", $"{Name} {i:000}", Samples.Encoding(i)))).Person;
            if (i % 2 == 0)
            {
                await host.Attendance.AppendAsync(Samples.Punch(person.Id, Samples.Monday.At(8)));
                forgotten.Add((
                    person,
                    _file.Scalar<byte[]>($"SELECT encoding FROM templates WHERE person_id = '{person.Id.ToString().ToUpperInvariant()}'")));
            }
        }

        foreach (var (person, _) in forgotten)
        {
            await host.People.ForgetAsync(person.Id, Samples.Note);
        }

        var files = ReadFiles();
        foreach (var (person, template) in forgotten)
        {
            files.AsSpan().IndexOf(Encoding.UTF8.GetBytes(person.Name)).ShouldBe(-1, person.Name);
            files.AsSpan().IndexOf(Encoding.UTF8.GetBytes(person.EmployeeId)).ShouldBe(-1, person.EmployeeId);
            files.AsSpan().IndexOf(template.AsSpan(^32)).ShouldBe(-1, person.EmployeeId);
        }
    }

    [Fact]
    public async Task ForgetAsync_AuditTrailIsReadSlowlyAndPeopleCheckIn_IsGoneWhenItReturns()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await using var other = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var (person, template) = await EnrollAsync(host);
        var busy = (await host.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)))).Person;

        // A client that takes the first entry and then nothing for as long as it likes; at both hosts, of each stream.
        var readers = new List<IAsyncDisposable>();
        foreach (var one in new[] { host, other })
        {
            readers.Add(await HoldAsync(one.Get<IAuditTrail>().ReadAsync()));
            readers.Add(await HoldAsync(one.People.ReadAsync()));
        }

        using var stop = new CancellationTokenSource();
        var checkIns = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await other.Attendance.AppendAsync(Samples.Punch(busy.Id, Samples.Monday.AddDays(i % 5).At(8, i % 60)));
            }
        });

        await host.People.ForgetAsync(person.Id, Samples.Note);

        ShouldBeGone(template);
        await stop.CancelAsync();
        await checkIns;
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task ForgetAsync_AnotherProgramReadsForLong_IsGoneSoonAfterItLetsGoAndHealthSaysSo()
    {
        var time = new FakeTimeProvider();
        await using var host =
            await SqliteTestHost.StartAsync(_file.ConnectionString, services => services.AddSingleton<TimeProvider>(time));
        var (person, template) = await EnrollAsync(host);
        var problems = host.Get<BackgroundProblems>();
        using (var other = _file.Open())
        {
            other.Execute("BEGIN; SELECT count(*) FROM people;");
            (await host.People.ForgetAsync(person.Id, Samples.Note)).ShouldBeTrue(
                "it is stored, and the caller doesn't wait for a stranger");
            await UntilAsync(() => problems.Current.Any(problem => problem.Work == "erasure"));
            Find(template).ShouldBeTrue("or the reader was in nobody's way");
        }

        await UntilAsync(() => problems.Current.Count == 0);
        ShouldBeGone(template);

        async Task UntilAsync(Func<bool> isSo)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!isSo())
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(10, limit.Token);
            }
        }
    }

    [Fact]
    public async Task StartAsync_KilledBetweenDeletionAndErasure_ErasesBeforeTheHostServes()
    {
        byte[] template;
        using (var crashed = new SqliteTestFile())
        {
            await using (var host = await SqliteTestHost.StartAsync(crashed.ConnectionString))
            {
                await host.People.EnrollAsync(Samples.Enrollment(EmployeeId, Name, Samples.Encoding(1)));
                template = crashed.Scalar<byte[]>("SELECT encoding FROM templates");
                using var other = crashed.Open();
                other.Execute("BEGIN; SELECT count(*) FROM people;");
                await host.People.ForgetAsync((await host.People.FindAsync(EmployeeId)).ShouldNotBeNull().Id, Samples.Note);

                // What the disk has when the process is killed now.
                foreach (var path in Directory.GetFiles(crashed.Folder))
                {
                    File.Copy(path, Path.Combine(_file.Folder, Path.GetFileName(path)));
                }
            }
        }

        Find(template).ShouldBeTrue("or there was nothing to erase");

        await using var next = await SqliteTestHost.StartAsync(_file.ConnectionString);

        (await next.People.FindAsync(EmployeeId)).ShouldBeNull();
        ShouldBeGone(template);
    }

    [Fact]
    public async Task ForgetAsync_AMinuteOrTwoLater_TheChangeStreamHasTheIdNoMore()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 28, 8, 0, 0, TimeSpan.Zero));
        await using var host =
            await SqliteTestHost.StartAsync(_file.ConnectionString, services => services.AddSingleton<TimeProvider>(time));
        var (person, _) = await EnrollAsync(host);
        var stays = (await host.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)))).Person;
        for (var i = 0; i < 5; i++)
        {
            await host.People.SetActiveAsync(stays.Id, active: false, Samples.Note);
            await host.People.SetActiveAsync(stays.Id, active: true, Samples.Note);
        }

        var behind = await host.Encodings.GetSequenceAsync();
        await host.People.ForgetAsync(person.Id, Samples.Note);
        (await host.Encodings.ListChangesAsync(behind)).ShouldHaveSingleItem().PersonId.ShouldBe(person.Id);
        var last = await host.Encodings.GetSequenceAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (_file.Scalar<long>("SELECT count(*) FROM template_changes") > 2)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(10, limit.Token);
        }

        // Who was behind is told to read everybody again; who was not is told nothing.
        (await host.Encodings.ListChangesAsync(behind)).ShouldHaveSingleItem().ShouldBe(new TemplateChange
        {
            Sequence = last,
            PersonId = TemplateChange.Anybody,
        });
        (await host.Encodings.ListChangesAsync(0)).Select(change => change.PersonId).ShouldBe([stays.Id, TemplateChange.Anybody]);
        (await host.Encodings.GetSequenceAsync()).ShouldBe(last);
    }

    [Fact]
    public async Task EnrollAsync_Ids_TellNoTime()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var (person, _) = await EnrollAsync(host);

        // In the trail for good.
        person.Id.Version.ShouldBe(4);
        (await host.Encodings.ListAsync(person.Id)).ShouldHaveSingleItem().Id.Version.ShouldBe(4);
        new Leave { PersonId = person.Id, From = Samples.Monday, To = Samples.Monday }.Id.Version.ShouldBe(4);
    }

    private static async Task<IAsyncDisposable> HoldAsync<T>(IAsyncEnumerable<T> rows)
    {
        var reader = rows.GetAsyncEnumerator();
        (await reader.MoveNextAsync()).ShouldBeTrue();
        return reader;
    }

    private async Task<(Person Person, byte[] Template)> EnrollAsync(SqliteTestHost host)
    {
        var person = (await host.People.EnrollAsync(Samples.Enrollment(EmployeeId, Name, Samples.Encoding(1)))).Person;
        return (person, _file.Scalar<byte[]>("SELECT encoding FROM templates"));
    }

    private void ShouldBeFound(params string[] texts)
    {
        foreach (var text in texts)
        {
            Find(Encoding.UTF8.GetBytes(text)).ShouldBeTrue($"or looking for {text} proves nothing");
        }
    }

    private void ShouldBeGone(byte[] template)
    {
        Find(Encoding.UTF8.GetBytes(Name)).ShouldBeFalse();
        Find(Encoding.UTF8.GetBytes(EmployeeId)).ShouldBeFalse();
        Find(template).ShouldBeFalse();
    }

    // A long value is spread over pages, so its end is looked for.
    private bool Find(byte[] bytes) => ReadFiles().AsSpan().IndexOf(bytes.AsSpan(Math.Max(0, bytes.Length - 32))) >= 0;

    private byte[] ReadFiles()
    {
        using var all = new MemoryStream();
        foreach (var path in Directory.GetFiles(_file.Folder)
            .Where(path => path.EndsWith(".db", StringComparison.Ordinal) || path.EndsWith("-wal", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.CopyTo(all);
        }

        return all.ToArray();
    }
}
