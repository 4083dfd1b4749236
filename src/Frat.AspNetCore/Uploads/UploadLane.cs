namespace Frat.AspNetCore;

/// <summary>The permits for uploads of like size. Used under the gate's lock.</summary>
/// <param name="permits">How many there are.</param>
/// <param name="forOthers">How many may be held by what is no check-in.</param>
/// <param name="perAddress">How many may be held by one address.</param>
internal sealed class UploadLane(int permits, int forOthers, int perAddress)
{
    private readonly Dictionary<RemoteAddress, int> _held = [];
    private int _free = permits;
    private int _byOthers;

    public int ForOthers => forOthers;

    /// <summary>Who goes next; null when nobody can now.</summary>
    public UploadTurn? Next(IReadOnlyList<UploadTurn> waiting)
    {
        foreach (var kind in (ReadOnlySpan<UploadKind>)[UploadKind.CheckIn, UploadKind.Other])
        {
            var first = waiting.Where(turn => turn.Lane == this && turn.Kind == kind && IsWithinAddress(turn))
                .MinBy(turn => HeldBy(turn.From));
            if (first is not null)
            {
                // A large one is not passed by smaller ones for ever: nobody else goes until it can.
                return first.Permits <= _free && (kind == UploadKind.CheckIn || _byOthers + first.Permits <= forOthers) ? first : null;
            }
        }

        return null;
    }

    public void Take(UploadTurn turn) => Add(turn, turn.Permits);

    public void Give(UploadTurn turn) => Add(turn, -turn.Permits);

    private bool IsWithinAddress(UploadTurn turn) => HeldBy(turn.From) + turn.Permits <= perAddress;

    private int HeldBy(RemoteAddress address) => _held.GetValueOrDefault(address);

    private void Add(UploadTurn turn, int taken)
    {
        _free -= taken;
        _byOthers += turn.Kind == UploadKind.Other ? taken : 0;
        var held = HeldBy(turn.From) + taken;
        if (held == 0)
        {
            _held.Remove(turn.From);
        }
        else
        {
            _held[turn.From] = held;
        }
    }
}

/// <summary>An upload at the <see cref="UploadGate"/>; disposed, it makes room for the next.</summary>
internal sealed class UploadTurn(UploadGate gate, UploadLane lane, UploadKind kind, RemoteAddress from, int permits) : IDisposable
{
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    public UploadLane Lane => lane;

    public UploadKind Kind => kind;

    public RemoteAddress From => from;

    public int Permits => permits;

    public bool IsWaiting => !_answer.Task.IsCompleted;

    public bool IsIn => _answer.Task is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>Completes when it is let in, or given up.</summary>
    public Task Let => _answer.Task;

    public void Answer(bool isIn) => _answer.TrySetResult(isIn);

    public void Dispose()
    {
        if (IsIn && Interlocked.Exchange(ref _left, 1) == 0)
        {
            gate.Leave(this);
        }
    }
}
