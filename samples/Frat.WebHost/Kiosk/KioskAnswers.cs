using System.Globalization;

namespace Frat.WebHost;

/// <summary>What a kiosk says of a punch, in the way that was chosen at the set-up.</summary>
internal sealed class KioskAnswers(SettingStore settings, IScheduleStore schedules, KioskUndo undo, SiteClock clock)
{
    public async Task<KioskAnswer> OfAsync(Device device, PunchReceipt receipt, CancellationToken stop)
    {
        var mode = await settings.ReadModeAsync(stop);
        var look = Look.Of(receipt, mode, TimeOnly.FromDateTime(clock.At(device.Site).LocalNow));
        var name = receipt.Day.Person.Name;
        var answer = new KioskAnswer
        {
            State = look.Kind switch
            {
                LookKind.In => KioskState.In,
                LookKind.Late => KioskState.Late,
                LookKind.Out => KioskState.Out,
                _ => KioskState.Again,
            },
            Punch = receipt.PunchId,
            Name = name,
        };
        return look.Kind switch
        {
            LookKind.In => answer with { Line = Say($"In {look.Time:HH:mm}"), Undo = Undo(device, receipt) },
            LookKind.Late => answer with
            {
                Line = Say($"In {look.Time:HH:mm}"),
                More = look.Time is { } came ? Say($"{look.LateBy.TotalMinutes:0} min after {came.Add(-look.LateBy):HH:mm}") : null,
                Undo = Undo(device, receipt),
            },
            // Who went before may be coming back: until when the day goes now is true either way.
            LookKind.Out when look.IsFurther && await MayComeBackAsync(device, receipt.Day, stop) => answer with
            {
                Line = Say($"Booked {look.Time:HH:mm}"),
                More = Hours(look.Hours) is { } hours ? $"{hours} so far" : null,
                Undo = Undo(device, receipt),
            },
            LookKind.Out => answer with
            {
                Line = Say($"Out {look.Time:HH:mm}"),
                More = Hours(look.Hours),
                Undo = Undo(device, receipt),
            },
            _ => answer with
            {
                Line = look switch
                {
                    { Left: { } left } => Say($"You went at {left:HH:mm}"),
                    { Since: { } since } => Say($"You are in since {since:HH:mm}"),
                    _ => "You are in",
                },
                // Nothing new was counted; but who was taken for somebody else says so all the same.
                Undo = Undo(device, receipt),
            },
        };
    }

    // Where each look is a coming or a going in turn, or the door is an exit, a going is one.
    private async Task<bool> MayComeBackAsync(Device device, AttendanceDay day, CancellationToken stop) =>
        device.Direction == PunchDirection.Undetermined
        && !(await schedules.ListSchedulesAsync(stop)).Any(
            schedule => schedule.Id == day.ScheduleId && schedule.Hours == HoursRule.EveryPair);

    private string Undo(Device device, PunchReceipt receipt) => undo.Seal(device.Id, receipt.PunchId, receipt.Day.Person.Id);

    private static string? Hours(TimeSpan? hours) =>
        hours is { } worked && worked >= TimeSpan.Zero ? Say($"{(int)worked.TotalHours} h {worked.Minutes:00} today") : null;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
