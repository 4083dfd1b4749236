using System.Data.Common;
using Frat.Conformance;
using Frat.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Sqlite.Tests;

public sealed class SqliteFaultTests : IDisposable
{
    private readonly SqliteTestFile _file = new();

    private string Impatient => _file.ConnectionString + ";Default Timeout=1";

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Writes_AnotherProgramHoldsTheDatabase_FailAsTransientAndWorkAfterwards()
    {
        await using var host = await SqliteTestHost.StartAsync(Impatient);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        var punch = Samples.Punch(ada.Id, Samples.Monday.At(8));
        using (var other = _file.Open())
        {
            other.Execute("BEGIN EXCLUSIVE");

            // Together: each waits for its own bound, not one after the other.
            var append = Should.ThrowAsync<StoreException>(() => host.Attendance.AppendAsync(punch));
            var enroll = Should.ThrowAsync<StoreException>(() => host.People.EnrollAsync(Samples.Enrollment("E-2")));
            foreach (var exception in await Task.WhenAll(append, enroll).WaitAsync(TimeSpan.FromSeconds(30)))
            {
                exception.IsTransient.ShouldBeTrue();
                exception.Message.ShouldContain(_file.Path);
            }

            (await append).Operation.ShouldBe("Append");
            (await enroll).Operation.ShouldBe("Enroll");

            // Readers of a write-ahead log don't wait for the writer.
            (await host.People.FindAsync("E-1")).ShouldBe(ada);
            (await host.People.FindAsync("E-2")).ShouldBeNull();
        }

        (await host.Attendance.AppendAsync(punch)).ShouldNotBeNull().Marked.ShouldBeTrue();
    }

    [Fact]
    public async Task Writes_AnotherProgramLetsGoInTime_Succeed()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        Task<EnrollmentReceipt> enroll;
        using (var other = _file.Open())
        {
            other.Execute("BEGIN EXCLUSIVE");
            enroll = Task.Run(() => host.People.EnrollAsync(Samples.Enrollment("E-1")));
            await Task.Delay(1_300); // Longer than the part of the wait that blocks.
            enroll.IsCompleted.ShouldBeFalse();
        }

