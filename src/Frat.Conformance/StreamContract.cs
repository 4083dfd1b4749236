namespace Frat.Conformance;

/// <summary>Streams that are read slowly while others write: each row that was there is given once, in order.</summary>
public abstract class StreamContract : StorageContract
{
    /// <summary>More than a store is likely to read at once.</summary>
    private const int Many = 1_050;

    [Fact]
    public async Task ReadAudit_EntriesAreAddedWhileItIsRead_GivesEachOnceInOrder()
    {
        var audit = GetService<IAuditTrail>();
        for (var i = 0; i < Many; i++)
        {
            await audit.AppendAsync(new AuditEvent { Action = $"test.{i}", Note = Samples.Note });
        }

        var read = new List<AuditEntry>();
        await foreach (var entry in audit.ReadAsync())
        {
            read.Add(entry);
            if (read.Count % 100 == 0 && read.Count <= Many)
            {
                await audit.AppendAsync(new AuditEvent { Action = "test.meanwhile", Note = Samples.Note });
            }
        }

        read.Select(entry => entry.Sequence).ShouldBeUnique();
        read.Select(entry => entry.Sequence).ShouldBeInOrder();

        // A store may have entries of its own, such as of its keys.
        read.Where(entry => entry.Action.StartsWith("test.", StringComparison.Ordinal) && entry.Action != "test.meanwhile")
            .Select(entry => entry.Action)
            .ShouldBe(Enumerable.Range(0, Many).Select(i => $"test.{i}"));
        var (from, until) = (read[50].At, read[^50].At);
        (await ReadAsync(audit.ReadAsync(from, until))).ShouldBe(
            (await ReadAsync(audit.ReadAsync())).Where(entry => entry.At >= from && entry.At < until));
    }

    [Fact]
    public async Task ReadPunchesAndDays_PeopleCheckInWhileTheyAreRead_GiveEachOnceInOrder()
    {
        const int PersonCount = 5;
        var people = new List<Person>();
        for (var i = 0; i < PersonCount; i++)
        {
            people.Add(await EnrollAsync($"E-{i}"));
        }

        var first = new DateOnly(2020, 1, 1);
        var since = GetService<TimeProvider>().GetUtcNow();
        for (var i = 0; i < Many; i++)
        {
            await Attendance.AppendAsync(Samples.Punch(people[i % PersonCount].Id, first.AddDays(i / PersonCount).At(8)));
        }

        var before = await ReadAsync(Attendance.ReadPunchesAsync(first, DateOnly.MaxValue));
        before.Count.ShouldBe(Many);
        var changes = await ReadAsync(Attendance.ReadChangesAsync(since));
        changes.Select(change => change.Id).ShouldBe(before.Select(punch => punch.Id), ignoreOrder: true);
        changes.Select(change => change.At).ShouldBeInOrder();
        var read = new List<Punch>();
        await foreach (var punch in Attendance.ReadPunchesAsync(first, DateOnly.MaxValue))
        {
            read.Add(punch);
            if (read.Count % 500 == 1)
            {
                // At the beginning, at the place that is being read, and at the end.
                await Attendance.AppendAsync(Samples.Punch(people[0].Id, first.At(17)));
                await Attendance.AppendAsync(Samples.Punch(people[0].Id, punch.LocalTime));
                await Attendance.AppendAsync(Samples.Punch(people[0].Id, new DateOnly(2022, 1, 1).At(17)));
            }
        }

        read.Select(punch => punch.Id).ShouldBeUnique();
        read.Select(punch => punch.LocalTime).ShouldBeInOrder();
        before.Select(punch => punch.Id).ShouldBeSubsetOf(read.Select(punch => punch.Id));

        foreach (var order in Enum.GetValues<DayOrder>())
        {
            var days = await ReadAsync(Attendance.ReadDaysAsync(first, first.AddDays((Many / PersonCount) - 1), order: order));
            days.Select(day => (day.Person.Id, day.Date)).ShouldBeUnique();
            days.Count.ShouldBe(Many, order.ToString());
            (order switch
            {
                DayOrder.ByPerson => days.Select(day => $"{day.Person.EmployeeId} {day.Date:O}"),
                DayOrder.EarliestFirst => days.Select(day => $"{day.Date:O}"),
                _ => days.AsEnumerable().Reverse().Select(day => $"{day.Date:O}"),
            }).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task ReadDays_SomebodysEarlierTimeArrivesWhileTheDateIsRead_LosesAndDoublesNobody()
    {
        const int PersonCount = 1_050;
        var people = new List<Person>();
        for (var i = 0; i < PersonCount; i++)
        {
            var person = (await People.EnrollAsync(Samples.Enrollment($"E-{i}") with { Templates = [], Consent = null })).Person;
            people.Add(person);
            await Attendance.AppendAsync(
                Samples.Punch(person.Id, Samples.Monday.At(8 + (i % 10), i % 60)) with { Method = PunchMethod.Pin });
        }

        var read = new List<Guid>();
        await foreach (var day in Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday, order: DayOrder.EarliestFirst))
        {
            read.Add(day.Person.Id);
            if (read.Count == 10)
            {
                        // The last of the list becomes the first.
                await Attendance.AppendAsync(Samples.Punch(people[^1].Id, Samples.Monday.At(6)) with { Method = PunchMethod.Pin });
            }
        }

        read.Count.ShouldBe(PersonCount);
        read.ShouldBeUnique();
    }

    [Fact]
    public async Task ListPeople_PeopleComeAndGoWhileTheyAreRead_GivesEachWhoStaysOnceInOrder()
    {
        for (var i = 0; i < Many; i++)
        {
            await People.EnrollAsync(Samples.Enrollment($"E-{i:0000}") with { Templates = [], Consent = null });
        }

        var read = new List<string>();
        await foreach (var person in People.ReadAsync())
        {
            read.Add(person.EmployeeId);
            if (read.Count % 500 == 1)
            {
                await People.ForgetAsync(person.Id, Samples.Note);
                await People.EnrollAsync(Samples.Enrollment($"A-{read.Count}") with { Templates = [], Consent = null });
            }
        }

        read.ShouldBe(Enumerable.Range(0, Many).Select(i => $"E-{i:0000}"));
    }
}
