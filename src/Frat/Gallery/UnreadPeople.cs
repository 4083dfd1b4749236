using Microsoft.Extensions.Logging;

namespace Frat;

/// <summary>
/// Whose templates could not be read, and when to try again: after a second, then twice as long each time, up to five minutes. The log is
/// told once of each.
/// </summary>
/// <remarks>One caller at a time changes it; the count may be read by anybody.</remarks>
internal sealed class UnreadPeople(TimeProvider time, ILogger logger, BackgroundProblems? problems)
{
    public const string Work = "gallery.people";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly Dictionary<Guid, Attempt> _people = [];
    private volatile int _count;

    public int Count => _count;

    public void Add(Guid personId, Exception exception)
    {
        var delay = FirstDelay;
        if (_people.TryGetValue(personId, out var earlier))
        {
            delay = earlier.Delay * 2 < LongestDelay ? earlier.Delay * 2 : LongestDelay;
        }
        else
        {
            logger.PersonUnreadable(personId, exception);
        }

        _people[personId] = new(time.GetTimestamp(), delay);
        Tell();
        problems?.Report(Work, $"{Count} people can't be read and are not recognised: {BackgroundProblems.Describe(exception)}");
    }

    public void Remove(Guid personId)
    {
        if (_people.Remove(personId))
        {
            logger.PersonReadAgain(personId);
            Tell();
        }
    }

    public void Clear()
    {
        _people.Clear();
        Tell();
    }

    /// <summary>Who is to be tried again by now.</summary>
    public IReadOnlyList<Guid> TakeDue() =>
        [.. _people.Where(person => time.GetElapsedTime(person.Value.Timestamp) >= person.Value.Delay).Select(person => person.Key)];

    private void Tell()
    {
        _count = _people.Count;
        if (_count == 0)
        {
            problems?.Clear(Work);
        }
    }

    private readonly record struct Attempt(long Timestamp, TimeSpan Delay);
}
