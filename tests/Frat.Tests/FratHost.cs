using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Tests;

/// <summary>The whole engine as an application composes it: real encoder, real SQLite file; only the clock is the test's.</summary>
public sealed class FratHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly string _database;
    private readonly bool _ownsDatabase;

    private FratHost(IHost host, string database, bool ownsDatabase)
    {
        _host = host;
        _database = database;
        _ownsDatabase = ownsDatabase;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The SQLite file; its keys are beside it.</summary>
    public string Database => _database;

    public IEnrollmentService Enrollment => Get<IEnrollmentService>();

    public ICheckInService CheckIn => Get<ICheckInService>();

    public IFaceIdentifier Identifier => Get<IFaceIdentifier>();

    internal GalleryFollower Follower => _host.Services.GetServices<IHostedService>().OfType<GalleryFollower>().Single();

    public static async Task<FratHost> StartAsync(Action<FratOptions>? configure = null, FratHost? onDatabaseOf = null)
    {
        var database = onDatabaseOf?._database ?? Path.Combine(Directory.CreateTempSubdirectory("frat-tests-").FullName, "frat.db");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddFrat(configure).UseDlib().UseSqlite($"Data Source={database}");
        FratHost? result = null;
        builder.Services.AddSingleton<TimeProvider>(_ => result!.Time);
        result = new FratHost(builder.Build(), database, ownsDatabase: onDatabaseOf is null);
        await result._host.StartAsync();
        return result;
    }

    public static AuditNote Note { get; } = new() { By = Actor.User("test") };

    public Consent Consent() => new ConsentOptions().ToConsent(ConsentBasis.Given, Actor.User("test"), Time.GetUtcNow());

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static DuplicateOverride TheyAreTwo { get; } = new() { By = Actor.User("Grace Hopper"), Reason = "Twins; both were here." };

    public EnrollmentRequest Request(string employeeId, params string[] photos) => new()
    {
        EmployeeId = employeeId,
        Name = "Name of " + employeeId,
        Photos = [.. photos.Select(File.ReadAllBytes)],
        Consent = Consent(),
        Note = Note,
    };

    public Task<EnrollmentResult> EnrollAsync(string employeeId, params string[] photos) =>
        Enrollment.EnrollAsync(Request(employeeId, photos));

    /// <summary>Enrols somebody with the face of somebody who is enrolled.</summary>
    public Task<EnrollmentResult> EnrollAgainAsync(string employeeId, params string[] photos) =>
        Enrollment.EnrollAsync(Request(employeeId, photos) with { DuplicateOverride = TheyAreTwo });

    public Task<CheckInResult> CheckInAsync(string photo, string? key = null) => CheckInAsync(File.ReadAllBytes(photo), key);

    public Task<CheckInResult> CheckInAsync(byte[] image, string? key = null) =>
        CheckIn.CheckInAsync(new CheckInRequest { Frames = [image], Source = "test", IdempotencyKey = key });

    public ValueTask DisposeAsync() => DisposeAsync(stopFirst: true);

    public async ValueTask DisposeAsync(bool stopFirst)
    {
        if (stopFirst)
        {
            await _host.StopAsync();
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
        if (_ownsDatabase)
        {
            Directory.Delete(Path.GetDirectoryName(_database)!, recursive: true);
        }
    }
}
