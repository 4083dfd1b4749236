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

    /// <summary>The people of the host that each test begins with.</summary>
    protected IPersonStore People => _host!.Services.GetRequiredService<IPersonStore>();

    /// <summary>The consents of the same host.</summary>
    protected IConsentStore Consents => _host!.Services.GetRequiredService<IConsentStore>();

    /// <summary>The templates of the same host.</summary>
    protected IEncodingStore Encodings => _host!.Services.GetRequiredService<IEncodingStore>();

    /// <summary>The log under test, of the same host.</summary>
    protected IAttendanceLog Attendance => _host!.Services.GetRequiredService<IAttendanceLog>();

    /// <summary>The schedules of the host in use.</summary>
    protected IScheduleStore Schedules => _host!.Services.GetRequiredService<IScheduleStore>();

    /// <summary>Another service of the same host.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    protected T GetService<T>()
        where T : notnull => _host!.Services.GetRequiredService<T>();

    /// <summary>Starts the first host.</summary>
    public virtual async Task InitializeAsync() => _host = await StartHostAsync();

    /// <summary>Stops all hosts.</summary>
    public virtual async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>Adds the storage under test, on the database of this test. Called for each host.</summary>
    /// <param name="builder">Takes the storage's services.</param>
    protected abstract void Configure(FratBuilder builder);

    /// <summary>
    /// Adds what the tests of a contract need beside the storage, such as a clock. Called for each host, before anything else is added.
    /// </summary>
    /// <param name="services">The host's services.</param>
    protected virtual void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Starts one more host on the database of this test.</summary>
    /// <returns>The host; it is stopped at the end.</returns>
    protected async Task<IHost> StartHostAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        AddServices(builder.Services);
        builder.Services.AddAttendanceRules();
        Configure(new FratBuilder(builder.Services));
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>Uses another host from now on.</summary>
    /// <param name="host">A host that was started.</param>
    protected void Use(IHost host) => _host = host;

    /// <summary>Stops all hosts.</summary>
    protected async Task StopAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
        }
    }

    /// <summary>Enrols somebody who isn't there yet.</summary>
    protected async Task<Person> EnrollAsync(string employeeId = "E-1", string name = "Ada Lovelace", params FaceEncoding[] encodings)
    {
        var receipt = await People.EnrollAsync(Samples.Enrollment(employeeId, name, encodings));
        receipt.Created.ShouldBeTrue();
        return receipt.Person;
    }

    /// <summary>Waits until a host has derived what changes of schedules asked for.</summary>
    protected async Task UntilDoneAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await Schedules.CountPendingAsync(timeout.Token) > 0)
        {
            await Task.Delay(50, timeout.Token);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    protected static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> rows)
    {
        var result = new List<T>();
        await foreach (var row in rows)
        {
            result.Add(row);
        }

        return result;
    }

    /// <summary>Reads punches as they were appended: without when they were received, which each has.</summary>
    protected async Task<List<Punch>> AppendedAsync(DateOnly firstDate, DateOnly lastDate, Guid? personId = null)
    {
        var punches = await ReadAsync(Attendance.ReadPunchesAsync(firstDate, lastDate, personId));
        punches.ShouldAllBe(punch => punch.ReceivedAt > DateTimeOffset.UnixEpoch);
        return [.. punches.Select(punch => punch with { ReceivedAt = null })];
    }
}
