using NodaTime;

namespace Frat;

/// <summary>A punch and the work date that it belongs to.</summary>
/// <param name="Punch">The punch.</param>
/// <param name="Date">The work date.</param>
/// <param name="Role">Void, duplicate, or not known yet: unpaired.</param>
/// <param name="OutsideWindow">Whether it was in no shift's window.</param>
internal sealed record BoundPunch(EffectivePunch Punch, DateOnly Date, PunchRole Role, bool OutsideWindow)
{
    /// <summary>Whether it counts towards stays.</summary>
    public bool Counts => Role is not (PunchRole.Void or PunchRole.Duplicate);

    public DayPunch ToDayPunch(PunchRole role) =>
        new()
        {
            PunchId = Punch.Id,
            LocalTime = Punch.LocalTime,
            Instant = Punch.Instant.ToDateTimeOffset(),
            Role = role,
            OutsideWindow = OutsideWindow,
            IsCorrected = Punch.IsCorrected,
        };
}

/// <summary>Gives each punch its work date, and finds the duplicates: across dates, so that one look at midnight is one punch.</summary>
internal static class BoundPunches
{
    /// <summary>Binds punches.</summary>
    /// <param name="timetable">What is in force when.</param>
    /// <param name="facts">The punches, in any order.</param>
    /// <returns>All of them, in order.</returns>
    public static List<BoundPunch> Of(Timetable timetable, IReadOnlyList<PunchFacts> facts)
    {
        var punches = Order([.. facts.Select(EffectivePunch.Of)]);
        var claims = punches.ConvertAll(punch => Claim.Of(timetable, punch));

        // Of a duplicate, the punch that it repeats; of one that counts, itself; of a void one, -1.
        var counts = new int[punches.Count];
        var counted = new List<int>();
        var last = -1;
        for (var i = 0; i < punches.Count; i++)
        {
            if (punches[i].IsVoid)
            {
                counts[i] = -1;
                continue;
            }

            if (last >= 0 && IsDuplicate(timetable, (punches[last], claims[last]), (punches[i], claims[i])))
            {
                counts[i] = last;
                continue;
            }

            counts[i] = last = i;
            counted.Add(i);
        }

        var hasEcho = counted.ConvertAll(i => EchoOf(i, punches, claims, counts) >= 0);
        var dates = PunchBinder.Bind(timetable, counted.ConvertAll(i => punches[i]), [.. counted.Select(i => claims[i])], [.. hasEcho]);
        var byPunch = counted.Zip(dates).ToDictionary(pair => pair.First, pair => pair.Second);
        HandOver(timetable, punches, claims, counts, byPunch);
        var bound = new List<BoundPunch>(punches.Count);
        for (var i = 0; i < punches.Count; i++)
        {
            var date = counts[i] < 0 ? claims[i].Nearer : byPunch[counts[i]];
            var role = counts[i] < 0 ? PunchRole.Void : counts[i] == i ? PunchRole.Unpaired : PunchRole.Duplicate;
            var shift = timetable.ShiftOn(date);
            bound.Add(new(
                punches[i],
                date,
                role,
                role != PunchRole.Void && shift is { IsWorkday: true } && !shift.IsInWindow(punches[i].Instant)));
        }

        return bound;
    }

    /// <summary>
    /// By time. At one moment: out before in where somebody is there, in before out where nobody is, and what says nothing between; of
    /// those that say the same, the one that was received first.
    /// </summary>
    private static List<EffectivePunch> Order(List<EffectivePunch> punches)
    {
        var ordered = new List<EffectivePunch>(punches.Count);
        foreach (var moment in punches.GroupBy(punch => punch.Instant).OrderBy(group => group.Key))
        {
            var isIn = ordered.FindLast(punch => !punch.IsVoid)?.Direction == PunchDirection.In;
            ordered.AddRange(moment.OrderBy(Rank).ThenBy(punch => punch.ReceivedAt).ThenBy(punch => punch.Id));

            int Rank(EffectivePunch punch) => punch.Direction switch
            {
                PunchDirection.Out => isIn ? 0 : 2,
                PunchDirection.In => isIn ? 2 : 0,
                _ => 1,
            };
        }

        return ordered;
    }

    private static bool IsDuplicate(Timetable timetable, (EffectivePunch Punch, Claim Claim) last, (EffectivePunch Punch, Claim Claim) next)
    {
        var after = next.Punch.Instant - last.Punch.Instant;
        if (timetable.ShiftOn(last.Claim.Nearer)?.Schedule is not { } schedule || timetable.ShiftOn(next.Claim.Nearer) is null)
        {
            // Without a schedule the first punch of each local day marks it, however close to midnight.
            return last.Claim.Nearer == next.Claim.Nearer && after < Duration.FromTimeSpan(Schedule.DefaultDuplicateInterval);
        }

        // Anyone who says "out" right after "in" means it.
        var differs = schedule.Direction != DirectionRule.Alternating
            && next.Punch.Direction != PunchDirection.Undetermined
            && last.Punch.Direction != PunchDirection.Undetermined
            && next.Punch.Direction != last.Punch.Direction;
        return !differs && (after == Duration.Zero || after < Duration.FromTimeSpan(schedule.DuplicateInterval));
    }

    /// <summary>The last duplicate of a punch that may be of a later date than the punch; -1 where there is none.</summary>
    private static int EchoOf(int index, List<EffectivePunch> punches, List<Claim> claims, int[] counts)
    {
        var echo = -1;
        for (var i = index + 1; i < punches.Count && counts[i] != i; i++)
        {
            if (counts[i] == index && claims[i].Later > claims[index].Earlier && punches[i].Instant > punches[index].Instant)
            {
                echo = i;
            }
        }

        return echo;
    }

    /// <summary>
    /// Two looks where one date's shift goes over into the next one's are going and coming, where the next date lacks its coming.
    /// </summary>
    private static void HandOver(
        Timetable timetable, List<EffectivePunch> punches, List<Claim> claims, int[] counts, Dictionary<int, DateOnly> dates)
    {
        var perDate = dates.Values.CountBy(date => date).ToDictionary();
        foreach (var (index, date) in dates.ToList())
        {
            var echo = EchoOf(index, punches, claims, counts);
            if (echo >= 0
                && claims[echo].Later is var next && next > date
                && timetable.ShiftOn(date) is not null && timetable.ShiftOn(next)?.IsInWindow(punches[echo].Instant) == true
                && perDate[date] % 2 == 0 && perDate.GetValueOrDefault(next) % 2 == 1
                && !dates.Any(other => other.Key > index && other.Value == date))
            {
                counts[echo] = echo;
                dates[echo] = next;
            }
        }
    }
}
