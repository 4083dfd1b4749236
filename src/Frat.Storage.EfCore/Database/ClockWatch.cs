using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>
/// Remembers in the database since when its hosts' clock has gone on without a jump. A clock that is years ahead for a minute or a day must
/// not delete what is years old: see <see cref="Retention"/>.
/// </summary>
/// <remarks>Thread-safe. Hosts whose clocks differ take turns at starting it over, and then nothing is deleted by age.</remarks>
internal sealed class ClockWatch(FratDatabase database, TimeProvider time)
{
    /// <summary>Later than that after the last look, it may be a jump as well as a host that was off.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromDays(45);

    /// <summary>Clocks of several hosts differ by some seconds, and are set back by some more.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    private const string Operation = "ObserveClock";

    /// <summary>Looks at the clock, and writes down what has changed by more than the tolerance.</summary>
    /// <param name="writes">False for a look only, as where nothing may be written.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Since when it has gone on without a jump.</returns>
    public async Task<DateTimeOffset> ObserveAsync(bool writes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicrosecond();
        var known = await database.ReadAsync(
            Operation,
            (context, cancel) => context.Clocks.FirstOrDefaultAsync(row => row.Id == ClockRow.OnlyId, cancel),
            cancellationToken).ConfigureAwait(false);
        if (known is not null && (now - known.Last).Duration() <= Tolerance)
        {
            return known.Since;
        }

        return !writes
            ? known is null || HasJumped(known, now) ? now : known.Since
            : await database.WriteAsync(
                Operation, (context, cancel) => WriteAsync(context, now, cancel), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<DateTimeOffset> WriteAsync(FratDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await context.Clocks.AsTracking()
            .FirstOrDefaultAsync(row => row.Id == ClockRow.OnlyId, cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            context.Clocks.Add(new ClockRow { Id = ClockRow.OnlyId, Since = now, Last = now });
            return now;
        }

        if (HasJumped(row, now))
        {
            row.Since = now;
        }

        row.Last = now;
        return row.Since;
    }

    private static bool HasJumped(ClockRow row, DateTimeOffset now) => now < row.Last - Tolerance || now > row.Last + LongestGap;
}
