namespace Frat;

/// <summary>A schedule that holds for one person in a span of dates. A person's assignments never overlap.</summary>
public sealed record ScheduleAssignment
{
    /// <summary>The assignment's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>For whom.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Which schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>The first work date.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last work date, included; null: until further notice.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The person's own holidays, such as those of another site; null: the schedule's.</summary>
    public Guid? HolidayCalendarId { get; init; }

    /// <summary>Puts an assignment among those of its person: what it overlaps ends before it, begins after it, or is gone.</summary>
    /// <param name="held">The person's assignments, which don't overlap.</param>
    /// <param name="added">The one that is to hold in its span.</param>
    /// <returns>
    /// The person's assignments by date. Where one is as the added one already, but for its id, they are what was held.
    /// </returns>
    public static IReadOnlyList<ScheduleAssignment> Insert(IEnumerable<ScheduleAssignment> held, ScheduleAssignment added)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(added);
        var before = held.OrderBy(other => other.From).ToList();
        if (before.Exists(other => other with { Id = added.Id } == added))
        {
            return before;
        }

        var last = added.To ?? DateOnly.MaxValue;
        var after = new List<ScheduleAssignment> { added };
        foreach (var other in before)
        {
            var end = other.To ?? DateOnly.MaxValue;
            if (end < added.From || other.From > last)
            {
                after.Add(other);
                continue;
            }

            if (other.From < added.From)
            {
                after.Add(other with { To = added.From.AddDays(-1) });
            }

            if (end > last)
            {
                after.Add(other with { Id = other.From < added.From ? Guid.CreateVersion7() : other.Id, From = last.AddDays(1) });
            }
        }

        return [.. after.OrderBy(other => other.From)];
    }
}
