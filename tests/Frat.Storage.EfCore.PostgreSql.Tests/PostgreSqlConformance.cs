using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

// The contracts of Frat.Abstractions, run against PostgreSQL.
public sealed class PostgreSqlPersonStoreTests : PersonStoreContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlPersonNameTests : PersonNameContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlEncodingStoreTests : EncodingStoreContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);

    protected override Task DamageTemplateAsync(Guid templateId)
    {
        _database.Execute("UPDATE templates SET encoding = '\\x010203' WHERE id = @id", ("id", templateId));
        return Task.CompletedTask;
    }
}

public sealed class PostgreSqlAttendanceLogTests : AttendanceLogContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlPunchCorrectionTests : PunchCorrectionContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlScheduleStoreTests : ScheduleStoreContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlRetentionTests : RetentionContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlRetentionGuardTests : RetentionGuardContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlRecognitionTests : RecognitionContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlStreamTests : StreamContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlActivityTests : ActivityContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlDerivationTests : DerivationContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlClosingTests : ClosingContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlPunchClockTests : PunchClockContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlListingTests : ListingContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);
}

public sealed class PostgreSqlPrivacyLinesTests : PrivacyLinesContract, IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override void Configure(FratBuilder builder) => _database.Use(builder);

    [Fact]
    public async Task Line7_TheDatabaseItself_RefusesToChangeOrDeleteAnEntry()
    {
        await EnrollAsync();

        foreach (var sql in new[] { "UPDATE audit_entries SET by = 'somebody else'", "DELETE FROM audit_entries" })
        {
            Should.Throw<System.Data.Common.DbException>(() => _database.Execute(sql)).Message.ShouldContain("append-only");
        }
    }
}

public sealed class PostgreSqlContracts : EveryContract;
