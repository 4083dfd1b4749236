using System.Collections.Concurrent;
using System.Text.Json;

namespace Frat.Compare.Attack;

/// <summary>What an attacker sent, and what came back.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, long> _answers = new(StringComparer.Ordinal);
    private long _requests;
    private long _bytes;

    public void Begin() => Interlocked.Increment(ref _requests);

    public void Sent(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Counts an answer: a status, or another word for how a request ended.</summary>
    public void Answered(string what) => _answers.AddOrUpdate(what, 1, (_, count) => count + 1);

    public TallyResult Result(TimeSpan time) =>
        new(time.TotalSeconds, _requests, _bytes, new SortedDictionary<string, long>(_answers, StringComparer.Ordinal));
}

/// <summary>The sums of a <see cref="Tally"/>, as they go from the attacker's process to the one that reports.</summary>
/// <param name="Seconds">How long it lasted.</param>
/// <param name="Requests">Requests that were begun.</param>
/// <param name="Bytes">Bytes that were sent.</param>
/// <param name="Answers">How many requests ended how.</param>
internal sealed record TallyResult(double Seconds, long Requests, long Bytes, IReadOnlyDictionary<string, long> Answers)
{
    public static TallyResult Read(string json) => JsonSerializer.Deserialize<TallyResult>(json)!;

    public string Write() => JsonSerializer.Serialize(this);
}
