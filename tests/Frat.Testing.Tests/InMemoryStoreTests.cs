using Microsoft.Extensions.DependencyInjection;

namespace Frat.Testing.Tests;

public sealed class InMemoryStoreTests
{
    [Fact]
    public void UseInMemoryStore_Twice_IsOneStore()
    {
        var database = new InMemoryDatabase();
        var builder = new FratBuilder(new ServiceCollection());

        builder.UseInMemoryStore(database).UseInMemoryStore(database).UseInMemoryStore();

        builder.Services.Count(service => service.ServiceType == typeof(IPersonStore)).ShouldBe(1);
        Should.Throw<InvalidOperationException>(() => builder.UseInMemoryStore(new InMemoryDatabase())).Message.ShouldContain("another");
    }

    [Fact]
    public void UseInMemoryStore_BesideAnother_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IPersonStore>(_ => throw new InvalidOperationException());

        Should.Throw<InvalidOperationException>(() => new FratBuilder(services).UseInMemoryStore()).Message.ShouldContain("in place of it");
    }

    [Fact]
    public async Task AppendAsync_WithoutRules_SaysWhatIsMissing()
    {
        var services = new ServiceCollection();
        new FratBuilder(services).UseInMemoryStore();
        await using var provider = services.BuildServiceProvider();
        var punch = Conformance.Samples.Punch(Guid.NewGuid(), Conformance.Samples.Monday.ToDateTime(new TimeOnly(9, 0)));

        (await Should.ThrowAsync<InvalidOperationException>(() => provider.GetRequiredService<IAttendanceLog>().AppendAsync(punch)))
            .Message.ShouldContain("AddAttendanceRules");
    }

    [Fact]
    public async Task ProbeAsync_Memory_Works()
    {
        var services = new ServiceCollection();
        new FratBuilder(services).UseInMemoryStore();
        await using var provider = services.BuildServiceProvider();

        (await provider.GetRequiredService<IStoreProbe>().ProbeAsync()).IsWorking.ShouldBeTrue();
    }
}
