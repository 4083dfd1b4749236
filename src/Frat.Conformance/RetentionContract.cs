using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What <see cref="IRetention"/> promises, whatever the database: line 3 of the design's privacy.</summary>
public abstract partial class RetentionContract : StorageContract
{
    private static readonly DateOnly NewYear = new(2026, 1, 1);
    private static readonly DateOnly February = new(2026, 2, 1);
    private static readonly RetentionPolicy Templates = new() { Confirmed = true };

    // On 10 March, 20 days ago is in February: January goes.
    private static readonly DateOnly TheTenth = new(2026, 3, 10);
    private static readonly RetentionPolicy Attendances = new() { TemplateDays = null, AttendanceDays = 20, Confirmed = true };

    private static readonly RetentionPolicy Everything = new() { AttendanceDays = 20, Confirmed = true };
    private const int PersonCount = 20;

    private static readonly Schedule Office = new() { Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0) };

    private readonly TestClock _clock = new(new DateTimeOffset(NewYear.At(0), TimeSpan.Zero));

    private IRetention Retention => GetService<IRetention>();

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task Line3_TemplatesThatWereNotUsedForLong_AreDeletedToldOfAndInTheAuditTrail()
    {
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        var grace = await EnrollAsync("E-2", "Grace", Samples.Encoding(3));
        _clock.Set(NewYear.AddDays(30));
        await PunchAsync(grace, NewYear.AddDays(30));
        var other = (await StartHostAsync()).Services.GetRequiredService<IEncodingStore>();
        var sequence = await other.GetSequenceAsync();

        _clock.Set(NewYear.AddDays(1095), hour: 0);
        (await Retention.ApplyAsync(Templates)).IsEmpty.ShouldBeTrue("the last day is not over");
        _clock.Set(NewYear.AddDays(1096));
        var dry = await Retention.ApplyAsync(Templates, dryRun: true);
        (dry.DryRun, dry.TemplatePeople, dry.Templates, dry.AttendanceBefore).ShouldBe((true, 1, 2, null));
        (await Encodings.ListAsync(ada.Id)).Count.ShouldBe(2);
        (await other.ListChangesAsync(sequence)).ShouldBeEmpty();

        (await Retention.ApplyAsync(Templates)).ShouldBe(dry with { DryRun = false });

        (await other.ListChangesAsync(sequence)).ShouldHaveSingleItem().PersonId.ShouldBe(ada.Id);
        (await ReadAsync(other.ReadAsync(Samples.EncoderId))).ShouldHaveSingleItem().Person.ShouldBe(grace);
        (await People.FindAsync(ada.Id)).ShouldBe(ada);
        (await Consents.ListAsync(ada.Id)).ShouldHaveSingleItem().WithdrawnAt.ShouldBeNull();
        var entries = (await AuditAsync(ada)).Where(entry => entry.By == IRetention.By).ToList();
        entries.Select(entry => (entry.Action, entry.Reason)).ShouldBe(
            [(AuditActions.TemplateDeleted, "Not recognised for 1095 days."), (
                AuditActions.TemplateDeleted, "Not recognised for 1095 days.")]);
        (await Retention.ApplyAsync(Templates)).IsEmpty.ShouldBeTrue();
        (await Retention.ApplyAsync(new RetentionPolicy { TemplateDays = null, Confirmed = true })).TemplatesBefore.ShouldBeNull();
    }

    [Fact]
    public async Task Line3_ANewTemplate_KeepsTheOlderOnesOfItsPersonToo()
    {
        var ada = await EnrollAsync();
        _clock.Set(NewYear.AddDays(1000));
        await Encodings.AddAsync(ada.Id, [new NewTemplate { Encoding = Samples.Encoding(2) }], Samples.Note);

        _clock.Set(NewYear.AddDays(2090));
        (await Retention.ApplyAsync(Templates)).Templates.ShouldBe(0);
        _clock.Set(NewYear.AddDays(2096));
        (await Retention.ApplyAsync(Templates)).Templates.ShouldBe(2);
    }

    [Fact]
    public async Task Line3_LastRecognised_IsTheLatestPunchByFaceAndNeverInTheFuture()
    {
        var pin = await EnrollAsync("E-1");
        var late = await EnrollAsync("E-2");
        var ahead = await EnrollAsync("E-3");
        _clock.Set(NewYear.AddDays(40));
        await PunchAsync(pin, NewYear.AddDays(40), method: PunchMethod.Pin);
        await PunchAsync(late, NewYear.AddDays(30));

        // The kiosk was offline; and the clock of another one is some days ahead.
        await PunchAsync(late, NewYear.AddDays(3));
        await PunchAsync(ahead, NewYear.AddDays(46));

        (await DeletedAtAsync(1096)).ShouldBe([pin.Id]);
        (await DeletedAtAsync(1124)).ShouldBeEmpty();
        (await DeletedAtAsync(1125)).ShouldBe([late.Id]);
        (await DeletedAtAsync(1136)).ShouldBe([ahead.Id]);

        async Task<Guid?[]> DeletedAtAsync(int days)
        {
            _clock.Set(NewYear.AddDays(days));
            await Retention.ApplyAsync(Templates);
            return [.. (await AuditAsync(null)).Where(entry => entry.By == IRetention.By && entry.At == _clock.Now)
                .Select(entry => entry.PersonId)];
        }
    }

    [Fact]
    public async Task Line3_TemplatesWithoutAConsentInForce_AreDeletedWhateverTheirAge()
    {
        var consent = Samples.Consent() with { ExpiresAt = _clock.Now.AddDays(10) };
        var ada = (await People.EnrollAsync(Samples.Enrollment("E-1") with { Consent = consent })).Person;
        var grace = (await People.EnrollAsync(Samples.Enrollment("E-2") with { Consent = consent with { Id = Guid.NewGuid() } })).Person;
        await Consents.RecordAsync(grace.Id, Samples.Consent(), Samples.Note);
        var policy = new RetentionPolicy { TemplateDays = null, Confirmed = true };

        _clock.Set(NewYear.AddDays(9));
        (await Retention.ApplyAsync(policy)).IsEmpty.ShouldBeTrue();
        _clock.Set(NewYear.AddDays(10), hour: 0);
        (await Retention.ApplyAsync(policy, dryRun: true)).Templates.ShouldBe(1);
        (await Retention.ApplyAsync(policy)).Templates.ShouldBe(1);

        (await Encodings.ListAsync(ada.Id)).ShouldBeEmpty();
        (await Encodings.ListAsync(grace.Id)).ShouldHaveSingleItem();
        (await AuditAsync(ada))[^1].Reason.ShouldBe("No consent is in force any more.");
    }

    [Fact]
    public async Task Line3_TwoHostsAtOnce_DeleteAndTellOnce()
    {
        await AgeAsync();
        var other = (await StartHostAsync()).Services.GetRequiredService<IRetention>();

        var reports = await Task.WhenAll(Task.Run(() => Retention.ApplyAsync(Everything)), Task.Run(() => other.ApplyAsync(Everything)));

        reports.Sum(report => report.Templates).ShouldBe(PersonCount);
        reports.Sum(report => report.Days).ShouldBe(PersonCount);
        await IsToldOnceAsync();
    }

    [Fact]
    public async Task Line3_ARunThatIsBrokenOff_GoesOnWithTheNextOne()
    {
        await AgeAsync();
        for (var milliseconds = 1; ; milliseconds += 10)
        {
            using var ended = new CancellationTokenSource(milliseconds);
            try
            {
                await Retention.ApplyAsync(Everything, cancellationToken: ended.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                // Anyone who was done stays so.
            }
        }

        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldBeEmpty();
        (await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue))).ShouldBeEmpty();
        await IsToldOnceAsync();
    }

    [Fact]
    public async Task ApplyAsync_DaysOutOfBounds_AreRefused()
    {
        foreach (var days in new[] { 0, -1, RetentionPolicy.MaxDays + 1 })
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(
                () => Retention.ApplyAsync(new RetentionPolicy { TemplateDays = days, Confirmed = true }));
            await Should.ThrowAsync<ArgumentOutOfRangeException>(
                () => Retention.ApplyAsync(new RetentionPolicy { AttendanceDays = days, Confirmed = true }));
        }

        (await Retention.ApplyAsync(new RetentionPolicy
        {
            TemplateDays = RetentionPolicy.MaxDays, AttendanceDays = RetentionPolicy.MaxDays, Confirmed = true
        })).IsEmpty.ShouldBeTrue();
    }

    /// <summary>Enrols people who come once, and lets the years pass.</summary>
    private async Task AgeAsync()
    {
        for (var i = 0; i < PersonCount; i++)
        {
            await PunchAsync(await EnrollAsync($"E-{i}"), NewYear.AddDays(4));
        }

        _clock.Set(NewYear.AddDays(1200));
    }

    private async Task IsToldOnceAsync() =>
        (await AuditAsync(null)).Where(entry => entry.By == IRetention.By).GroupBy(entry => entry.Action).Select(entries => entries.Count())
            .ShouldBe([PersonCount, PersonCount]);

    private async Task<Punch> PunchAsync(Person person, DateOnly date, int hour = 9, int minute = 0, PunchMethod method = PunchMethod.Face)
    {
        var punch = Samples.Punch(person.Id, date.At(hour, minute)) with { Method = method };
        if (punch.Instant - _clock.Now > Punch.MaxAhead)
        {
            _clock.Set(date, hour, minute);
        }

        (await Attendance.AppendAsync(punch)).ShouldNotBeNull();
        return punch;
    }

    private async Task AssignAsync(Person person, Schedule schedule)
    {
        await Schedules.SaveScheduleAsync(schedule, Samples.Note);
        (await Schedules.SaveAssignmentAsync(
            new ScheduleAssignment
            {
                Id = Guid.NewGuid(),
                PersonId = person.Id,
                ScheduleId = schedule.Id,
                From = NewYear,
            }, Samples.Note)).ShouldBeTrue();
    }

    private Task<int> DeriveAsync() => Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue);

    private Task<List<AttendanceDay>> DaysAsync(Person person) =>
        ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, person.Id, DayOrder.EarliestFirst));

    private Task<List<AuditEntry>> AuditAsync(Person? person) => ReadAsync(GetService<IAuditTrail>().ReadAsync(personId: person?.Id));
}
