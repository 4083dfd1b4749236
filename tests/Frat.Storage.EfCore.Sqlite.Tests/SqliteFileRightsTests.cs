using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>Who else on the machine may use the files.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SqliteFileRightsTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task StartAsync_NewDatabase_AllFilesAreTheOwnersAlone()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await host.Store.EnrollAsync(Conformance.Samples.Enrollment("E-1"));

        Directory.GetFiles(_file.Folder).Select(Path.GetFileName)
            .ShouldBe(["frat.db", "frat.db-wal", "frat.db-shm", "frat.db-lock", "frat.db.keys"], ignoreOrder: true);
        Directory.GetFiles(_file.Folder).ShouldAllBe(path => File.GetUnixFileMode(path) == OwnerOnly);
    }

    [Fact]
    public async Task StartAsync_LockFileOfAnOlderVersion_IsTheOwnersAloneBeforeItIsTaken()
    {
        await File.WriteAllBytesAsync(_file.Path + "-lock", []);
        File.SetUnixFileMode(_file.Path + "-lock", OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);

        File.GetUnixFileMode(_file.Path + "-lock").ShouldBe(OwnerOnly);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead, 1)]
    [InlineData(UnixFileMode.OtherWrite, 1)]
    [InlineData(UnixFileMode.GroupRead, 0)]
    [InlineData(UnixFileMode.None, 0)]
    public async Task StartAsync_DatabaseThatEverybodyMayRead_IsSaidWithWhatToDo(UnixFileMode more, int warnings)
    {
        await (await SqliteTestHost.StartAsync(_file.ConnectionString)).DisposeAsync();
        File.SetUnixFileMode(_file.Path, OwnerOnly | more);
        using var log = new RecordedLog();

        await using var host =
            await SqliteTestHost.StartAsync(_file.ConnectionString, services => services.AddLogging(builder => builder.AddProvider(log)));

        var said = log.Lines.Where(line => line.Contains("chmod 600", StringComparison.Ordinal))
            .Select(line => line.Contains($"\"{_file.Path}\"", StringComparison.Ordinal));
        said.Count(names => names).ShouldBe(warnings);
    }

    private sealed class RecordedLog : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