        (await enroll.WaitAsync(TimeSpan.FromSeconds(30))).Created.ShouldBeTrue();
    }

    [Fact]
    public async Task Writes_CancelledWhileTheDatabaseIsHeld_GiveUpAsCancelled()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString + ";Default Timeout=0");
        using var other = _file.Open();
        other.Execute("BEGIN EXCLUSIVE");
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(
            () => Task.Run(() => host.People.EnrollAsync(Samples.Enrollment("E-1"), source.Token)).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task StartAsync_NewDatabaseIsHeldByAnotherProgram_IsTransient()
    {
        using var other = _file.Open();
        other.Execute("BEGIN EXCLUSIVE");

        var exception = await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(Impatient));

        exception.IsTransient.ShouldBeTrue();
        exception.Message.ShouldContain(_file.Path);
        other.Execute("ROLLBACK");
        await using var host = await SqliteTestHost.StartAsync(Impatient);
    }

    [Fact]
    public async Task StartAsync_GarbageInsteadOfADatabase_NamesTheFileAndLeavesIt()
    {
        var garbage = Enumerable.Repeat("This is no database. "u8.ToArray(), 500).SelectMany(bytes => bytes).ToArray();
        await File.WriteAllBytesAsync(_file.Path, garbage);

        var exception = await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"{_file.Path} is not an SQLite database");
        (await File.ReadAllBytesAsync(_file.Path)).ShouldBe(garbage);
    }

    [Fact]
    public async Task StartAsync_TruncatedDatabase_NamesTheFile()
    {
        await FillAsync();
        using (var stream = new FileStream(_file.Path, FileMode.Open))
        {
            stream.SetLength(stream.Length / 2);
        }

        var exception = await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync(_file.ConnectionString));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"{_file.Path} is damaged");
    }

    [Fact]
    public async Task Reads_PagesWereOverwritten_FailAsDamagedInTheMiddleOfTheStream()
    {
        await FillAsync();
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        using (var stream = new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // The schema is at the beginning; the last templates are at the end.
            stream.Position = stream.Length / 2 / 4096 * 4096;
            stream.Write(Enumerable.Repeat((byte)0x5a, (int)(stream.Length - stream.Position)).ToArray());
        }

        var exception = await Should.ThrowAsync<StoreException>(async () =>
        {
            await foreach (var _ in host.Encodings.ReadAsync(Samples.EncoderId))
            {
            }
        });

        exception.Operation.ShouldBe("ReadTemplates");
        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"{_file.Path} is damaged");
    }

    [Fact]
    public async Task Writes_ReadOnlyDatabase_SayWhatToDoAndReadsWork()
    {
        await FillAsync(people: 1);
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString + ";Mode=ReadOnly");

        (await host.People.FindAsync("E-0")).ShouldNotBeNull();
        var exception = await Should.ThrowAsync<StoreException>(() => host.People.EnrollAsync(Samples.Enrollment("E-new")));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"{_file.Path} is read-only");
    }

    [Theory]
    [InlineData("/proc/self/frat.db")] // A folder in which nobody may create a file, root neither.
    [InlineData("/proc/self/data/frat.db")]
    [InlineData("/dev/null/frat.db")]
    public async Task StartAsync_FolderThatCannotBeWritten_NamesTheFile(string path)
    {
        var exception = await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync($"Data Source={path}"));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain(path);
    }

    [Fact]
    public async Task StartAsync_PathOfAFolder_SaysSo()
    {
        var exception = await Should.ThrowAsync<StoreException>(() => SqliteTestHost.StartAsync($"Data Source={_file.Folder}"));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"{_file.Folder} is a folder");
    }

    [Fact]
    public async Task Writes_NoRoomLeft_StoreNothingAndWorkWhenThereIsRoom()
    {
        // A page limit makes SQLite behave as on a full disk. It belongs to a connection, so each gets it that is taken from the pool.
        var disk = new PageLimit();
        await using var host = await SqliteTestHost.StartAsync(
            _file.ConnectionString, services => services.ConfigureDbContext<FratDbContext>(options => options.AddInterceptors(disk)));

        disk.Pages = 1;
        var exception = await Should.ThrowAsync<StoreException>(() => host.People.EnrollAsync(Large("E-1")));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain($"The disk that holds {_file.Path} is full");
        (await host.People.FindAsync("E-1")).ShouldBeNull();
        (await host.Encodings.GetSequenceAsync()).ShouldBe(0);

        disk.Pages = PageLimit.None;
        (await host.People.EnrollAsync(Large("E-1"))).Created.ShouldBeTrue();

        static Enrollment Large(string id) => Samples.Enrollment(id, "Ada", [.. Enumerable.Range(0, 100).Select(i => Samples.Encoding(i))]);
    }

    [Fact]
    public async Task Writes_DiskIsFull_StoreNothingAndWorkWhenThereIsRoom()
    {
        // Where nothing may be mounted, the test above is what can be had.
        using var disk = SmallDisk.TryCreate(megabytes: 4);
        var folder = disk?.Folder ?? _file.Folder;
        await using var host = await SqliteTestHost.StartAsync($"Data Source={Path.Combine(folder, "frat.db")}");
        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
        using (disk?.Fill())
        {
            if (disk is not null)
            {
                var exception = await Should.ThrowAsync<StoreException>(async () =>
                {
                    // The log has some room of its own left.
                    for (var i = 0; i < 1_000; i++)
                    {
                        await host.People.EnrollAsync(Samples.Enrollment($"E-full-{i}"));
                    }
                });

                exception.IsTransient.ShouldBeFalse();
                exception.Message.ShouldContain($"The disk that holds {folder}/frat.db is full");
                (await host.People.FindAsync("E-1")).ShouldNotBeNull();
            }
        }

        (await host.People.EnrollAsync(Samples.Enrollment("E-2"))).Created.ShouldBeTrue();
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(15, true)]
    [InlineData(13, false)]
    [InlineData(8, false)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    [InlineData(14, false)]
    [InlineData(26, false)]
    [InlineData(1, false)]
    public void Translate_ResultCode_NamesTheFileAndWhetherToTryAgain(int code, bool isTransient)
    {
        var cause = new InvalidOperationException("wrapped", new SqliteException("cause", code));

        var exception = SqliteErrors.Translate("Append", new SqliteDatabaseFile(_file.ConnectionString), cause).ShouldNotBeNull();

        exception.Operation.ShouldBe("Append");
        exception.IsTransient.ShouldBe(isTransient);
        exception.Message.ShouldContain(_file.Path);
        exception.InnerException.ShouldBe(cause);
    }

    [Fact]
    public void Translate_ExceptionThatIsNotSqlites_IsLeftAlone() =>
        SqliteErrors.Translate("Append", new SqliteDatabaseFile(_file.ConnectionString), new ArgumentException("wrong")).ShouldBeNull();

    private async Task FillAsync(int people = 300)
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        for (var i = 0; i < people; i++)
        {
            await host.People.EnrollAsync(Samples.Enrollment($"E-{i}", $"Person {i}", Samples.Encoding(i)));
        }
    }

    private sealed class PageLimit : DbConnectionInterceptor
    {
        public const uint None = 4_294_967_294;

        public uint Pages { get; set; } = None;

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            ((SqliteConnection)connection).Execute(FormattableString.Invariant($"PRAGMA max_page_count={Pages}"));

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
