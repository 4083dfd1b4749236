using System.Diagnostics;

namespace Frat.Compare.Attack;

/// <summary>What a kiosk saw while it checked people in.</summary>
/// <param name="Recognized">How many were recognised, each as who they are.</param>
/// <param name="Refused">How many were answered otherwise.</param>
/// <param name="Failed">How many were not answered.</param>
/// <param name="Times">How long each took, sorted; those without an answer until they were given up.</param>
/// <param name="Refusals">The other answers.</param>
internal sealed record KioskRecord(
    int Recognized, int Refused, int Failed, IReadOnlyList<TimeSpan> Times, IReadOnlyDictionary<string, int> Refusals)
{
    public TimeSpan Median => Times[Times.Count / 2];

    public TimeSpan P95 => Times[Math.Min(Times.Count * 95 / 100, Times.Count - 1)];

    public TimeSpan Worst => Times[^1];
}

/// <summary>Checks one person in after the other, as those do who stand in a queue.</summary>
/// <param name="host">The host.</param>
/// <param name="frames">Who is in front of the camera, and the frame.</param>
internal sealed class Kiosk(Uri host, IReadOnlyList<(string EmployeeId, byte[] Frame)> frames)
{
    /// <summary>Who waits longer goes away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Checks people in for some time; the last of them is waited for.</summary>
    public async Task<KioskRecord> RunAsync(TimeSpan time)
    {
        // Half of them on a connection that stays open, half on new ones, as from a page that is opened anew.
        using var kept = Client();
        var start = Stopwatch.GetTimestamp();
        var times = new List<TimeSpan>();
        var refusals = new Dictionary<string, int>();
        var (recognized, refused, failed) = (0, 0, 0);
        for (var i = 0; i == 0 || Stopwatch.GetElapsedTime(start) < time; i++)
        {
            using var fresh = Client();
            var (employeeId, frame) = frames[i % frames.Count];
            var begin = Stopwatch.GetTimestamp();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                var (who, status, answer) = await LimitedHost.CheckInAsync(i % 2 == 0 ? kept : fresh, frame, patience.Token);
                _ = who == employeeId ? recognized++ : refused++;
                if (who != employeeId)
                {
                    var key = status == 200 ? answer : $"{status}";
                    refusals[key] = refusals.GetValueOrDefault(key) + 1;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
            {
                failed++;
            }

            times.Add(Stopwatch.GetElapsedTime(begin));
            await Task.Delay(Pause);
        }

        return new KioskRecord(recognized, refused, failed, [.. times.Order()], refusals);
    }

    private HttpClient Client() => new() { BaseAddress = host, Timeout = Timeout.InfiniteTimeSpan };
}
