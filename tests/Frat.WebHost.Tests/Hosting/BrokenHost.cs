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
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<IPersonStore, BrokenStore>()));
    }

    private sealed class BrokenStore : IPersonStore
    {
        public Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default) => throw Broken();

        public Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default) => throw Broken();

        public Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default) => throw Broken();

        public Task<PersonPage> ListAsync(PersonQuery query, CancellationToken cancellationToken = default) => throw Broken();

        public Task<bool> RenameAsync(Guid personId, string name, AuditNote note, CancellationToken cancellationToken = default) =>
            throw Broken();

        public Task<EmployeeIdChange> ChangeEmployeeIdAsync(
            Guid personId, string employeeId, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        public async IAsyncEnumerable<Person> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            throw Broken();
#pragma warning disable CS0162 // An iterator needs a yield.
            yield break;
#pragma warning restore CS0162
        }

        public Task<bool> SetWorkingDaysAsync(
            Guid personId, DateOnly? first, DateOnly? last, AuditNote note, CancellationToken cancellationToken = default) =>
            throw Broken();

        public Task<IReadOnlyList<InactivePeriod>> ListInactivePeriodsAsync(Guid personId, CancellationToken cancellationToken = default) =>
            throw Broken();

        public Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default) =>
            throw Broken();

        public Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default) => throw Broken();

        private static NotSupportedException Broken() => new("secret");
    }
}
