using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What <see cref="IAttendanceLog"/> promises about appending and reading, whatever the database.</summary>
public abstract class AttendanceLogContract : StorageContract
{
    private static readonly DateOnly Monday = Samples.Monday;

    [Fact]
    public async Task AppendAsync_FirstPunchOfTheDay_MarksItPresent()
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(8, 30));

        var receipt = await Attendance.AppendAsync(punch);

        var day = Day(ada, Monday.At(8, 30), punch.Id);
        receipt.ShouldBe(
            new PunchReceipt { PunchId = punch.Id, Direction = PunchDirection.In, Day = day, Marked = true });
        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).ShouldBe([day]);
        (await AppendedAsync(Monday, Monday, ada.Id)).ShouldBe([punch]);
    }

    [Fact]
    public async Task AppendAsync_SecondPunchOfTheDay_IsStoredAndMarksNothing()
    {
        var ada = await EnrollAsync();
        var first = Samples.Punch(ada.Id, Monday.At(8));
        var second = Samples.Punch(ada.Id, Monday.At(17));
        var marked = await Attendance.AppendAsync(first);

        (await Attendance.AppendAsync(second)).ShouldBe(marked! with
        {
            PunchId = second.Id,
            Direction = PunchDirection.Out,
            Marked = false,
            Day = marked.Day with { PunchCount = 2, LastOut = Monday.At(17), Worked = TimeSpan.FromHours(9) },
        });

        (await AppendedAsync(Monday, Monday, ada.Id)).ShouldBe([first, second]);
    }

    [Fact]
    public async Task AppendAsync_LatePunchWithAnEarlierTime_MovesTheDayButDoesNotMarkIt()
    {
        var ada = await EnrollAsync();
        var nine = Samples.Punch(ada.Id, Monday.At(9));
        var eight = Samples.Punch(ada.Id, Monday.At(8));
        var first = await Attendance.AppendAsync(nine);

        var late = (await Attendance.AppendAsync(eight)).ShouldNotBeNull();

        late.Marked.ShouldBeFalse();
        late.Day.ShouldBe(Day(ada, Monday.At(8), eight.Id) with { PunchCount = 2, LastOut = Monday.At(9), Worked = TimeSpan.FromHours(1) });
        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).ShouldBe([late.Day]);
        (await Attendance.AppendAsync(nine)).ShouldBe(first);
        (await Attendance.AppendAsync(eight)).ShouldBe(late);
    }

    [Fact]
    public async Task AppendAsync_SameKeyAgain_GivesTheFirstReceiptAndStoresNothing()
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(8), "key");
        var first = await Attendance.AppendAsync(punch);

        var again = await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(12), "key"));

        again.ShouldBe(first);
        (await AppendedAsync(Monday, Monday, ada.Id)).ShouldBe([punch]);
    }

    [Fact]
    public async Task AppendAsync_SameKeyOfAnotherSource_IsAnotherPunch()
    {
        var ada = await EnrollAsync("E-1");
        var grace = await EnrollAsync("E-2");
        var punch = Samples.Punch(ada.Id, Monday.At(8), "key");
        await Attendance.AppendAsync(punch);

        await Attendance.AppendAsync(Samples.Punch(ada.Id, Monday.At(9), "key") with { Source = "back door" });
        await Attendance.AppendAsync(Samples.Punch(grace.Id, Monday.At(8), "key") with { Source = "side door" });

        (await ReadAsync(Attendance.ReadPunchesAsync(Monday, Monday))).Count.ShouldBe(3);
    }

    [Fact]
    public async Task AppendAsync_SameKeyForAnotherRequestOrDay_IsRefusedAndNotLostSilently()
    {
        var ada = await EnrollAsync("E-1");
        var punch = Samples.Punch(ada.Id, Monday.At(23, 50), "key") with { RequestDigest = "one photo" };
        var first = await Attendance.AppendAsync(punch);

        await Should.ThrowAsync<PunchConflictException>(
            () => Attendance.AppendAsync(Again(Monday.At(23, 50)) with { RequestDigest = "another photo" }));
        await Should.ThrowAsync<PunchConflictException>(() => Attendance.AppendAsync(Again(Monday.AddDays(1).At(8))));
        (await Attendance.AppendAsync(Again(Monday.At(23, 59)))).ShouldBe(first);
        (await Attendance.AppendAsync(Again(Monday.AddDays(1).At(0, 5)))).ShouldBe(first, "it was only sent again, over midnight");

        (await AppendedAsync(Monday, Monday.AddDays(1), ada.Id)).ShouldBe([punch]);

        Punch Again(DateTime localTime) => Samples.Punch(ada.Id, localTime, "key") with { RequestDigest = "one photo" };
    }

    [Fact]
    public async Task AppendAsync_KeyOrIdOfAnotherPunch_IsRefused()
    {
        var ada = await EnrollAsync("E-1");
        var grace = await EnrollAsync("E-2");
        var punch = Samples.Punch(ada.Id, Monday.At(8), "key");
        await Attendance.AppendAsync(punch);

        await Should.ThrowAsync<PunchConflictException>(() => Attendance.AppendAsync(Samples.Punch(grace.Id, Monday.At(8), "key")));
        await Should.ThrowAsync<PunchConflictException>(() => Attendance.AppendAsync(punch with { IdempotencyKey = "another key" }));

        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AppendAsync_UnknownPerson_GivesNull()
    {
        var punch = Samples.Punch(Guid.NewGuid(), Monday.At(8));

        (await Attendance.AppendAsync(punch)).ShouldBeNull();

        (await ReadAsync(Attendance.ReadPunchesAsync(Monday, Monday, punch.PersonId))).ShouldBeEmpty();
    }

    [Fact]
    public async Task AppendAsync_FiftyAtTheSameMomentOnTwoHosts_MarkOnceAndStoreFifty()
    {
        var ada = await EnrollAsync();
        var other = (await StartHostAsync()).Services.GetRequiredService<IAttendanceLog>();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(
            () => (i % 2 == 0 ? Attendance : other).AppendAsync(Samples.Punch(ada.Id, Monday.At(8, i), $"key {i}")))));

        receipts.Count(receipt => receipt!.Marked).ShouldBe(1);
        (await ReadAsync(Attendance.ReadPunchesAsync(Monday, Monday, ada.Id))).Count.ShouldBe(50);
        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).ShouldHaveSingleItem().Time.ShouldBe(new TimeOnly(8, 0));
    }

    [Fact]
    public async Task AppendAsync_OneKeyAtTheSameMomentOnTwoHosts_StoresOnePunchAndGivesOneReceipt()
    {
        var ada = await EnrollAsync();
        var other = (await StartHostAsync()).Services.GetRequiredService<IAttendanceLog>();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => (i % 2 == 0 ? Attendance : other).AppendAsync(Samples.Punch(ada.Id, Monday.At(8, i), "key")))));

        receipts.Distinct().ShouldHaveSingleItem()!.Marked.ShouldBeTrue();
        (await ReadAsync(Attendance.ReadPunchesAsync(Monday, Monday, ada.Id))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AppendAsync_FinerThanAMicrosecond_IsCutOffTheSameInAnswerAndStore()
    {
        var ada = await EnrollAsync();
        var local = Monday.ToDateTime(TimeOnly.MaxValue); // 23:59:59.9999999
        var punch = Samples.Punch(ada.Id, local);

        var receipt = (await Attendance.AppendAsync(punch)).ShouldNotBeNull();

        receipt.Day.Date.ShouldBe(Monday);
        receipt.Day.Time.ShouldBe(new TimeOnly(23, 59, 59, 999, 999));
        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).ShouldBe([receipt.Day]);
        var stored = (await ReadAsync(Attendance.ReadPunchesAsync(Monday, Monday, ada.Id))).ShouldHaveSingleItem();
        stored.LocalTime.ShouldBe(local.AddTicks(-9));
        stored.Instant.ShouldBe(punch.Instant.AddTicks(-9));
        stored.Instant.Offset.ShouldBe(TimeSpan.Zero);
        (await Attendance.AppendAsync(punch)).ShouldBe(receipt);
    }

    [Fact]
    public async Task AppendAsync_EveryField_ComesBack()
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(8)) with
        {
            Direction = PunchDirection.Out,
            Method = PunchMethod.Manual,
            Source = "قارئ 🚪",
            Distance = null,
            DetectionScore = float.Epsilon,
            TimeZone = "Asia/Kolkata",
            LocalTime = Monday.At(12, 30),
        };

        await Attendance.AppendAsync(punch);

        (await AppendedAsync(Monday, Monday, ada.Id)).ShouldBe([punch]);
    }

    [Fact]
    public async Task AppendAsync_ArgumentThatCannotBeKept_IsRefused()
    {
        var ada = await EnrollAsync();
        var punch = Samples.Punch(ada.Id, Monday.At(8));

        Punch[] wrong =
        [
            punch with { Source = "" },
            punch with { Source = new string('s', Punch.MaxSourceLength + 1) },
            punch with { IdempotencyKey = "" },
            punch with { IdempotencyKey = new string('k', Punch.MaxIdempotencyKeyLength + 1) },
            punch with { IdempotencyKey = "\udc00" },
            punch with { RequestDigest = "" },
            punch with { RequestDigest = new string('d', Punch.MaxRequestDigestLength + 1) },
            punch with { IdempotencyKey = "null \0 character" },
            punch with { TimeZone = "" },
            punch with { Distance = float.NaN },
            punch with { DetectionScore = float.PositiveInfinity },
            punch with { Method = (PunchMethod)99 },
        ];
        foreach (var one in wrong)
        {
            await Should.ThrowAsync<ArgumentException>(() => Attendance.AppendAsync(one));
        }

        await Should.ThrowAsync<ArgumentNullException>(() => Attendance.AppendAsync(null!));
        (await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue, ada.Id))).ShouldBeEmpty();
    }

    [Fact]
    public async Task AppendAsync_CancelledBefore_StoresNothing()
    {
        var ada = await EnrollAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            () => Attendance.AppendAsync(
                Samples.Punch(ada.Id, Monday.At(8)), cancellationToken: new CancellationToken(canceled: true)));

        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadDaysAsync_SeveralDatesAndPeople_LatestDateFirstThenByTime()
    {
        var ada = await EnrollAsync("E-1");
        var grace = await EnrollAsync("E-2");
        foreach (var (person, time) in new[]
        {
            (ada, Monday.At(9)), (
                grace, Monday.At(8)), (ada, Monday.AddDays(1).At(7)), (grace, Monday.AddDays(1).At(7, 1)), (ada, Monday.AddDays(2).At(7)),
        })
        {
            await Attendance.AppendAsync(Samples.Punch(person.Id, time));
        }

        (await ReadAsync(Attendance.ReadDaysAsync(Monday, Monday.AddDays(1)))).Select(
            day => (day.Person.EmployeeId, day.Date.Day)).ShouldBe(
            [("E-1", 3), ("E-2", 3), ("E-2", 2), ("E-1", 2)]);
        (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue, ada.Id))).Select(day => day.Date.Day)
            .ShouldBe([4, 3, 2]);
        (await ReadAsync(Attendance.ReadDaysAsync(Monday.AddDays(1), Monday))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadPunchesAsync_AppendedInAnyOrder_AreOrderedByLocalTime()
    {
        var ada = await EnrollAsync();
        foreach (var time in new[] { Monday.At(17), Monday.AddDays(1).At(0), Monday.At(8), Monday.At(0), Monday.AddDays(-1).At(23, 59) })
        {
            await Attendance.AppendAsync(Samples.Punch(ada.Id, time));
        }

        (await ReadAsync(Attendance.ReadPunchesAsync(Monday, Monday, ada.Id))).Select(punch => punch.LocalTime).ShouldBe(
            [Monday.At(0), Monday.At(8), Monday.At(17)]);
    }

    private static AttendanceDay Day(Person person, DateTime firstIn, Guid punchId) => new()
    {
        Person = person,
        Date = DateOnly.FromDateTime(firstIn),
        Status = AttendanceStatus.Present,
        FirstIn = firstIn,
        PunchId = punchId,
        PunchCount = 1,
    };
}
