using System.Globalization;

namespace Frat.Tests.Attendance;

/// <summary>What a day comes to by each rule of docs/attendance.md, worked out by hand. The shift is Monday, 09:00 to 17:00.</summary>
public sealed class RuleTableTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Schedule Plain = Facts.Office;
    private static readonly Schedule Pairs = Plain with { Hours = HoursRule.EveryPair };
    private static readonly Schedule Break = Plain with { Break = 30 * Minute, BreakAfter = 360 * Minute };
    private static readonly Schedule Grace = Plain with { LateGrace = 5 * Minute, EarlyGrace = 10 * Minute };
    private static readonly Schedule Hours = Plain with { HalfDayBelow = 360 * Minute, AbsentBelow = 120 * Minute };
    private static readonly Schedule Strict = Plain with { Direction = DirectionRule.Strict };
    private static readonly Schedule Device = Plain with { Direction = DirectionRule.Device };

    // The middle of the shift is 13:00.
    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["leave in the morning, there at the middle"] = new(Plain, "13:00 17:00", "HalfDay 4:00:00") { Leaves = [LeavePart.FirstHalf] },
        ["leave in the morning, ten minutes after the middle"] = new(
            Plain, "13:10 17:00", "HalfDay 3:50:00 late 10") { Leaves = [LeavePart.FirstHalf] },
        ["leave in the morning, there all day"] = new(Plain, "09:00 17:00", "HalfDay 8:00:00") { Leaves = [LeavePart.FirstHalf] },
        ["leave in the afternoon, gone at the middle"] = new(Plain, "09:00 13:00", "HalfDay 4:00:00") { Leaves = [LeavePart.SecondHalf] },
        ["leave in the afternoon, gone before the middle"] = new(
            Plain, "09:00 12:30", "HalfDay 3:30:00 early 30") { Leaves = [LeavePart.SecondHalf] },

        // 2 h make an absence of a whole day: 1 h of half a day. 13:00 less 09:59 are 181 minutes.
        ["leave in the afternoon, hardly there"] = new(
            Hours, "09:00 09:59", "Absent 0:59:00 early 181") { Leaves = [LeavePart.SecondHalf] },
        ["leave in the afternoon, there for just enough"] = new(
            Hours, "09:00 10:00", "HalfDay 1:00:00 early 180") { Leaves = [LeavePart.SecondHalf] },
        ["leave in the morning, not there"] = new(Plain, "", "Absent 0:00:00") { Leaves = [LeavePart.FirstHalf] },
        ["leave in the morning and in the afternoon"] = new(
            Plain, "", "OnLeave 0:00:00") { Leaves = [LeavePart.FirstHalf, LeavePart.SecondHalf] },
        ["leave in the morning, twice"] = new(Plain, "", "Absent 0:00:00") { Leaves = [LeavePart.FirstHalf, LeavePart.FirstHalf] },
        ["leave all day, there nonetheless"] = new(Plain, "10:00 12:00", "OnLeave 2:00:00") { Leaves = [LeavePart.FullDay] },

        // 30 min are deducted from more than 6 h, and never leave less than that.
        ["break, less than 6 h"] = new(Break, "09:00 14:50", "Present 5:50:00 early 130"),
        ["break, 6 h 10"] = new(Break, "09:00 15:10", "Present 6:00:00 early 110"),
        ["break, 6 h 30"] = new(Break, "09:00 15:30", "Present 6:00:00 early 90"),
        ["break, 8 h"] = new(Break, "09:00 17:00", "Present 7:30:00"),

        // 3 h and 4 h 40 are 7 h 40; of the break, 10 min are left.
        ["break, of which 20 min were taken"] = new(
            Break with { Hours = HoursRule.EveryPair }, "09:00 12:00 12:20 17:00", "Present 7:30:00"),
        ["break, of which more was taken"] = new(Break with { Hours = HoursRule.EveryPair }, "09:00 12:00 12:45 17:00", "Present 7:15:00"),

        // By the minute that the clock showed.
        ["grace, the last second of it"] = new(Grace, "09:05:59 17:00", "Present 7:54:01"),
        ["grace, a minute after it"] = new(Grace, "09:06 17:00", "Late 7:54:00 late 6"),
        ["grace, gone at its start"] = new(Grace, "09:00 16:50", "Present 7:50:00"),
        ["grace, gone a second before it"] = new(Grace, "09:00 16:49:59", "Present 7:49:59 early 11"),
        ["no grace, the minute of the start"] = new(Plain, "09:00:59 17:00", "Present 7:59:01"),

        ["hours, just enough for a whole day"] = new(Hours, "09:00 15:00", "Present 6:00:00 early 120"),
        ["hours, a second less than a whole day"] = new(Hours, "09:00 14:59:59", "HalfDay 5:59:59 early 121"),
        ["hours, just enough for half a day"] = new(Hours, "09:00 11:00", "HalfDay 2:00:00 early 360"),
        ["hours, less than half a day"] = new(Hours, "09:00 10:59", "Absent 1:59:00 early 361"),
        ["hours, half a day that is late and ends early"] = new(Hours, "10:00 14:00", "HalfDay 4:00:00 late 60 early 180"),

        ["alternating, four"] = new(Pairs, "09:00 12:00 13:00 17:00", "Present 7:00:00", "In Out In Out"),
        ["alternating, three by pairs"] = new(Pairs, "09:00 12:00 13:00", "Incomplete 3:00:00", "In Out Unpaired"),
        ["alternating, three by first and last"] = new(Plain, "09:00 12:00 13:00", "Present 4:00:00 early 240", "In Between Out"),
        ["alternating, whatever the device says"] = new(Pairs, "out09:00 in17:00", "Present 8:00:00", "In Out"),

        ["strict, in and out"] = new(Strict, "in09:00 out17:00", "Present 8:00:00", "In Out"),
        // W14: of a repetition the first holds, as in Frappe, and what repeats is left over also within the stay.
        ["strict, in twice"] = new(Strict, "in09:00 in13:00 out17:00", "Incomplete 8:00:00", "In Unpaired Out"),
        ["strict, in twice by pairs"] = new(
            Strict with { Hours = HoursRule.EveryPair }, "in09:00 in13:00 out17:00", "Incomplete 8:00:00", "In Unpaired Out"),
        ["strict, one within that says nothing"] = new(Strict, "in09:00 12:00 out17:00", "Incomplete 8:00:00", "In Unpaired Out"),
        ["strict, out twice"] = new(Strict, "in09:00 out12:00 out17:00", "Incomplete 3:00:00", "In Out Unpaired"),
        ["strict, one that says nothing"] = new(Strict, "09:00 out17:00", "Incomplete 0:00:00", "Unpaired Unpaired"),
        ["strict, out right after in"] = new(
            Strict with { Hours = HoursRule.EveryPair }, "in09:00 out09:00:30 in09:30 out17:00", "Present 7:30:30", "In Out In Out"),
        ["strict, in right after in"] = new(Strict, "in09:00 in09:00:30 out17:00", "Present 8:00:00", "In Duplicate Out"),
        ["strict, from the first to the last"] = new(
            Strict, "in09:00 out12:00 in13:00 out17:00", "Present 8:00:00", "In Between Between Out"),

        ["device, in and out"] = new(Device, "in09:00 out17:00", "Present 8:00:00", "In Out"),
        ["device, in twice"] = new(Device, "in09:00 in12:00 out17:00", "Present 8:00:00", "In Between Out"),
        ["device, out twice"] = new(Device, "in09:00 out16:00 out17:00", "Present 8:00:00", "In Between Out"),
        ["device, nothing said"] = new(Device, "09:00 17:00", "Present 8:00:00", "In Out"),
        ["device, nothing said in the afternoon"] = new(
            Device with { Hours = HoursRule.EveryPair }, "in09:00 out12:00 13:00 17:00", "Present 7:00:00", "In Out In Out"),
        ["device, out before in"] = new(Device, "out09:00 in10:00 out17:00", "Incomplete 7:00:00 late 60", "Unpaired In Out"),
        ["device, in and nothing more"] = new(Device, "in09:00", "Incomplete 0:00:00", "Unpaired"),
        ["device, back and not gone again"] = new(Device, "in09:00 out12:00 in13:00", "Incomplete 3:00:00", "In Out Unpaired"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derive_ADayByARule_ComesToWhatAPersonWorksOut(string name)
    {
        var (schedule, punches, expected, roles) = Cases[name];
        var facts = new Facts { Schedule = schedule };
        facts.Leaves.AddRange(
            Cases[name].Leaves.Select(part => new Leave { PersonId = Facts.Ada.Id, From = Facts.Monday, To = Facts.Monday, Part = part }));
        foreach (var punch in punches.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var time = punch.TrimStart('i', 'n', 'o', 'u', 't');
            facts.Punch(time, punch[0] switch { 'i' => PunchDirection.In, 'o' => PunchDirection.Out, _ => PunchDirection.Undetermined });
        }

        var detail = facts.Day();

        Text(detail.Day.ShouldNotBeNull()).ShouldBe(expected);
        if (roles is not null)
        {
            string.Join(' ', Facts.Roles(detail)).ShouldBe(roles);
        }
    }

    private static string Text(AttendanceDay day) => $"{day.Status} {day.Worked.ToString("g", CultureInfo.InvariantCulture)}"
        + (day.IsLate ? $" late {day.LateBy.TotalMinutes}" : "") + (day.LeftEarly ? $" early {day.EarlyBy.TotalMinutes}" : "");

    private sealed record Case(Schedule Schedule, string Punches, string Day, string? Roles = null)
    {
        public LeavePart[] Leaves { get; init; } = [];
    }
}
