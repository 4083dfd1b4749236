using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>A clock that is wrong deletes nothing: what <see cref="IRetention"/> promises of it, whatever the database.</summary>
public abstract class RetentionGuardContract : StorageContract
{
    private const int PersonCount = 20;

    private static readonly DateOnly Start = new(2026, 3, 2);
    private static readonly RetentionPolicy Policy = new() { TemplateDays = 365, AttendanceDays = 365 };

    private readonly TestClock _clock = new(new DateTimeOffset(Start.At(0), TimeSpan.Zero));

    private IRetention Retention => GetService<IRetention>();

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task ApplyAsync_ClockIsYearsAheadForAMinute_DeletesNothingAndGoesOnWhenItIsRight()
    {
        await FillAsync();
        await RunDailyAsync(Start, days: 10);

        _clock.Set(Start.AddYears(3));
        var ahead = await Retention.ApplyAsync(Policy);

        ahead.Refusal.ShouldNotBeNull();
        (ahead.TemplatePeople, ahead.DryRun).ShouldBe((PersonCount, false));
        await ShouldHaveEverythingAsync();
        _clock.Set(Start.AddDays(11));
        (await Retention.ApplyAsync(Policy)).IsEmpty.ShouldBeTrue();
        await ShouldHaveEverythingAsync();
    }

    [Fact]
    public async Task ApplyAsync_ClockIsYearsAheadAtEachOfManyStarts_DeletesNothing()
    {
        await FillAsync();

        // Before the machine has asked a time server, for ten weeks.
        for (var day = 0; day < 70; day++)
        {
            _clock.Set(Start.AddDays(day).AddYears(9));
            (await Retention.ApplyAsync(Policy)).Refusal.ShouldNotBeNull();
            _clock.Set(Start.AddDays(day));
            await PunchAsync(Start.AddDays(day));
            (await Retention.ApplyAsync(Policy)).IsEmpty.ShouldBeTrue();
        }

        await ShouldHaveEverythingAsync(punches: PersonCount + 70);
    }

