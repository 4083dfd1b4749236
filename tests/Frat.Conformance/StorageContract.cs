using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Conformance;

/// <summary>
/// The base of the contract tests. Each test has a database of its own; hosts that a test starts share it, as processes
/// on one installation do.
/// </summary>
public abstract class StorageContract : IAsyncLifetime
{
    private readonly List<IHost> _hosts = [];
    private IHost? _host;

    protected IEncodingStore Store => _host!.Services.GetRequiredService<IEncodingStore>();

    protected IAttendanceLog Attendance => _host!.Services.GetRequiredService<IAttendanceLog>();

    public virtual async Task InitializeAsync() => _host = await StartHostAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>Adds the storage under test, on the database of this test.</summary>
    protected abstract void Configure(FratBuilder builder);

    /// <summary>Starts one more host on the database of this test.</summary>
    protected async Task<IHost> StartHostAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAttendanceRules();
        Configure(new FratBuilder(builder.Services));
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    protected async Task<Person> EnrollAsync(string employeeId = "E-1", string name = "Ada Lovelace", params FaceEncoding[] encodings)
    {
        var receipt = await Store.EnrollAsync(Samples.Enrollment(employeeId, name, encodings));
        receipt.Created.ShouldBeTrue();
        return receipt.Person;
    }

    protected static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> rows)
    {
        var result = new List<T>();
        await foreach (var row in rows)
        {
            result.Add(row);
        }

        return result;
    }
}
