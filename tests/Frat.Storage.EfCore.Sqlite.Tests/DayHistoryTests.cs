namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>
/// After any history of changes, what is stored is what the rules make of all facts, and deriving everything anew changes nothing, whenever
/// a host ran (W2, W3, W15). 80 databases with 25 people each are 2 000 histories; that they share schedules, defaults and holidays also
/// holds that a change of one person leaves the others alone.
/// </summary>
public sealed class DayHistoryTests : IClassFixture<DayHistoryTests.EmptyDatabase>, IDisposable
{
    private const int People = 25;
    private const int Steps = 5 * People;
    private readonly SqliteTestFile _file = new();

    public DayHistoryTests(EmptyDatabase empty) => empty.CopyTo(_file);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 80)];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task DeriveAsync_AfterAnyHistory_ChangesNothing(int seed)
    {
        using var history = await DayHistory.BeginAsync(_file, seed, People);
        await history.GoOnAsync(Steps);

        await history.EndAsync();

        (await history.FindDifferencesAsync()).ShouldBeEmpty(history.ToString());
        (await history.Log.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(0, history.ToString());
        (await history.CountDaysAsync()).ShouldBePositive("nothing happened");
    }

    /// <summary>That the test above can fail.</summary>
    [Theory]
    [InlineData("UPDATE attendance_days SET worked_seconds = worked_seconds + 1")]
    [InlineData("UPDATE attendance_days SET expected_seconds = expected_seconds + 1")]
    [InlineData("UPDATE attendance_days SET closes_at = '2026-03-02 20:00:00'")]
    [InlineData("DELETE FROM attendance_days")]
    public async Task FindDifferencesAsync_OneDayThatIsOtherwise_IsFound(string damage)
    {
        using var history = await DayHistory.BeginAsync(_file, seed: 1, People);
        await history.GoOnAsync(Steps);
        await history.EndAsync();

        _file.Execute($"{damage} WHERE rowid = (SELECT max(rowid) FROM attendance_days)");

        (await history.FindDifferencesAsync()).ShouldHaveSingleItem();
        (await history.Log.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(1);
        (await history.FindDifferencesAsync()).ShouldBeEmpty();
    }

    /// <summary>A database that is made once: its tables would take longer than what happens in it.</summary>
    public sealed class EmptyDatabase : IAsyncLifetime, IDisposable
    {
        private readonly SqliteTestFile _file = new();

        public async Task InitializeAsync()
        {
            await using var host = new SqliteTestHost(_file.ConnectionString);
            (await host.Store.FindAsync("nobody")).ShouldBeNull();
        }

        internal void CopyTo(SqliteTestFile other)
        {
            foreach (var path in Directory.GetFiles(_file.Folder).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
            {
                File.Copy(path, Path.Combine(other.Folder, Path.GetFileName(path)));
            }
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _file.Dispose();
    }
}
