namespace Frat.WebHost;

/// <summary>
/// Warms what a kiosk takes beyond a check-in: the comparison of a PIN, which is nobody's, and the answer to a punch, which is none.
/// </summary>
internal sealed class KioskWarmUp(IServiceScopeFactory scopes, Pins pins, TimeProvider time) : IWarmUp
{
    private const string Name = "warm-up";

    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        await pins.VerifyAsync("", "", Name, cancellationToken); // Counted for a device that isn't there.
        await pins.StateOfAsync(Guid.Empty, cancellationToken);

        await using var scope = scopes.CreateAsyncScope();
        var (now, answers) = (time.GetUtcNow(), scope.ServiceProvider.GetRequiredService<KioskAnswers>());
        var device = new Device { Id = Guid.Empty, Name = Name, CreatedAt = now, CreatedBy = Name };
        var day = new AttendanceDay
        {
            Person = new Person { Id = Guid.Empty, EmployeeId = Name, Name = Name, EnrolledAt = now },
            Date = DateOnly.FromDateTime(now.UtcDateTime),
            Status = AttendanceStatus.Present,
        };
        await answers.OfAsync(device, new PunchReceipt { PunchId = Guid.Empty, Day = day, Marked = true }, cancellationToken);
    }
}
