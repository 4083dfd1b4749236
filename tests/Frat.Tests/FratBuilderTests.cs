using Microsoft.Extensions.DependencyInjection;

namespace Frat.Tests;

public sealed class FratBuilderTests
{
    public static TheoryData<string> Registrations => ["type", "factory", "instance"];

    // Whether decorating works must not hang on how another package registers.
    [Theory]
    [MemberData(nameof(Registrations))]
    public void Decorate_ServiceRegisteredInAnyWay_IsWrappedOnceForEachCallAndDisposedByTheContainer(string registration)
    {
        var services = new ServiceCollection();
        var own = new Trail();
        _ = registration switch
        {
            "type" => services.AddSingleton<IAuditTrail, Trail>(),
            "factory" => services.AddSingleton<IAuditTrail>(_ => new Trail()),
            _ => services.AddSingleton<IAuditTrail>(own),
        };
        new FratBuilder(services)
            .Decorate<IAuditTrail>((inner, _) => new Wrapper("first", inner))
            .Decorate<IAuditTrail>((inner, provider) => new Wrapper("second", inner, provider));
        Trail innermost;
        using (var provider = services.BuildServiceProvider())
        {
            var second = provider.GetRequiredService<IAuditTrail>().ShouldBeOfType<Wrapper>();
            var first = second.Within.ShouldBeOfType<Wrapper>();
            innermost = first.Within.ShouldBeOfType<Trail>();

            (second.Name, first.Name).ShouldBe(("second", "first"));
            second.Services.ShouldNotBeNull();
            provider.GetRequiredService<IAuditTrail>().ShouldBeSameAs(second);
            provider.GetServices<IAuditTrail>().ShouldHaveSingleItem();
        }

        innermost.IsDisposed.ShouldBe(registration != "instance", "an instance is its maker's");
    }

    [Fact]
    public void Decorate_NothingRegistered_SaysWhatToCallFirst() =>
        Should.Throw<InvalidOperationException>(() => new FratBuilder(new ServiceCollection()).Decorate<IAuditTrail>((inner, _) => inner))
            .Message.ShouldContain("IAuditTrail");

    // One that forgot a member, or passes on something else, would change what an application does without a word.
    [Fact]
    public void Delegating_EachContractThatIsDecorated_OverridesEveryMemberVirtually()
    {
        var bases = typeof(FratBuilder).Assembly.GetExportedTypes()
            .Where(type => type.Name.StartsWith("Delegating", StringComparison.Ordinal)).ToList();

        bases.Count.ShouldBeGreaterThan(6);
        foreach (var type in bases)
        {
            var contract = type.GetInterfaces().ShouldHaveSingleItem();
            type.Name.ShouldBe("Delegating" + contract.Name[1..]);
            type.GetInterfaceMap(contract).TargetMethods.ShouldAllBe(method => method.DeclaringType == type && !method.IsFinal);
        }
    }

    private sealed class Trail : IAuditTrail, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public Task<AuditEntry> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<AuditEntry> ReadAsync(
            DateTimeOffset? from, DateTimeOffset? until, Guid? personId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Wrapper(string name, IAuditTrail inner, IServiceProvider? services = null) : DelegatingAuditTrail(inner)
    {
        public string Name { get; } = name;

        public IServiceProvider? Services { get; } = services;

        public IAuditTrail Within => Inner;
    }
}
