namespace Frat;

/// <summary>A day's punches paired into stays, by the schedule's rules of direction and hours.</summary>
/// <param name="Roles">What each counted punch is, in their order.</param>
/// <param name="FirstIn">The punch by which the person came; null when none says so.</param>
/// <param name="LastOut">The punch by which the person left; null when none says so.</param>
/// <param name="Spans">The stays, in order.</param>
/// <param name="Marking">The first punch; null when there is none.</param>
internal sealed record Stays(
    IReadOnlyList<PunchRole> Roles,
    EffectivePunch? FirstIn,
    EffectivePunch? LastOut,
    IReadOnlyList<Span> Spans,
    EffectivePunch? Marking)
{
    /// <summary>Whether a punch lacks its partner.</summary>
    public bool IsOdd => Roles.Contains(PunchRole.Unpaired);

    /// <summary>Whether somebody came and went, be it within a second.</summary>
    public bool HasStay => Roles.Contains(PunchRole.Out);

    /// <summary>Pairs punches.</summary>
    /// <param name="schedule">The rules.</param>
    /// <param name="punches">The punches that count, in order.</param>
    public static Stays Of(Schedule schedule, IReadOnlyList<EffectivePunch> punches)
    {
        var roles = schedule.Direction == DirectionRule.Alternating
            ? Alternate(punches.Count)
            : Direct(punches, schedule.Direction == DirectionRule.Strict);
        if (schedule.Hours == HoursRule.FirstInLastOut)
        {
            KeepOutermost(roles, schedule.Direction == DirectionRule.Alternating);
        }

        return Sum(punches, roles, heedsDirection: schedule.Direction != DirectionRule.Alternating);
    }

    /// <summary>In, out, in, out, …</summary>
    private static PunchRole[] Alternate(int count)
    {
        var roles = new PunchRole[count];
        for (var i = 0; i < count; i++)
        {
            roles[i] = i % 2 == 1 ? PunchRole.Out : i + 1 < count ? PunchRole.In : PunchRole.Unpaired;
        }

        return roles;
    }

    /// <summary>
    /// As the punches say. Strict: what says nothing or repeats the one before has no partner; otherwise a repetition is a passage within
    /// the stay.
    /// </summary>
    private static PunchRole[] Direct(IReadOnlyList<EffectivePunch> punches, bool strict)
    {
        var roles = new PunchRole[punches.Count];
        int? open = null;
        int? closed = null;
        for (var i = 0; i < punches.Count; i++)
        {
            var direction = punches[i].Direction;
            if (direction == PunchDirection.Undetermined)
            {
                if (strict)
                {
                    roles[i] = PunchRole.Unpaired;
                    continue;
                }

                direction = open is null ? PunchDirection.In : PunchDirection.Out;
            }

            if (direction == PunchDirection.In)
            {
                // Of a repetition the first holds, as it does of "out".
                roles[i] = open is null || strict ? PunchRole.Unpaired : PunchRole.Between;
                open ??= i;
            }
            else if (open is { } start)
            {
                (roles[start], roles[i]) = (PunchRole.In, PunchRole.Out);
                (open, closed) = (null, i);
            }
            else if (!strict && closed is { } earlier)
            {
                // Out again without coming in again: the stay lasted until now.
                (roles[earlier], roles[i]) = (PunchRole.Between, PunchRole.Out);
                closed = i;
            }
            else
            {
                roles[i] = PunchRole.Unpaired;
            }
        }

        return roles;
    }

    /// <summary>One stay from the first coming to the last going; by alternation, any punches but the outermost are passages.</summary>
    private static void KeepOutermost(PunchRole[] roles, bool alternating)
    {
        if (alternating)
        {
            if (roles.Length > 1)
            {
                Array.Fill(roles, PunchRole.Between);
                (roles[0], roles[^1]) = (PunchRole.In, PunchRole.Out);
            }

            return;
        }

        var (first, last) = (Array.IndexOf(roles, PunchRole.In), Array.LastIndexOf(roles, PunchRole.Out));
        for (var i = first + 1; first >= 0 && i < last; i++)
        {
            // What lacks a partner still does.
            roles[i] = roles[i] == PunchRole.Unpaired ? PunchRole.Unpaired : PunchRole.Between;
        }
    }

    private static Stays Sum(IReadOnlyList<EffectivePunch> punches, PunchRole[] roles, bool heedsDirection)
    {
        var spans = new List<Span>();
        EffectivePunch? firstIn = null;
        EffectivePunch? lastOut = null;
        EffectivePunch? open = null;
        for (var i = 0; i < roles.Length; i++)
        {
            if (roles[i] == PunchRole.In)
            {
                open = punches[i];
                firstIn ??= open;
            }
            else if (roles[i] == PunchRole.Out)
            {
                lastOut = punches[i];
                spans.Add(new(open!.Instant, lastOut.Instant));
            }
        }

        // Anyone who lacks a partner still came, or left, by then.
        if (roles.Length > 0 && roles[0] == PunchRole.Unpaired && !IsGoing(punches[0]))
        {
            firstIn = punches[0];
        }

        if (roles.Length > 0 && roles[^1] == PunchRole.Unpaired && IsGoing(punches[^1]))
        {
            lastOut = punches[^1];
        }

        return new(roles, firstIn, lastOut, spans, punches.Count > 0 ? punches[0] : null);

        bool IsGoing(EffectivePunch punch) => heedsDirection && punch.Direction == PunchDirection.Out;
    }
}
