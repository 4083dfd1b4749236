using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>A host whose store fails with an exception that is none of FRAT's.</summary>
public sealed class BrokenHost : TestHost
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<IEncodingStore, BrokenStore>()));
    }

    private sealed class BrokenStore : IEncodingStore
    {
        public Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default) => throw Broken();

        public Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default) => throw Broken();

        public async IAsyncEnumerable<Person> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            throw Broken();
#pragma warning disable CS0162 // An iterator needs a yield.
            yield break;
#pragma warning restore CS0162
        }

        public Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default) => throw Broken();

        public Task<IReadOnlyList<TemplateInfo>?> AddTemplatesAsync(
            Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        public Task<IReadOnlyList<TemplateInfo>> ListTemplatesAsync(Guid personId, CancellationToken cancellationToken = default) => throw Broken();

        public Task<bool> DeleteTemplateAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        public Task<IReadOnlyList<InactivePeriod>> ReadInactivePeriodsAsync(Guid personId, CancellationToken cancellationToken = default) => throw Broken();

        public Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        public Task<bool> RecordConsentAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        public Task<IReadOnlyList<Consent>> ReadConsentsAsync(Guid personId, CancellationToken cancellationToken = default) => throw Broken();

        public Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        public Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        public IAsyncEnumerable<FaceTemplate> ReadTemplatesAsync(string encoderId, Guid? personId = null, CancellationToken cancellationToken = default) =>
            AsyncEnumerable.Empty<FaceTemplate>();

        public Task<long> GetSequenceAsync(CancellationToken cancellationToken = default) => Task.FromResult(0L);

        public Task<IReadOnlyList<TemplateChange>> ReadChangesAsync(long afterSequence, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<TemplateChange>>([]);

        public Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default) => Task.Delay(Timeout.Infinite, cancellationToken);

        private static NotSupportedException Broken() => new("secret");
    }
}
