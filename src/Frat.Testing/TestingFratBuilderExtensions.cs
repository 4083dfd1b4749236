using Frat;
using Frat.Testing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what tests of an application take in place of a database and of a face encoder.</summary>
public static class TestingFratBuilderExtensions
{
    /// <summary>
    /// Keeps people, consents, templates, attendance, schedules and the audit trail in memory, for tests: nothing survives the process,
    /// nothing is encrypted, and all of it is held. What <c>Frat.Conformance</c> asks of a store holds of this one.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="database">
    /// What hosts share that are to see the same people, as processes on one database do. Null: a database of this host's own.
    /// </param>
    /// <returns><paramref name="builder"/>. A second call with the same database, or without one, changes nothing.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is a store already, or another database in memory: call this in place of <c>UseSqlite()</c>.
    /// </exception>
    public static FratBuilder UseInMemoryStore(this FratBuilder builder, InMemoryDatabase? database = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Select(service => service.ImplementationInstance).OfType<InMemoryDatabase>().FirstOrDefault() is { } known)
        {
            return database is null || database == known
                ? builder
                : throw new InvalidOperationException("FRAT's records are kept in another InMemoryDatabase already.");
        }

        if (services.Any(service => service.ServiceType == typeof(IPersonStore)))
        {
            throw new InvalidOperationException("FRAT has a store already. Call UseInMemoryStore() in place of it, and not beside it.");
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(database ?? new InMemoryDatabase());
        services.AddSingleton(provider =>
            new DayDeriver(provider.GetService<IAttendanceRules>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPersonStore, InMemoryPersonStore>();
        services.TryAddSingleton<IConsentStore, InMemoryConsentStore>();
        services.TryAddSingleton<IEncodingStore, InMemoryEncodingStore>();
        services.TryAddSingleton<IAttendanceLog, InMemoryAttendanceLog>();
        services.TryAddSingleton<IScheduleStore, InMemoryScheduleStore>();
        services.TryAddSingleton<IAuditTrail, InMemoryAuditTrail>();
        services.TryAddSingleton<IRetention, InMemoryRetention>();
        services.TryAddSingleton<IStoreProbe, InMemoryProbe>();
        services.TryAddSingleton<BackgroundProblems>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DayKeeper>());
        return builder;
    }

    /// <summary>
    /// Sees the people on the photos of <see cref="FakeFaces"/>, by a <see cref="FakeFaceEncoder"/> in place of any other encoder: also of
    /// one that the application has added, whose models are then not loaded.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static FratBuilder UseFakeFaces(this FratBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton<FakeFaceEncoder>();
        services.Replace(ServiceDescriptor.Singleton<IFaceEncoder>(provider => provider.GetRequiredService<FakeFaceEncoder>()));
        services.Replace(ServiceDescriptor.Singleton<IFaceDetector>(provider => provider.GetRequiredService<FakeFaceEncoder>()));
        services.Replace(ServiceDescriptor.Singleton<IFaceEmbedder>(provider => provider.GetRequiredService<FakeFaceEncoder>()));
        return builder;
    }
}
