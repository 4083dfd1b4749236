using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Frat.AspNetCore;

/// <summary>
/// Bounds the answers that are as long as the database makes them, from the first row to the last: reports, exports, the trail. Each holds
/// a connection to the database and a page of rows for as long as its reader takes.
/// </summary>
/// <remarks>Thread-safe. Calls from inside of the process have no address, and no bound of their own.</remarks>
internal sealed class LongAnswers(Refusals refusals) : IDisposable
{
    public const int AtOnce = 6;
    public const int MaxWaiting = 24;
    public const int AtOnceForAddress = 3; // All who come by way of one proxy are one address.
    public const int MaxWaitingOfAddress = 12;

    private const double MinBytesPerSecond = 10_000;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<RemoteAddress> _turns = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<RemoteAddress, RemoteAddress>(from => from.Value is null
            ? RateLimitPartition.GetNoLimiter(from)
            : RateLimitPartition.GetConcurrencyLimiter(from, _ => Bound(AtOnceForAddress, MaxWaitingOfAddress))),
        PartitionedRateLimiter.Create<RemoteAddress, int>(
            _ => RateLimitPartition.GetConcurrencyLimiter(0, _ => Bound(AtOnce, MaxWaiting))));

    public static FratProblem Busy { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many reports and lists are being read already. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    /// <summary>Waits for a turn.</summary>
    /// <param name="from">Whose it is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The turn, to be disposed; null when too many wait.</returns>
    public async ValueTask<IDisposable?> EnterAsync(RemoteAddress from, CancellationToken cancellationToken)
    {
        var turn = await _turns.AcquireAsync(from, permitCount: 1, cancellationToken);
        if (turn.IsAcquired)
        {
            return turn;
        }

        turn.Dispose();
        refusals.Count(Busy.Code);
        return null;
    }

    /// <summary>Waits for a turn, which ends with the answer.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    public async ValueTask<FratProblem?> EnterAsync(HttpContext context)
    {
        if (await EnterAsync(RemoteAddress.Of(context), context.RequestAborted) is not { } turn)
        {
            return Busy;
        }

        // Who reads holds a connection to the database, and is not to hold it for hours. HTTP/2 has no rate of one request.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            rate.MinDataRate = new MinDataRate(MinBytesPerSecond, Grace);
        }

        context.Response.RegisterForDispose(turn);
        return null;
    }

    public void Dispose() => _turns.Dispose();

    private static ConcurrencyLimiterOptions Bound(int atOnce, int waiting) =>
        new() { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}

/// <summary>Marks endpoints.</summary>
internal static class LongAnswerEndpoints
{
    /// <summary>Marks an endpoint whose answer is as long as the database makes it.</summary>
    public static RouteHandlerBuilder AnswersAtLength(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var call = context.HttpContext;
            return await call.RequestServices.GetRequiredService<LongAnswers>().EnterAsync(call) is { } problem
                ? problem
                : await next(context);
        });
}
