namespace Frat.Tests.Attendance;

public sealed partial class WrongAnswerTests
{
    // W12: what is said decides at one moment, and then what came first; never an id.
    [Theory]
    [InlineData("in 03-02 09:00, out 03-02 12:00, in 03-02 12:00, out 03-02 17:00")]
    [InlineData("in 03-02 09:00, in 03-02 12:00, out 03-02 12:00, out 03-02 17:00")]
    public void Derive_OutAndInAtOneMoment_AreAChangeWhateverTheirIds(string punches)
    {
        var day = new Facts { Schedule = Strict with { Hours = HoursRule.EveryPair } }.Came(punches).Day();

        (day.Day!.Status, day.Day.Worked).ShouldBe((AttendanceStatus.Present, TimeSpan.FromHours(8)));
        Facts.Roles(day).ShouldBe([PunchRole.In, PunchRole.Out, PunchRole.In, PunchRole.Out]);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Derive_TwoPunchesOfOneMomentThatSayTheSame_TheOneReceivedFirstCounts(int first, int second)
    {
        var facts = new Facts().Came("03-02 09:00, 03-02 09:00, 03-02 17:00");
        var received = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var all = facts.ToFacts(Monday, Monday);
        all = all with { Punches = [
            .. all.Punches.Select((punch, i) => punch with { ReceivedAt = received.AddSeconds(i == 0 ? first : i == 1 ? second : 9) })
        ] };

        var day = new AttendanceRules().Derive(all)[0];

        day.Day!.PunchId.ShouldBe(all.Punches[first < second ? 0 : 1].Punch.Id);
        Facts.Roles(day).ShouldBe([PunchRole.In, PunchRole.Duplicate, PunchRole.Out]);
    }

    // W13: the device's log was imported twice.
    [Theory]
    [InlineData(HoursRule.EveryPair, DirectionRule.Alternating, "")]
    [InlineData(HoursRule.FirstInLastOut, DirectionRule.Alternating, "")]
    [InlineData(HoursRule.EveryPair, DirectionRule.Strict, "in ")]
    [InlineData(HoursRule.EveryPair, DirectionRule.Device, "in ")]
    public void Derive_TheSameMomentTwice_IsADuplicateWhateverTheInterval(HoursRule hours, DirectionRule direction, string comes)
    {
        var goes = comes.Length == 0 ? "" : "out ";
        var day = new Facts { Schedule = Facts.Office with { DuplicateInterval = TimeSpan.Zero, Hours = hours, Direction = direction } }
            .Came($"{comes}03-02 09:00, {goes}03-02 17:00, {comes}03-02 09:00, {goes}03-02 17:00").Day();

        (day.Day!.Status, day.Day.Worked, day.Day.PunchCount).ShouldBe((AttendanceStatus.Present, TimeSpan.FromHours(8), 4));
        Facts.Roles(day).ShouldBe([PunchRole.In, PunchRole.Duplicate, PunchRole.Out, PunchRole.Duplicate]);
    }

    // W17
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-02 09:00", true)]
    [InlineData("Europe/Berlin", "2026-03-02 10:00", true)]
    [InlineData("Europe/Berlin", "2026-03-02 11:00", true)]
    [InlineData("Europe/Berlin", "2026-03-02 11:01", false)]
    [InlineData("Europe/Berlin", "2026-02-23 09:00", false)]
    [InlineData("Asia/Tokyo", "2026-03-02 09:00", false)]
    [InlineData("Asia/Tokyo", "2026-03-02 17:00", true)]
    [InlineData("Mars/Olympus", "2026-03-02 09:00", false)]
    [InlineData("UTC", "2026-03-02 08:00", true)]
    public void Check_APunchsWallAndZone_HaveToAgreeWithItsInstant(string zone, string local, bool isRight)
    {
        var punch = new Facts().Punch("09:00") with
        {
            TimeZone = zone, LocalTime = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture)
        };
        var check = () => new AttendanceRules().Check(punch, punch.Instant);

        if (isRight)
        {
            check.ShouldNotThrow();
        }
        else
        {
            check.ShouldThrow<ArgumentException>();
        }
    }
}
