using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace Frat.AspNetCore;

/// <summary>What is recorded, as it happens: server-sent events.</summary>
internal static class EventEndpoints
{
    public const string LastEventId = "Last-Event-ID";

    /// <summary>How long one connection lasts: anyone who may not listen any more is found out when it is made again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(30);

    /// <summary>How long nothing is sent at most: proxies cut after a minute.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>How far back one may go on from.</summary>
    public static readonly TimeSpan MaxGap = TimeSpan.FromHours(24);

    private const int MaxIdLength = 20;

    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", ListenAsync)
            .Is("followEvents", "Attendance", FratPolicies.ReadAttendance)
            .WithSummary("Follow what is recorded, as it happens")
            .WithDescription(
                "Server-sent events: `punch` and `correction`, by whichever host they were recorded, within a second or two. What is "
                + "recorded after the answer's headers have come is told; read what was before when the connection is open. A connection "
                + "ends after half an hour, or when it reads too slowly: a browser makes it again by itself, and with `Last-Event-ID` "
                + "nothing is lost. What was recorded in the two minutes before may come twice, with the same `id` in its data. `gap` says "
                + "that more than 24 hours were missed; `heartbeat`, that nothing happened. Too many who listen are answered `busy` (503).")
            .WithMetadata(new RequestHeader(LastEventId, "The id of the last event that was read.", MaxIdLength))
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesValidationProblem()
            .Fails(500, 503);

    private static async Task<IResult> ListenAsync(
        HttpContext context,
        ChangeFollower follower,
        EventTurns turns,
        IAttendanceLog log,
        TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        var sent = context.Request.Headers[LastEventId].ToString();
        var last = EventItems.ReadId(sent);
        if (sent.Length > 0 && last is null)
        {
            return InvalidFields.Of((LastEventId, "Send the id of an event as it was."));
        }

        if (turns.Enter(RemoteAddress.Of(context)) is not { } turn)
        {
            return EventTurns.Busy;
        }

        context.Response.RegisterForDispose(turn);
        var listener = await follower.JoinAsync(context.RequestAborted);
        context.Response.RegisterForDispose(listener);
        context.Response.Headers["X-Accel-Buffering"] = "no"; // Or nginx would gather events until there are some kilobytes.
        return TypedResults.ServerSentEvents(ReadAsync(
            listener, context.Abort, last, log, time, lifetime.ApplicationStopping, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        EventListener listener,
        Action abort,
        DateTimeOffset? last,
        IAttendanceLog log,
        TimeProvider time,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var listening = listener; // With the stream, however it ends.
        await using var cut = listener.Dropped.Register(abort); // A connection that is over may be another request's by then.
        using var age = new CancellationTokenSource(MaxAge, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(age.Token, stopping, cancellationToken);

        // At once, so that who listens knows from when on nothing is missed.
        yield return EventItems.Heartbeat(last is null ? listener.KnownUntil : null);
        var missed = new HashSet<Guid>();
        if (last is { } moment)
        {
            var now = time.GetUtcNow();
            var (since, earliest) = ((moment < now ? moment : now) - ChangeFollower.Overlap, now - MaxGap);
            if (since < earliest)
            {
                since = earliest;
                yield return EventItems.Gap(since);
            }

            await using var changes = log.ReadChangesAsync(since, end.Token).GetAsyncEnumerator(end.Token);
            bool? more;
            while ((more = await TryMoveAsync(changes)) == true)
            {
                // Only of these, the follower may tell again.
                if (changes.Current.At >= now - (2 * ChangeFollower.Overlap))
                {
                    missed.Add(changes.Current.Id);
                }

                yield return EventItems.Of(changes.Current, time.GetUtcNow());
            }

            if (more is null)
            {
                yield break; // The store failed: anyone who listens comes again, and goes on from the last event that came.
            }
        }

        while (!end.IsCancellationRequested)
        {
            // Looked at first: what is known by then waits already.
            var known = listener.KnownUntil;
            if (listener.TryRead(out var change))
            {
                if (!missed.Remove(change.Id))
                {
                    yield return EventItems.Of(change, time.GetUtcNow());
                }
            }
            else if (await WaitAsync(listener, time, end.Token) is not { } isMore)
            {
                yield return EventItems.Heartbeat(known);
            }
            else if (!isMore)
            {
                yield break;
            }
        }
    }

    /// <summary>Moves on; null when the store failed or the stream is over, which is no fault of this host's.</summary>
    private static async Task<bool?> TryMoveAsync(IAsyncEnumerator<AttendanceChange> changes)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (Exception exception) when (exception is StoreException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits for an event; null when there was none for a while.</summary>
    private static async Task<bool?> WaitAsync(EventListener listener, TimeProvider time, CancellationToken end)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, end);
        try
        {
            return await listener.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return end.IsCancellationRequested ? false : null;
        }
    }
}