    [Fact]
    public async Task ApplyAsync_ClockStaysYearsAheadAndPeopleCheckIn_DeletesNothing()
    {
        await FillAsync();
        await RunDailyAsync(Start, days: 10);

        // Everybody but one stays away, so nobody's templates are used.
        for (var day = 0; day < 30; day++)
        {
            var date = Start.AddYears(3).AddDays(day);
            _clock.Set(date);
            await PunchAsync(date);
            (await Retention.ApplyAsync(Policy)).Refusal.ShouldNotBeNull();
        }

        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).Count.ShouldBe(PersonCount);
    }

    [Fact]
    public async Task ApplyAsync_ClockIsAheadAndConsentsHaveEndedByIt_TheyAreInForceWhenItIsRight()
    {
        for (var i = 0; i < PersonCount; i++)
        {
            await People.EnrollAsync(Samples.Enrollment($"E-{i}", $"Name {i}", Samples.Encoding(i)) with
            {
                Consent = Samples.Consent() with { Id = Guid.NewGuid(), ExpiresAt = _clock.Now.AddDays(365) },
            });
        }

        await RunDailyAsync(Start, days: 10);
        _clock.Set(Start.AddYears(2));
        (await Retention.ApplyAsync(Policy)).Refusal.ShouldNotBeNull();

        _clock.Set(Start.AddDays(11));
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).Count.ShouldBe(PersonCount);
    }

    [Fact]
    public async Task ApplyAsync_SiteThatIsAtWork_DeletesWhatIsDueDayByDay()
    {
        await FillAsync();
        var left = (await People.FindAsync("E-0")).ShouldNotBeNull();
        var deleted = 0;

        for (var day = 1; day <= 400; day++)
        {
            _clock.Set(Start.AddDays(day));
            for (var i = 1; i < PersonCount && day % 30 == 0; i++)
            {
                await PunchAsync(Start.AddDays(day), i);
            }

            var report = await Retention.ApplyAsync(new RetentionPolicy { TemplateDays = 365 });
            report.Refusal.ShouldBeNull($"on day {day}");
            deleted += report.Templates;
        }

        deleted.ShouldBe(1);
        (await Encodings.ListAsync(left.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ApplyAsync_ManyAtOnce_IsRefusedUntilSomebodyConfirms()
    {
        await FillAsync();
        await RunDailyAsync(Start, days: 361, step: 30);
        _clock.Set(Start.AddDays(366));
        await Audit.AppendAsync(new AuditEvent { Action = "site.visited", Note = Samples.Note });

        var refused = await Retention.ApplyAsync(Policy);

        refused.Refusal.ShouldNotBeNull().ShouldContain($"{PersonCount} of {PersonCount} people");
        refused.Refusal.ShouldContain("--yes");
        (await Retention.ApplyAsync(Policy, dryRun: true)).ShouldBe(refused with { DryRun = true });
        var confirmed = await Retention.ApplyAsync(Policy with { Confirmed = true });
        (confirmed.Refusal, confirmed.TemplatePeople).ShouldBe((null, PersonCount));
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ApplyAsync_SiteThatNobodyTouchedForYears_IsRefusedUntilSomebodyConfirms()
    {
        await FillAsync(people: 3);
        for (var day = 0; day < 1100; day += 30)
        {
            _clock.Set(Start.AddDays(day));
            await Retention.ApplyAsync(new RetentionPolicy());
        }

        _clock.Set(Start.AddDays(1100));

        (await Retention.ApplyAsync(new RetentionPolicy())).Refusal.ShouldNotBeNull().ShouldContain("2026-03-02");
        (await Retention.ApplyAsync(new RetentionPolicy { Confirmed = true })).TemplatePeople.ShouldBe(3);
    }

    [Fact]
    public async Task ApplyAsync_FirstRunOnADatabase_WaitsAWeekOfTheClockGoingOn()
    {
        await FillAsync(people: 3);
        _clock.Set(Start.AddDays(370));
        await PunchAsync(Start.AddDays(370));

        for (var day = 370; day < 377; day++)
        {
            _clock.Set(Start.AddDays(day));
            (await Retention.ApplyAsync(Policy)).Refusal.ShouldNotBeNull($"on day {day}");
        }

        _clock.Set(Start.AddDays(377));
        var report = await Retention.ApplyAsync(Policy);
        (report.Refusal, report.TemplatePeople).ShouldBe((null, 2));
    }

    [Fact]
    public async Task ApplyAsync_SomebodyWasRecognisedByAClockThatWasAhead_IsDeletedInTime()
    {
        await FillAsync(people: 2);
        _clock.Set(new DateOnly(2041, 1, 1));
        await PunchAsync(new DateOnly(2041, 1, 1), 0);
        _clock.Set(Start.AddDays(366));

        var report = await Retention.ApplyAsync(new RetentionPolicy { TemplateDays = 365, Confirmed = true });

        report.TemplatePeople.ShouldBe(2);
    }

    private IAuditTrail Audit => GetService<IAuditTrail>();

    private async Task FillAsync(int people = PersonCount)
    {
        for (var i = 0; i < people; i++)
        {
            await EnrollAsync($"E-{i}", $"Name {i}", Samples.Encoding(i));
            await PunchAsync(Start, i);
        }
    }

    private async Task PunchAsync(DateOnly date, int person = 0)
    {
        var id = (await People.FindAsync($"E-{person}")).ShouldNotBeNull().Id;
        (await Attendance.AppendAsync(Samples.Punch(id, date.At(9)))).ShouldNotBeNull();
    }

    private async Task RunDailyAsync(DateOnly first, int days, int step = 1)
    {
        for (var day = 0; day < days; day += step)
        {
            _clock.Set(first.AddDays(day));
            (await Retention.ApplyAsync(Policy)).IsEmpty.ShouldBeTrue();
        }
    }

    private async Task ShouldHaveEverythingAsync(int punches = PersonCount)
    {
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).Count.ShouldBe(PersonCount);
        (await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue))).Count.ShouldBe(punches);
    }
}
