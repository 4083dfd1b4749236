using System.Threading.Channels;

namespace Frat.AspNetCore;

/// <summary>Somebody who listens: what happened, and isn't sent yet.</summary>
/// <param name="follower">What it listens to.</param>
internal sealed class EventListener(ChangeFollower follower) : IDisposable
{
    /// <summary>How many events may wait to be sent: more than a minute of a crowd at the door.</summary>
    public const int MaxWaiting = 256;

    private readonly Lock _lock = new();
    private readonly Channel<AttendanceChange> _waiting =
        Channel.CreateBounded<AttendanceChange>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _dropped = new();
    private bool _isGone;

    /// <summary>Is cancelled when it falls too far behind: then the connection is to be cut.</summary>
    public CancellationToken Dropped => _dropped.Token;

    /// <summary>Until when all that was added has come here, but what is seen late; null at the end.</summary>
    public DateTimeOffset? KnownUntil => follower.KnownUntil;

    /// <summary>Hands over what happened. One who doesn't read is dropped: they connect again, and get what they missed.</summary>
    public void Write(AttendanceChange change)
    {
        lock (_lock)
        {
            if (!_isGone && !_waiting.Writer.TryWrite(change))
            {
                _isGone = true;
                _ = _dropped.CancelAsync(); // Elsewhere: anyone who tells isn't to wait for what the server makes of it.
            }
        }
    }

    /// <summary>What comes next, where it is there already.</summary>
    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AttendanceChange? change) =>
        _waiting.Reader.TryRead(out change);

    /// <summary>Waits for what comes next.</summary>
    /// <returns>False at the end.</returns>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    public void Dispose()
    {
        lock (_lock)
        {
            _isGone = true;
        }

        _dropped.Dispose();
        follower.Leave(this);
    }
}
