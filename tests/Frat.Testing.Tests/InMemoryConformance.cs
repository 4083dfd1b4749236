using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Testing.Tests;

// The contracts of Frat.Abstractions, run against the store in memory: each test has a database, which its hosts share.
public sealed class InMemoryPersonStoreTests : PersonStoreContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryPersonNameTests : PersonNameContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryEncodingStoreTests : EncodingStoreContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);

    protected override Task DamageTemplateAsync(Guid templateId)
    {
        _database.Write(transaction =>
        {
            var record = transaction.State.People.Values.Single(one => one.Templates.Exists(template => template.Info.Id == templateId));
            var damaged = record.Templates.ConvertAll(template =>
                template.Info.Id == templateId ? template with { Encoding = new byte[] { 1, 2, 3 } } : template);
            transaction.Save(record with { Templates = damaged });
            return true;
        });
        return Task.CompletedTask;
    }
}

public sealed class InMemoryAttendanceLogTests : AttendanceLogContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryPunchCorrectionTests : PunchCorrectionContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryScheduleStoreTests : ScheduleStoreContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryRetentionTests : RetentionContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryRetentionGuardTests : RetentionGuardContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryRecognitionTests : RecognitionContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryStreamTests : StreamContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryActivityTests : ActivityContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryDerivationTests : DerivationContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryClosingTests : ClosingContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryPunchClockTests : PunchClockContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryListingTests : ListingContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryPrivacyLinesTests : PrivacyLinesContract
{
    private readonly InMemoryDatabase _database = new();

    protected override void Configure(FratBuilder builder) => builder.UseInMemoryStore(_database);
}

public sealed class InMemoryContracts : EveryContract;
