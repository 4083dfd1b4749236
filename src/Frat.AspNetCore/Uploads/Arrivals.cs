using System.IO.Pipelines;

namespace Frat.AspNetCore;

/// <summary>
/// Bodies that are on their way: each is awaited where the server receives it, and nothing is held for it but that buffer. There is always
/// room for one more: when there are too many, the one that has taken the longest is given up, of the address that has the most. So
/// anyone who sends slowly keeps nobody out: a camera frame arrives within milliseconds.
/// </summary>
/// <remarks>Thread-safe. The memory is <see cref="MaxAtOnce"/> × <see cref="UploadLimits.MaxWaitingBytes"/>: 16 MiB.</remarks>
internal sealed class Arrivals(TimeProvider time, Refusals refusals)
{
    public const int MaxAtOnce = 128;
    public const string TooLargeCode = "requestTooLarge";
    private const string TooSlowCode = "requestTooSlow";

    private static readonly FratProblem GivenUp = new(
        StatusCodes.Status503ServiceUnavailable,
        "busy",
        "Too many uploads are arriving at once, and this one was slow. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
        ClosesConnection = true,
    };

    private readonly Lock _lock = new();
    private readonly LinkedList<Arrival> _arrivals = new(); // The oldest first.

    public static FratProblem TooSlow { get; } = new(
        StatusCodes.Status408RequestTimeout,
        TooSlowCode,
        $"The request came at less than {UploadLimits.MinBytesPerSecond / 1000} KB per second.")
    {
        ClosesConnection = true,
    };

    public static FratProblem TooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        TooLargeCode,
        limit > UploadLimits.MaxPlainBytes
            ? $"The upload is larger than the {limit / (1024 * 1024)} MiB that one request may have."
            : $"The request is larger than the {limit / 1024} KiB that this address takes.")
    {
        ClosesConnection = true,
    };

    /// <summary>How many there are now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _arrivals.Count;
            }
        }
    }

    /// <summary>Waits until enough of a body is there; nothing of it is consumed.</summary>
    /// <param name="body">The body.</param>
    /// <param name="from">Whose it is.</param>
    /// <param name="enough">How many bytes are enough, where it isn't shorter.</param>
    /// <param name="announced">The whole length, where it is announced.</param>
    /// <param name="limit">How long the body may be.</param>
    /// <returns>Why the request can't be taken; null when it can.</returns>
    public async Task<FratProblem?> ReceiveAsync(PipeReader body, RemoteAddress from, int enough, long? announced, long limit)
    {
        using var arrival = Enter(from);
        using var patience = new CancellationTokenSource(UploadLimits.ReadTime(Math.Min(announced ?? enough, enough)), time);
        using var outOfTime = patience.Token.Register(body.CancelPendingRead);
        using var givenUp = arrival.GivenUp.Register(body.CancelPendingRead);
        while (true)
        {
            ReadResult result;
            try
            {
                // Cancelled at the reader, not by a token: a read that is left pending breaks the connection without an answer.
                result = await body.ReadAsync(CancellationToken.None);
            }
            catch (BadHttpRequestException bad)
                when (bad.StatusCode is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge)
            {
                var failure = bad.StatusCode == StatusCodes.Status408RequestTimeout ? TooSlow : TooLarge(limit);
                refusals.Count(failure.Code);
                return failure;
            }

            var received = result.Buffer.Length;
            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (received > limit)
            {
                refusals.Count(TooLargeCode);
                return TooLarge(limit);
            }

            if (result.IsCompleted || received >= enough)
            {
                return null;
            }

            if (arrival.GivenUp.IsCancellationRequested)
            {
                refusals.Count("busy");
                return GivenUp;
            }

            if (patience.IsCancellationRequested)
            {
                refusals.Count(TooSlowCode);
                return TooSlow;
            }
        }
    }

    private Arrival Enter(RemoteAddress from)
    {
        Arrival? slowest = null;
        var arrival = new Arrival(this, from);
        lock (_lock)
        {
            if (_arrivals.Count >= MaxAtOnce)
            {
                slowest = _arrivals.GroupBy(other => other.From).MaxBy(group => group.Count())!.First();
                slowest.Leave();
            }

            arrival.Place = _arrivals.AddLast(arrival);
        }

        slowest?.GiveUp();
        return arrival;
    }

    private sealed class Arrival(Arrivals all, RemoteAddress from) : IDisposable
    {
        private readonly CancellationTokenSource _givenUp = new();

        public RemoteAddress From => from;

        public LinkedListNode<Arrival>? Place { get; set; }

        public CancellationToken GivenUp => _givenUp.Token;

        public void GiveUp() => _givenUp.Cancel();

        /// <summary>Under the lock.</summary>
        public void Leave()
        {
            if (Place is { } place)
            {
                all._arrivals.Remove(place);
                Place = null;
            }
        }

        // The source is not disposed: who gives this arrival up may still be about to. It holds no timer.
        public void Dispose()
        {
            lock (all._lock)
            {
                Leave();
            }
        }
    }
}
