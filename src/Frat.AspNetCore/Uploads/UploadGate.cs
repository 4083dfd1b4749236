namespace Frat.AspNetCore;

/// <summary>What an upload is for: check-ins go before all others.</summary>
internal enum UploadKind
{
    CheckIn,
    Other,
}

/// <summary>
/// Bounds the uploads that are read and worked on at once. Camera frames, which have arrived whole, have a lane of their own, so that no
/// photo of many megabytes holds them up. Check-ins pass before assessments and registrations, which never take all of a lane; among
/// equals, the address that has least in work passes first, and no address takes all.
/// </summary>
/// <remarks>
/// Thread-safe. The memory that the host gives to bodies at most: 48 MiB of large ones; 16 frames of 128 KiB, 2 MiB; 128 that wait here and
/// 128 that arrive (<see cref="Arrivals"/>), each with 128 KiB in the server's buffers, 32 MiB. 82 MiB in all, of the 512 MiB that the host
/// lives in. What is decoded from them is bounded by the engine, which has as many images in work as the machine has cores.
/// </remarks>
internal sealed class UploadGate(UploadLimits limits, TimeProvider time, Refusals refusals)
{
    private const int Mebibyte = 1024 * 1024;
    private const int MaxWaiting = 128;
    private const int MaxOthersWaiting = 64;
    private const int MaxWaitingOfAddress = 96;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<UploadTurn> _waiting = []; // The oldest first.
    private readonly UploadLane _frames = new(permits: 16, forOthers: 8, perAddress: 12);
    private readonly UploadLane _photos = new(permits: 48, forOthers: 32, perAddress: 32);

    public static FratProblem Busy { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many uploads are waiting already. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    /// <summary>Waits for a turn.</summary>
    /// <param name="kind">What for.</param>
    /// <param name="from">Whose it is.</param>
    /// <param name="bytes">The length that the request announces.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The turn, to be disposed; null when too many wait, or it took too long.</returns>
    public async ValueTask<IDisposable?> EnterAsync(UploadKind kind, RemoteAddress from, long bytes, CancellationToken cancellationToken)
    {
        var isFrame = bytes <= UploadLimits.MaxWaitingBytes;
        var permits =
            isFrame ? 1 : (int)Math.Clamp((Math.Min(bytes, limits.MaxRequestBytes) + Mebibyte - 1) / Mebibyte, 1, _photos.ForOthers);
        var turn = new UploadTurn(this, isFrame ? _frames : _photos, kind, from, permits);
        lock (_lock)
        {
            _waiting.Add(turn);
            LetIn();
            if (turn.IsWaiting && IsTooMany(turn))
            {
                _waiting.Remove(turn);
                refusals.Count(Busy.Code);
                return null;
            }
        }

        if (turn.IsWaiting)
        {
            using var limit = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await using var giveUp = either.Token.Register(() => GiveUp(turn));
            await turn.Let;
        }

        if (turn.IsIn)
        {
            return turn;
        }

        cancellationToken.ThrowIfCancellationRequested();
        refusals.Count(Busy.Code);
        return null;
    }

    public void Leave(UploadTurn turn)
    {
        lock (_lock)
        {
            turn.Lane.Give(turn);
            LetIn();
        }
    }

    private void GiveUp(UploadTurn turn)
    {
        lock (_lock)
        {
            if (_waiting.Remove(turn))
            {
                turn.Answer(isIn: false);
                LetIn(); // Smaller ones may have waited for its turn.
            }
        }
    }

    private bool IsTooMany(UploadTurn turn) =>
        _waiting.Count > MaxWaiting
        || (turn.Kind == UploadKind.Other && _waiting.Count(other => other.Kind == UploadKind.Other) > MaxOthersWaiting)
        || _waiting.Count(other => other.From == turn.From) > MaxWaitingOfAddress;

    private void LetIn()
    {
        foreach (var lane in (ReadOnlySpan<UploadLane>)[_frames, _photos])
        {
            while (lane.Next(_waiting) is { } next)
            {
                _waiting.Remove(next);
                lane.Take(next);
                next.Answer(isIn: true);
            }
        }
    }
}
