using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Testing.Tests;

/// <summary>What an application's own tests do: FRAT's engine as it is, on the store and the faces of this package.</summary>
public sealed class ApplicationTests : IAsyncLifetime
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly AuditNote Note = new() { By = Actor.User("HR") };

    // 09:00 in Berlin.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly IHost _host;

    public ApplicationTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddFrat(frat => frat.Site.TimeZone = "Europe/Berlin").UseInMemoryStore().UseFakeFaces();
        _host = builder.Build();
    }

    private ICheckInService CheckIns => _host.Services.GetRequiredService<ICheckInService>();

    private IEnrollmentService Enrollments => _host.Services.GetRequiredService<IEnrollmentService>();

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task CheckInAsync_SomebodyWhoWasEnrolled_IsInTheReportOfTheDay()
    {
        (await EnrollAsync("E-1", FakeFaces.PhotoOf("ada"))).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
        (await EnrollAsync("E-2", FakeFaces.PhotoOf("grace"))).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);

        (await CheckInAsync(FakeFaces.PhotoOf("ada", take: 7))).Receipt.ShouldNotBeNull().Marked.ShouldBeTrue();
        _time.Advance(TimeSpan.FromHours(8));
        var result = await CheckInAsync(FakeFaces.PhotoOf("ada", take: 8));

        (result.Outcome, result.Receipt!.Direction).ShouldBe((IdentificationOutcome.Recognized, PunchDirection.Out));
        result.Receipt.Day.Worked.ShouldBe(TimeSpan.FromHours(8));
        using var csv = new MemoryStream();
        var report = _host.Services.GetRequiredService<IReportService>().Days(Monday, Monday);
        (await report.WriteAsync(csv, ReportFormat.Csv)).ShouldBe(1);
        var text = Encoding.UTF8.GetString(csv.ToArray());
        text.ShouldContain("Name of E-1");
        text.ShouldNotContain("Name of E-2");
    }

    [Fact]
    public async Task CheckInAsync_OtherPhotos_AreNobodysOrSeverals()
    {
        await EnrollAsync("E-1", FakeFaces.PhotoOf("ada"));

        (await CheckInAsync(FakeFaces.PhotoOf("grace"))).Outcome.ShouldBe(IdentificationOutcome.Unknown);
        (await CheckInAsync(FakeFaces.PhotoOfNobody())).Outcome.ShouldBe(IdentificationOutcome.NoFace);
        (await CheckInAsync(FakeFaces.PhotoOfSeveral("ada", "grace"))).Outcome.ShouldBe(IdentificationOutcome.SeveralFaces);
    }

    [Theory]
    [InlineData(FakePhotoFault.Blurred, PhotoVerdict.Blurred)]
    [InlineData(FakePhotoFault.Dark, PhotoVerdict.TooDark)]
    [InlineData(FakePhotoFault.Bright, PhotoVerdict.TooBright)]
    [InlineData(FakePhotoFault.Turned, PhotoVerdict.Turned)]
    [InlineData(FakePhotoFault.Small, PhotoVerdict.FaceTooSmall)]
    public async Task EnrollAsync_APoorPhoto_IsRefusedForWhatIsWrongWithIt(FakePhotoFault fault, PhotoVerdict expected)
    {
        var result = await EnrollAsync("E-1", FakeFaces.PhotoOf("ada", fault: fault));

        (result.Outcome, result.Photo!.Verdict).ShouldBe((EnrollmentOutcome.PhotoRefused, expected));
    }

    [Fact]
    public async Task EnrollAsync_OneFaceUnderTwoIds_IsADuplicate()
    {
        await EnrollAsync("E-1", FakeFaces.PhotoOf("ada"));

        (await EnrollAsync("E-2", FakeFaces.PhotoOf("ada", take: 2))).Outcome.ShouldBe(EnrollmentOutcome.DuplicateFace);
        (await EnrollAsync("E-2", FakeFaces.PhotoOf("grace"), FakeFaces.PhotoOf("alan"))).Outcome
            .ShouldBe(EnrollmentOutcome.DifferentPeople);
    }

    [Fact]
    public async Task Clock_ThatPassesTheEndOfAShift_MakesAnAbsence()
    {
        var person = (await EnrollAsync("E-1", FakeFaces.PhotoOf("ada"))).Person.ShouldNotBeNull();
        var schedules = _host.Services.GetRequiredService<IScheduleStore>();
        var schedule = new Schedule { Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0) };
        await schedules.SaveScheduleAsync(schedule, Note);
        await schedules.SaveAssignmentAsync(new ScheduleAssignment
        {
            Id = Guid.NewGuid(),
            PersonId = person.Id,
            ScheduleId = schedule.Id,
            From = Monday.AddDays(1),
        }, Note);
        var log = _host.Services.GetRequiredService<IAttendanceLog>();

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        AttendanceDay? missed = null;
        for (_time.Advance(TimeSpan.FromHours(40)); missed is null; _time.Advance(TimeSpan.FromSeconds(30)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            await foreach (var day in log.ReadDaysAsync(Monday, Monday.AddDays(1)))
            {
                missed = day;
            }
        }

        (missed.Date, missed.Status).ShouldBe((Monday.AddDays(1), AttendanceStatus.Absent));
    }

    private Task<EnrollmentResult> EnrollAsync(string employeeId, params byte[][] photos) => Enrollments.EnrollAsync(new EnrollmentRequest
    {
        EmployeeId = employeeId,
        Name = $"Name of {employeeId}",
        Photos = [.. photos],
        Consent = new ConsentOptions().ToConsent(ConsentBasis.Given, Actor.User("HR"), _time.GetUtcNow()),
        Note = Note,
    });

    private Task<CheckInResult> CheckInAsync(byte[] photo) =>
        CheckIns.CheckInAsync(new CheckInRequest { Frames = [photo], Source = "door" });
}
