using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Browser;

/// <summary>
/// The host on a port of 127.0.0.1, with the real models and an SQLite file of its own. At the site it is Monday, 08:59 UTC.
/// </summary>
internal sealed class Site : WebApplicationFactory<Program>
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    private readonly string _folder = Directory.CreateTempSubdirectory("frat-site-").FullName;
    private readonly bool _open;

    private readonly bool _signIn;

    private readonly (string Key, string Value)[] _settings;

    private Site(bool open, bool signIn, (string Key, string Value)[] settings) =>
        (_open, _signIn, _settings) = (open, signIn, settings);

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts a host.</summary>
    /// <param name="open">Whether it answers to other names than localhost.</param>
    /// <param name="signIn">Whether who uses it signs in.</param>
    /// <param name="settings">More settings.</param>
    public static Site Start(bool open = false, bool signIn = false, params (string Key, string Value)[] settings)
    {
        var site = new Site(open, signIn, settings);
        site.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        site.StartServer();
        site.Address = new Uri(
            site.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
        return site;
    }

    /// <summary>Registers somebody without the pages.</summary>
    public async Task RegisterAsync(string employeeId, string name, params string[] photos)
    {
        var request = new EnrollmentRequest
        {
            EmployeeId = employeeId,
            Name = name,
            Photos = [.. photos.Select(File.ReadAllBytes)],
            Consent = new ConsentOptions().ToConsent(
                ConsentBasis.Given, Actor.User("test"), Services.GetRequiredService<TimeProvider>().GetUtcNow()),
            Note = new AuditNote { By = Actor.User("test") },
        };
        (await Services.GetRequiredService<IEnrollmentService>().EnrollAsync(request)).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
    }

    /// <summary>Records that somebody who has no face was there.</summary>
    public async Task RecordAsync(string employeeId, string name, DateTime localTime)
    {
        var people = Services.GetRequiredService<IPersonStore>();
        var enrollment = new Enrollment
        {
            EmployeeId = employeeId, Name = name, Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") }
        };
        var person = (await people.EnrollAsync(enrollment)).Person;
        var punch = new Punch
        {
            PersonId = person.Id,
            Instant = new DateTimeOffset(localTime, TimeSpan.Zero),
            TimeZone = "Etc/UTC",
            LocalTime = localTime,
            Method = PunchMethod.Pin,
            Source = "test",
            IdempotencyKey = employeeId + localTime.ToString("O"),
        };
        (await Services.GetRequiredService<IAttendanceLog>().AppendAsync(punch)).ShouldNotBeNull();
    }

    /// <summary>Who was there today.</summary>
    public async Task<IReadOnlyList<AttendanceDay>> ReadTodayAsync()
    {
        var days = new List<AttendanceDay>();
        await foreach (var day in Services.GetRequiredService<IAttendanceLog>().ReadDaysAsync(Today, Today))
        {
            days.Add(day);
        }

        return days;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Frat:Database", Path.Combine(_folder, "frat.db"));
        builder.UseSetting("Frat:Site:TimeZone", "Etc/UTC");
        builder.UseSetting("Frat:Access", _signIn ? "SignIn" : "Open");
        builder.UseSetting("Frat:WarmUp", "false"); // As of the other hosts of tests: each would take a second longer to start.
        builder.UseSetting("Frat:Kiosk:PatienceSeconds", "60"); // Of a busy machine.
        builder.UseSetting("Frat:Hosts", _open ? "*" : "");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new SiteClock()));
    }

    /// <summary>Shows the time of the site; timers go on as ever.</summary>
    private sealed class SiteClock : TimeProvider
    {
        private static readonly DateTimeOffset Start = new(Today, new TimeOnly(8, 59, 3), TimeSpan.Zero);
        private readonly long _started = System.GetTimestamp();

        // The minute lasts longer than any test.
        public override DateTimeOffset GetUtcNow() => Start + System.GetElapsedTime(_started) / 1000;
    }
}
