using Frat.Cli.Database;
using Frat.Hosting;
using Frat.Storage.EfCore;
using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Tests.Database;

/// <summary>A database of FRAT's, and an engine on it as any other process would have one.</summary>
internal sealed class TargetDatabase : IAsyncDisposable
{
    private readonly Action _drop;
    private readonly Lazy<ServiceProvider> _engine;

    private TargetDatabase(string address, string? keys, Action drop)
    {
        (Address, Keys, _drop) = (address, keys is null ? [] : ["--keys", keys], drop);
        _engine = new(() => Engine.Create(
            DatabaseAddress.Parse(address), new Terminal(Stream.Null, Stream.Null, TextWriter.Null, false, false), keys: keys));
    }

    /// <summary>What a user gives to <c>--database</c>.</summary>
    public string Address { get; }

    /// <summary>What a user adds for the keys; nothing where they are beside the database.</summary>
    public string[] Keys { get; }

    public IPersonStore People => Get<IPersonStore>();

    public IConsentStore Consents => Get<IConsentStore>();

    public IEncodingStore Encodings => Get<IEncodingStore>();

    public IAttendanceLog Log => Get<IAttendanceLog>();

    /// <summary>
    /// A file that is not there yet, with its keys unless the test is about files: they are made at first use otherwise, and told of then.
    /// </summary>
    public static TargetDatabase Sqlite(TestFolder folder, string name = "frat.db", bool withKeys = true)
    {
        if (withKeys)
        {
            TemplateKeyFile.Create(TemplateKeyFile.Beside(folder.File(name)), TemplateKey.Create(TimeProvider.System.GetUtcNow()));
        }

        return new(folder.File(name), null, () => { });
    }

    public static TargetDatabase PostgreSql(TestFolder folder)
    {
        var (name, keys) = (PostgresServer.Shared.CreateDatabase(), folder.File("postgresql.keys"));
        TemplateKeyFile.Create(keys, TemplateKey.Create(TimeProvider.System.GetUtcNow()));
        return new(PostgresServer.Shared.ConnectionString(name), keys, () => PostgresServer.Shared.DropDatabase(name));
    }

    public T Get<T>()
        where T : notnull => _engine.Value.GetRequiredService<T>();

    public async Task<IReadOnlyList<Person>> ListAsync() => await People.ReadAsync().ToListAsync();

    public async Task<IReadOnlyList<AttendanceDay>> DaysAsync() =>
        await Log.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, order: DayOrder.ByPerson).ToListAsync();

    public async Task<IReadOnlyList<Punch>> PunchesAsync() =>
        await Log.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue).ToListAsync();

    /// <summary>Whom the engine recognises on a photo; null for nobody.</summary>
    public async Task<string?> RecogniseAsync(string photo)
    {
        var frame = await File.ReadAllBytesAsync(photo);
        var result =
            await Get<ICheckInService>().CheckInAsync(new CheckInRequest { Frames = [frame], Source = "test" });
        return result.Receipt?.Day.Person.EmployeeId;
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine.IsValueCreated)
        {
            await _engine.Value.DisposeAsync();
        }

        _drop();
    }
}
