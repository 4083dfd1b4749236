namespace Frat.WebHost;

/// <summary>
/// Looks at the frames of a kiosk, one after another, and books a punch when they agree: at least two of the last three show one person,
/// who has been there for a moment. That vote is here, and not in the page, so that no page can skip it.
/// </summary>
internal sealed class KioskWatch(
    IFaceIdentifier identifier, ICheckInService checkIns, KioskAnswers answers, KioskVisits visits)
{
    /// <summary>How long somebody is looked at before they are told that they aren't recognised.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long they are told so.</summary>
    private static readonly TimeSpan LongestUnsure = TimeSpan.FromSeconds(10);

    /// <summary>How long somebody is looked at before they are told what is wrong with the light or with their pose.</summary>
    private static readonly TimeSpan HintAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>How long an answer is given again: the first may have been lost on its way.</summary>
    private static readonly TimeSpan AnswersAgain = TimeSpan.FromSeconds(10);

    private const float Dark = 0.18f;
    private const float Glare = 0.3f;
    private const float Turned = 25;

    /// <summary>Looks at a frame.</summary>
    /// <param name="device">The kiosk.</param>
    /// <param name="page">What tells two open pages of no device apart.</param>
    /// <param name="receive">Receives the frame, when it is its turn: nobody has more than one of them in memory.</param>
    /// <param name="stop">Cancels the call.</param>
    /// <returns>What the kiosk shows; null where it sent a frame before it had the answer to the last one.</returns>
    public async Task<KioskAnswer?> LookAsync(Device device, string? page, Func<Task<byte[]>> receive, CancellationToken stop)
    {
        if (visits.Of(device, page) is not { } visit || !await visit.Turn.WaitAsync(0, stop))
        {
            return null;
        }

        try
        {
            return await LookAsync(visit, device, await receive(), stop);
        }
        finally
        {
            visit.Turn.Release();
        }
    }

    private async Task<KioskAnswer> LookAsync(KioskVisit visit, Device device, byte[] picture, CancellationToken stop)
    {
        var now = visits.Now;
        visit.Begin(now);
        var found = await identifier.IdentifyAsync([picture], stop);
        if (found.Face is not { } face)
        {
            visit.AddNobody();
            return KioskAnswer.Of(found.Outcome switch
            {
                IdentificationOutcome.TooFar => KioskState.Closer,
                IdentificationOutcome.SeveralFaces => KioskState.Several,
                _ => KioskState.Nobody,
            });
        }

        var box = BoxOf(face);
        var person = found.Person?.Id;
        if (visit.Served is { } served && (person == served || (person is null && visit.Count == 0)))
        {
            visit.Stay(now);
            return Again(visit, now) with { Box = box };
        }

        visit.Add(now, picture, person, visits.Now - now);
        return (await DecideAsync(visit, device, person, now, stop) ?? Waiting(visit, face, now)) with { Box = box };
    }

    /// <summary>Books the punch where the frames agree.</summary>
    private async Task<KioskAnswer?> DecideAsync(
        KioskVisit visit, Device device, Guid? person, TimeSpan now, CancellationToken stop)
    {
        // Three frames, however slow they come: on a busy host, two of somebody who passes may be far apart.
        if (visit.Count < KioskVisit.MaxFrames || visit.StayAt(now) < KioskVisit.LeastStay)
        {
            return null;
        }

        if (person is { } one && visit.PicturesOf(one) is { Count: >= 2 } agreeing)
        {
            return await BookAsync(visit, device, one, agreeing, stop);
        }

        // Frames that are unsure one by one may be sure together: their mean is steadier than each.
        if (person is not null || ++visit.FramesSinceBurst < KioskVisit.MaxFrames)
        {
            return null;
        }

        visit.FramesSinceBurst = 0;
        var together = await identifier.IdentifyAsync(ToFrames(visit.Pictures), stop);
        return together.Person is { } found && found.Id != visit.Served
            ? await BookAsync(visit, device, found.Id, visit.Pictures, stop)
            : null;
    }

    private async Task<KioskAnswer?> BookAsync(
        KioskVisit visit, Device device, Guid person, IReadOnlyList<byte[]> pictures, CancellationToken stop)
    {
        var result = await checkIns.CheckInAsync(
            new CheckInRequest
            {
                Frames = ToFrames(pictures),
                PersonId = person,
                Source = device.Name,
                DeviceId = device.Id == Guid.Empty ? null : device.Id,
                Site = device.Site,
                Direction = device.Direction,
            },
            stop);
        if (result.Receipt is not { } receipt)
        {
            return null;
        }

        var answer = await answers.OfAsync(device, receipt, stop);
        visit.Serve(person, answer);
        return answer;
    }

    private static KioskAnswer Again(KioskVisit visit, TimeSpan now) =>
        visit.Answer is { } answer && visit.StayAt(now) <= AnswersAgain ? answer : KioskAnswer.Of(KioskState.Done);

    private static KioskAnswer Waiting(KioskVisit visit, FaceInFrame face, TimeSpan now)
    {
        var stay = visit.StayAt(now);
        var hint = stay < HintAfter ? null : Hint(face.Quality);
        return new KioskAnswer
        {
            State = hint
                ?? (stay >= Patience && stay < Patience + LongestUnsure && visit.Served is null ? KioskState.Unsure : KioskState.Near),
            Progress = Math.Min(0.9, stay / KioskVisit.LeastStay),
        };
    }

    private static KioskState? Hint(FaceQuality? quality) => quality switch
    {
        null => null,
        { Brightness: < Dark } or { Clipped: > Glare } => KioskState.Light,
        { Yaw: > Turned or < -Turned } => KioskState.Straight,
        _ => null,
    };

    private static double[] BoxOf(FaceInFrame face) =>
    [
        Part(face.Box.Left, face.FrameWidth),
        Part(face.Box.Top, face.FrameHeight),
        Part(face.Box.Right + 1, face.FrameWidth),
        Part(face.Box.Bottom + 1, face.FrameHeight),
    ];

    private static double Part(int pixels, int of) => Math.Round((double)pixels / of, 4);

    private static FaceImage[] ToFrames(IReadOnlyList<byte[]> pictures) => [.. pictures.Select(FaceImage (picture) => picture)];
}
