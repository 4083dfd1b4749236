namespace Frat.WebHost;

/// <summary>
/// Whoever stands before one kiosk: the frames of the last moments, whom they show, and who has an answer already. Nothing is kept once the
/// face has left.
/// </summary>
/// <remarks>
/// Under <see cref="Turn"/>: a kiosk has one frame looked at at a time. Moments are those of a clock that nobody sets.
/// </remarks>
internal sealed class KioskVisit
{
    /// <summary>How old the frames are, at most, that decide together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(1.2);

    /// <summary>How long a face is there, at least, before anything is booked: whoever only passes isn't.</summary>
    public static readonly TimeSpan LeastStay = TimeSpan.FromSeconds(0.65);

    /// <summary>A face that wasn't seen for this long has left.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(2);

    /// <summary>How many frames decide together, at most.</summary>
    public const int MaxFrames = 3;

    /// <summary>How large one may be: a camera's of 640×480 has some 60 KB.</summary>
    public const int MaxPictureBytes = 256 * 1024;

    private readonly List<Seen> _frames = [];
    private TimeSpan _slowest;

    public SemaphoreSlim Turn { get; } = new(1);

    public bool IsBusy => Turn.CurrentCount == 0;

    /// <summary>Since when somebody is there.</summary>
    public TimeSpan? Since { get; private set; }

    private TimeSpan LastFaceAt { get; set; }

    /// <summary>Who has their answer.</summary>
    public Guid? Served { get; private set; }

    /// <summary>The answer, to be given again where it may have been lost on its way.</summary>
    public KioskAnswer? Answer { get; private set; }

    /// <summary>Whether frames were looked at together, so that it isn't done for each one.</summary>
    public int FramesSinceBurst { get; set; }

    public IReadOnlyList<byte[]> Pictures => [.. _frames.Select(frame => frame.Picture)];

    public int Count => _frames.Count;

    /// <summary>The frames that show the person, in their order.</summary>
    public IReadOnlyList<byte[]> PicturesOf(Guid person) =>
        [.. _frames.Where(frame => frame.Person == person).Select(frame => frame.Picture)];

    /// <summary>How long somebody has been there.</summary>
    public TimeSpan StayAt(TimeSpan now) => Since is { } since ? now - since : TimeSpan.Zero;

    /// <summary>Begins anew where whoever was there has left.</summary>
    public void Begin(TimeSpan now)
    {
        if (Since is not null && now - LastFaceAt >= Gone)
        {
            Leave();
        }
    }

    /// <summary>Takes a frame on which there is nobody to compare.</summary>
    public void AddNobody()
    {
        _frames.Clear();
        if (Served is null)
        {
            Since = null; // A stay is without a gap; only who has an answer may look away.
        }
    }

    /// <summary>Takes a frame with a face.</summary>
    /// <param name="at">When it came.</param>
    /// <param name="picture">The frame.</param>
    /// <param name="person">Whom it shows; null where nobody is recognised on it.</param>
    /// <param name="took">How long it was looked at: a slow host sees fewer frames, and has to wait for them.</param>
    public void Add(TimeSpan at, byte[] picture, Guid? person, TimeSpan took)
    {
        Since ??= at;
        LastFaceAt = at;
        _slowest = took > _slowest ? took : _slowest;
        var window = TimeSpan.FromTicks(Math.Max(Window.Ticks, MaxFrames * _slowest.Ticks));
        _frames.RemoveAll(frame => at - frame.At > window);
        _frames.Add(new Seen(at, picture, person));
        if (_frames.Count > MaxFrames)
        {
            _frames.RemoveAt(0);
        }
    }

    /// <summary>The face of whoever has an answer is still there.</summary>
    public void Stay(TimeSpan at) => LastFaceAt = at;

    /// <summary>Somebody has their answer: nothing new for that face until it has left.</summary>
    public void Serve(Guid person, KioskAnswer answer)
    {
        (Served, Answer) = (person, answer);
        _frames.Clear();
    }

    private void Leave()
    {
        (Since, Served, Answer, FramesSinceBurst, _slowest) = (null, null, null, 0, TimeSpan.Zero);
        _frames.Clear();
    }

    private readonly record struct Seen(TimeSpan At, byte[] Picture, Guid? Person);
}
