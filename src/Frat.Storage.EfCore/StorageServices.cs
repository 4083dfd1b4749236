using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>What each provider's <c>Use…()</c> adds beside its context factory and its <see cref="DatabaseProvider"/>.</summary>
internal static class StorageServices
{
    /// <summary>
    /// Adds the factory of the contexts, and not the options that they are made with: an application has contexts of its own, and tools
    /// such as <c>dotnet ef</c>
    /// go by the options that they find.
    /// </summary>
    public static void AddContexts(IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> configure) =>
        services.TryAddSingleton<IDbContextFactory<FratDbContext>>(provider =>
        {
            var options = new DbContextOptionsBuilder<FratDbContext>().UseApplicationServiceProvider(provider);
            configure(provider, options);
            foreach (var own in provider.GetServices<IDbContextOptionsConfiguration<FratDbContext>>())
            {
                own.Configure(provider, options); // The context is FRAT's own: its tests listen to it.
            }

            return new PooledDbContextFactory<FratDbContext>(options.Options);
        });

    public static void AddStores(IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BackgroundProblems>();
        services.TryAddSingleton<FratDatabase>();
        services.TryAddSingleton<IFratDatabase, SchemaAdministration>();
        services.TryAddSingleton<ChangeSignal>();
        services.TryAddSingleton<Eraser>();
        services.TryAddSingleton<ClockWatch>();
        services.TryAddSingleton<ITemplateKeyProvider, TemplateKeySource>();
        services.TryAddSingleton<TemplateVault>();
        services.TryAddSingleton<AuditChain>();
        services.TryAddSingleton(provider => new TemplateProtection(
            provider.GetRequiredService<FratDatabase>(),
            provider.GetRequiredService<DatabaseProvider>(),
            provider.GetRequiredService<TemplateVault>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TemplateProtection>>()));
        services.TryAddSingleton(provider => new AuditVerifier(
            provider.GetRequiredService<FratDatabase>(),
            provider.GetRequiredService<DatabaseProvider>(),
            provider.GetRequiredService<TemplateVault>()));
        services.TryAddSingleton<PersonTransaction>();
        services.TryAddSingleton<IPersonStore, PersonStore>();
        services.TryAddSingleton<IConsentStore, ConsentStore>();
        services.TryAddSingleton<IEncodingStore, EncodingStore>();
        services.TryAddSingleton(provider => new DayDeriver(
            provider.GetService<IAttendanceRules>()
                ?? throw new InvalidOperationException(
                    "Days are derived by IAttendanceRules, and none are registered. Call services.AddFrat(), or "
                        + "services.AddAttendanceRules() where the rest of the engine isn't needed."),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new DerivationQueue(
            provider.GetRequiredService<FratDatabase>(),
            provider.GetRequiredService<DayDeriver>(),
            provider.GetRequiredService<IAttendanceRules>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IAttendanceLog, AttendanceLog>();
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        services.TryAddSingleton<IRetention, Retention>();
        services.TryAddSingleton<IStoreProbe, StoreProbe>();
        services.TryAddSingleton<IScheduleStore>(provider => new ScheduleStore(
            provider.GetRequiredService<FratDatabase>(),
            provider.GetRequiredService<DayDeriver>(),
            provider.GetRequiredService<DerivationQueue>(),
            provider.GetRequiredService<IAttendanceRules>(),
            provider.GetRequiredService<Eraser>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWarmUp, PunchRehearsal>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DayKeeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreKeeper>());
    }
}
