using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>Lists in pages, which what is added meanwhile doesn't move, and what was added, for who follows it.</summary>
public abstract class ListingContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;

    private readonly TestClock _clock = new(new DateTimeOffset(Monday.AddDays(3).At(12), TimeSpan.Zero));

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task ListDaysAsync_DaysAreAddedBetweenPages_GivesEachThatWasThereOnceInOrder()
    {
        var people = new List<Person>();
        foreach (var id in (string[])["B", "D", "a", "é"])
        {
            people.Add(await EnrollAsync(id));
            await Attendance.AppendAsync(Samples.Punch(people[^1].Id, Monday.At(17 - people.Count)));
            await Attendance.AppendAsync(Samples.Punch(people[^1].Id, Monday.AddDays(1).At(9)));
        }

        var before = await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday.AddDays(2)));
        var read = new List<AttendanceDay>();
        for (var query = Of(Monday, Monday.AddDays(2)) with { Take = 3 }; ;)
        {
            var page = await Attendance.ListDaysAsync(query);
            page.Count.ShouldBeLessThanOrEqualTo(3);
            if (page.Count == 0)
            {
                break;
            }

            read.AddRange(page);
            query = query with { After = DayPosition.Of(page[^1]) };

            // Before the place, at it, and behind it.
            var late = await EnrollAsync($"C-{read.Count}");
            foreach (var date in (DateOnly[])[Monday, Monday.AddDays(1), Monday.AddDays(2)])
            {
                await Attendance.AppendAsync(Samples.Punch(late.Id, date.At(7)));
            }

            if (read.Count > 60)
            {
                break; // It goes round.
            }
        }

        read.Select(day => (day.Date, day.Person.Id)).ShouldBeUnique();
        before.Select(day => (day.Date, day.Person.Id)).ShouldBeSubsetOf(read.Select(day => (day.Date, day.Person.Id)));
        read.ShouldBe(read.OrderByDescending(day => day.Date).ThenBy(day => day.Person.EmployeeId, StringComparer.Ordinal));
        read.Where(day => people.Contains(day.Person)).Select(day => day.Person.EmployeeId)
            .ShouldBe(["B", "D", "a", "é", "B", "D", "a", "é"]);
    }

    [Fact]
    public async Task ListDaysAsync_OfAPersonAndOfPlacesOutsideTheSpan_GivesWhatIsAskedFor()
    {
        var (ada, grace) = (await EnrollAsync("E-1"), await EnrollAsync("E-2"));
        for (var i = 0; i < 3; i++)
        {
            await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.AddDays(i).At(9)));
            await Attendance.AppendAsync(Samples.Punch(grace.Id, Monday.AddDays(i).At(9)));
        }

        (await DatesAsync(Of(Monday, Monday.AddDays(1)) with { PersonId = ada.Id })).ShouldBe([Monday.AddDays(1), Monday]);
        (await DatesAsync(Of(Monday, Monday.AddDays(1)) with { PersonId = Guid.NewGuid() })).ShouldBeEmpty();
        (await DatesAsync(Of(Monday, Monday) with { After = new() { Date = Monday.AddDays(1), EmployeeId = "z" } })).Count.ShouldBe(2);
        (await DatesAsync(Of(Monday, Monday) with { After = new() { Date = Monday, EmployeeId = "E-1" } })).Count.ShouldBe(1);
        (await DatesAsync(Of(Monday, Monday) with { After = new() { Date = Monday.AddDays(-1), EmployeeId = "" } })).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentException>(() => Attendance.ListDaysAsync(Of(Monday, Monday) with { Take = 0 }));
        await Should.ThrowAsync<ArgumentException>(
            () => Attendance.ListDaysAsync(Of(Monday, Monday) with { Take = DayQuery.MaxTake + 1 }));

        async Task<IReadOnlyList<DateOnly>> DatesAsync(DayQuery query) =>
            [.. (await Attendance.ListDaysAsync(query)).Select(day => day.Date)];
    }

    [Fact]
    public async Task ListAudit_InPages_GivesEachEntryOnceInOrder()
    {
        var audit = GetService<IAuditTrail>();
        var ada = await EnrollAsync();
        for (var i = 0; i < 7; i++)
        {
            _clock.Now += TimeSpan.FromMinutes(1);
            await audit.AppendAsync(new AuditEvent { Action = $"test.{i}", PersonId = i % 2 == 0 ? ada.Id : null, Note = Samples.Note });
        }

        var all = await ReadAsync(audit.ReadAsync());
        var read = new List<AuditEntry>();
        for (IReadOnlyList<AuditEntry> page = []; read.Count == 0 || page.Count > 0; read.AddRange(page))
        {
            page = await audit.ListAsync(new AuditQuery { AfterSequence = read.LastOrDefault()?.Sequence ?? 0, Take = 3 });
            await audit.AppendAsync(new AuditEvent { Action = "test.meanwhile", Note = Samples.Note });
            if (read.Count > all.Count)
            {
                break;
            }
        }

        read.Take(all.Count).ShouldBe(all);
        var (from, until) = (all[^5].At, all[^2].At);
        (await audit.ListAsync(new AuditQuery { From = from, Until = until })).ShouldBe(
            all.Where(entry => entry.At >= from && entry.At < until));
        (await audit.ListAsync(new AuditQuery { PersonId = ada.Id, Take = AuditQuery.MaxTake })).ShouldBe(
            await ReadAsync(audit.ReadAsync(personId: ada.Id)));
        await Should.ThrowAsync<ArgumentException>(() => audit.ListAsync(new AuditQuery { Take = AuditQuery.MaxTake + 1 }));
    }

    [Fact]
    public async Task ReadChanges_OfAnotherHost_AreInTheOrderInWhichTheyWereAdded()
    {
        var ada = await EnrollAsync();
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(8)));
        _clock.Now += TimeSpan.FromMinutes(5);
        var since = _clock.Now;
        var reader = await StartHostAsync();

        // Just now; months ago, as a manager enters it; and with an id that tells no time.
        var (now, old, own) = (
            Samples.Punch(ada.Id, Monday.AddDays(3).At(13, 5)),
            Samples.Punch(ada.Id, Monday.AddDays(-90).At(9)) with { Method = PunchMethod.Manual },
            Samples.Punch(ada.Id, Monday.AddDays(3).At(9)) with { Id = Guid.NewGuid() });
        var receipt = await AddAsync(() => Attendance.AppendAsync(now));
        await AddAsync(() => Attendance.AppendAsync(old));
        var correction = Samples.Correction(now.Id, null) with { At = _clock.Now, Id = Guid.NewGuid() };
        await AddAsync(() => Attendance.CorrectAsync(correction));
        await AddAsync(() => Attendance.AppendAsync(own));
        await People.RenameAsync(ada.Id, "Ada King", Samples.Note);

        var changes = await ReadAsync(reader.Services.GetRequiredService<IAttendanceLog>().ReadChangesAsync(since));

        changes.Select(change => change.Id).ShouldBe([now.Id, old.Id, correction.Id, own.Id]);
        changes.Select(change => change.At).ShouldBe(Enumerable.Range(0, 4).Select(i => since.AddSeconds(i)));
        changes.Select(change => change.Correction).ShouldBe([null, null, correction, null]);
        changes[2].Punch.ShouldBe(changes[0].Punch);
        changes[0].Punch.ReceivedAt.ShouldBe(since);
        changes[0].Receipt.Day.Person.Name.ShouldBe("Ada King");
        (changes[0].Receipt with { Day = changes[0].Receipt.Day with { Person = receipt!.Day.Person } }).ShouldBe(receipt);
        (await ReadAsync(Attendance.ReadChangesAsync(since.AddSeconds(3)))).Single().Id.ShouldBe(own.Id);
        (await ReadAsync(Attendance.ReadChangesAsync(DateTimeOffset.MinValue))).Count.ShouldBe(5);

        async Task<T> AddAsync<T>(Func<Task<T>> add)
        {
            var added = await add();
            _clock.Now += TimeSpan.FromSeconds(1);
            return added;
        }
    }

    [Fact]
    public async Task ReadChanges_OfSomebodyForgotten_AreGone()
    {
        var since = _clock.Now;
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(8));
        await Attendance.AppendAsync(punch);
        await Attendance.CorrectAsync(Samples.Correction(punch.Id, Monday.At(9)) with { At = since });
        (await ReadAsync(Attendance.ReadChangesAsync(since))).Count.ShouldBe(2);

        await People.ForgetAsync(ada.Id, Samples.Note);

        (await ReadAsync(Attendance.ReadChangesAsync(since))).ShouldBeEmpty();
    }

    private static DayQuery Of(DateOnly first, DateOnly last) => new() { FirstDate = first, LastDate = last };
}
