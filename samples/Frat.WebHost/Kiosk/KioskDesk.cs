using System.Text;

namespace Frat.WebHost;

/// <summary>What a kiosk does beside looking: punches by PIN, taking back, beats.</summary>
internal sealed class KioskDesk(
    ICheckInService checkIns,
    IFaceIdentifier identifier,
    IAttendanceLog log,
    Pins pins,
    KioskAnswers answers,
    KioskUndo undo,
    DeviceBook book,
    SiteClock clock,
    TimeProvider time)
{
    private const int MaxTextLength = 100;
    private const string NotMe = "Not me, at the door";

    // From which on a punch that a device kept is shown as one that arrived late.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    // Whoever uses a host without a sign-in needn't pair anything.
    private static readonly Device Unpaired = new()
    {
        Id = Guid.Empty,
        Name = "kiosk",
        CreatedAt = DateTimeOffset.UnixEpoch,
        CreatedBy = "",
    };

    private static readonly string[] CameraStates =
        ["off", "asking", "live", "refused", "absent", "busy", "insecure", "failed"];

    /// <summary>The device that makes a request; on an open host, one that is nobody's.</summary>
    public static Device DeviceOf(HttpContext context) => DeviceHandler.DeviceOf(context) ?? Unpaired;

    /// <summary>Books a punch by PIN.</summary>
    public async Task<(KioskAnswer? Answer, FratProblem? Problem)> PunchAsync(
        Device device, KioskPinRequest request, CancellationToken stop)
    {
        if (!IsText(request.EmployeeId) || !IsText(request.Pin) || !IsText(request.Key))
        {
            return (null, KioskProblems.Invalid);
        }

        var result = await pins.VerifyAsync(request.EmployeeId, request.Pin, device.Id.ToString("N"), stop);
        if (result is not { Outcome: PinOutcome.Right, Person: { } person })
        {
            return (await RefuseAsync(device, result, request.CapturedAt, stop), null);
        }

        var (receipt, problem) = await BookAsync(
            device,
            request.CapturedAt,
            person.Id,
            "A kept punch by PIN",
            () => checkIns.PunchAsync(
                new PunchRequest
                {
                    PersonId = person.Id,
                    Method = PunchMethod.Pin,
                    Source = device.Name,
                    DeviceId = device.Id == Guid.Empty ? null : device.Id,
                    Site = device.Site,
                    Direction = device.Direction,
                    CapturedAt = request.CapturedAt,
                    IdempotencyKey = request.Key,
                },
                stop),
            stop);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (receipt is null)
        {
            return (KioskAnswer.Of(KioskState.WrongPin), null);
        }

        if (request.CapturedAt is { } captured && time.GetUtcNow() - captured >= Late)
        {
            await WriteAsync(
                device, DeviceEventKind.ArrivedLate, captured, person.Id, "A punch by PIN, kept while the host couldn't be reached.", stop);
        }

        return (await answers.OfAsync(device, receipt, stop), null);
    }

    /// <summary>Books what the frames show that a device kept: at least two of them have to show one person.</summary>
    public async Task<(KioskAnswer? Answer, FratProblem? Problem)> CheckInKeptAsync(
        Device device, IReadOnlyList<byte[]> frames, string key, DateTimeOffset capturedAt, CancellationToken stop)
    {
        if (!IsText(key))
        {
            return (null, KioskProblems.Invalid);
        }

        var seen = new List<Guid?>();
        foreach (var frame in frames)
        {
            seen.Add((await identifier.IdentifyAsync([frame], stop)).Person?.Id);
        }

        var agreed = seen.OfType<Guid>().GroupBy(id => id).FirstOrDefault(votes => votes.Count() >= 2)?.Key;
        var (receipt, problem) = agreed is null || !device.KeepsPictures ? (null, null) : await BookAsync(
            device,
            capturedAt,
            agreed,
            "Kept pictures",
            async () => (await checkIns.CheckInAsync(
                new CheckInRequest
                {
                    Frames = [.. frames.Select(FaceImage (frame) => frame)],
                    PersonId = agreed,
                    Source = device.Name,
                    DeviceId = device.Id,
                    Site = device.Site,
                    Direction = device.Direction,
                    CapturedAt = capturedAt,
                    IdempotencyKey = key,
                },
                stop)).Receipt,
            stop);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (receipt is null)
        {
            await WriteAsync(
                device, DeviceEventKind.Refused, Within(capturedAt), null, "Kept pictures: nobody was recognised on them.", stop);
            return (KioskAnswer.Of(KioskState.Unsure), null);
        }

        await WriteAsync(
            device,
            DeviceEventKind.ArrivedLate,
            Within(capturedAt),
            agreed,
            "A check-in by face, kept while the host couldn't be reached.",
            stop);
        return (await answers.OfAsync(device, receipt, stop), null);
    }

    /// <summary>Takes a punch of this device back.</summary>
    /// <returns>Why it can't; null when it is done.</returns>
    public async Task<FratProblem?> UndoAsync(Device device, string? text, CancellationToken stop)
    {
        if (undo.Read(device.Id, text) is not var (punchId, personId))
        {
            return KioskProblems.TooLate;
        }

        var now = time.GetUtcNow();
        var correction = new PunchCorrection
        {
            Id = punchId, // One for each punch: pressed twice, it is one.
            PunchId = punchId,
            By = device.ToActor(),
            Reason = NotMe,
            At = now,
        };
        if (!await log.CorrectAsync(correction, stop))
        {
            return KioskProblems.TooLate;
        }

        await WriteAsync(
            device, DeviceEventKind.Undone, now, personId, "Somebody was taken for this person, and said so at the door.", stop);
        return null;
    }

    /// <summary>Takes a beat.</summary>
    public async Task<KioskOrders> BeatAsync(Device device, KioskBeat beat, CancellationToken stop)
    {
        if (device.Id != Guid.Empty)
        {
            var version = beat.Version is { Length: > 0 and <= 40 } text && text.All(char.IsAsciiLetterOrDigit) ? text : null;
            await book.BeatAsync(
                device.Id,
                CameraStates.Contains(beat.Camera) ? beat.Camera : null,
                beat.Waiting,
                version,
                double.IsFinite(beat.ClockAheadMs) ? (long)Math.Clamp(beat.ClockAheadMs, -1e12, 1e12) : 0,
                stop);
        }

        return new KioskOrders
        {
            Name = device.Name,
            Zone = clock.At(device.Site).Zone.Id,
            Now = time.GetUtcNow(),
            Trigger = device.Trigger,
            KeepsPictures = device.KeepsPictures,
            Version = KioskEndpoints.Version,
        };
    }

    /// <summary>Books a punch; where its moment is out of the bounds, the device's book says so.</summary>
    private async Task<(PunchReceipt? Receipt, FratProblem? Problem)> BookAsync(
        Device device, DateTimeOffset? capturedAt, Guid? person, string what, Func<Task<PunchReceipt?>> book, CancellationToken stop)
    {
        try
        {
            return (await book(), null);
        }
        catch (ArgumentException wrong) when (wrong.ParamName == "capturedAt")
        {
            await WriteAsync(
                device,
                DeviceEventKind.Refused,
                Within(capturedAt ?? time.GetUtcNow()),
                person,
                $"{what}: more than a day late, or of a time that is still to come.",
                stop);
            return (null, KioskProblems.WrongTime);
        }
        catch (PunchConflictException)
        {
            return (null, KioskProblems.KeyReused);
        }
    }

    private async Task<KioskAnswer> RefuseAsync(Device device, PinResult result, DateTimeOffset? kept, CancellationToken stop)
    {
        if (result is { Outcome: PinOutcome.Locked, Until: { } until })
        {
            var wait = until - time.GetUtcNow();
            return KioskAnswer.Of(KioskState.Locked) with { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };
        }

        if (kept is { } at)
        {
            await WriteAsync(device, DeviceEventKind.Refused, Within(at), null, "A kept punch by PIN: the ID or the PIN was wrong.", stop);
        }

        return KioskAnswer.Of(KioskState.WrongPin);
    }

    private async Task WriteAsync(
        Device device, DeviceEventKind kind, DateTimeOffset at, Guid? person, string text, CancellationToken stop)
    {
        if (device.Id != Guid.Empty)
        {
            await book.WriteAsync(
                new DeviceEvent
                {
                    DeviceId = device.Id,
                    Kind = kind,
                    At = time.GetUtcNow(),
                    HappenedAt = at,
                    PersonId = person,
                    Text = text,
                },
                stop);
        }
    }

    // A clock that is wrong by years is none that a book can be read by.
    private DateTimeOffset Within(DateTimeOffset at)
    {
        var now = time.GetUtcNow();
        return at > now || at < now - DeviceEvent.KeptFor ? now : at;
    }

    private static bool IsText(string? text) =>
        text is { Length: > 0 and <= MaxTextLength }
        && !text.Any(char.IsControl)
        && text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
