using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Sqlite.Tests;

// The contracts of Frat.Abstractions, run against SQLite.
public sealed class SqlitePersonStoreTests : PersonStoreContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqlitePersonNameTests : PersonNameContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteEncodingStoreTests : EncodingStoreContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);

    protected override Task DamageTemplateAsync(Guid templateId)
    {
        _file.Execute("UPDATE templates SET encoding = x'010203' WHERE id = $id", ("$id", templateId));
        return Task.CompletedTask;
    }
}

public sealed class SqliteAttendanceLogTests : AttendanceLogContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqlitePunchCorrectionTests : PunchCorrectionContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteScheduleStoreTests : ScheduleStoreContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteRetentionTests : RetentionContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteRetentionGuardTests : RetentionGuardContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteRecognitionTests : RecognitionContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteStreamTests : StreamContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteActivityTests : ActivityContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteDerivationTests : DerivationContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteClosingTests : ClosingContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqlitePunchClockTests : PunchClockContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqliteListingTests : ListingContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);
}

public sealed class SqlitePrivacyLinesTests : PrivacyLinesContract, IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    protected override void Configure(FratBuilder builder) => builder.UseSqlite(_file.ConnectionString);

    [Fact]
    public async Task Line7_TheDatabaseItself_RefusesToChangeOrDeleteAnEntry()
    {
        await EnrollAsync();

        foreach (var sql in new[] { "UPDATE audit_entries SET by = 'somebody else'", "DELETE FROM audit_entries" })
        {
            Should.Throw<System.Data.Common.DbException>(() => _file.Execute(sql)).Message.ShouldContain("append-only");
        }
    }
}

public sealed class SqliteContracts : EveryContract;
