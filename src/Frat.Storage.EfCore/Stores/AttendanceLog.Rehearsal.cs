namespace Frat.Storage.EfCore;

/// <content>A punch as it is made at the door, and never stored.</content>
internal sealed partial class AttendanceLog
{
    private const int Looks = 2; // The second of a day goes another way than the first.

    /// <summary>Has somebody who isn't there enrolled and seen, in a transaction that is taken back.</summary>
    /// <returns>What the last punch came to.</returns>
    public Task<PunchReceipt?> RehearseAsync(CancellationToken cancellationToken) =>
        database.RehearseAsync("Rehearse", RehearseAsync, cancellationToken);

    private async Task<PunchReceipt?> RehearseAsync(FratDbContext context, CancellationToken cancel)
    {
        var (now, by) = (time.GetUtcNow().ToMicrosecond(), Actor.Program("warm-up"));
        var (personId, consentId) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        var name = $"warm-up {personId}"; // Two hosts that start at once don't wait for each other's.
        context.People.Add(new PersonRow { Id = personId, EmployeeId = name, Name = name, EnrolledAt = now, Seal = [] });
        context.Consents.Add(new ConsentRow
        {
            Id = consentId,
            PersonId = personId,
            TextVersion = "",
            Purpose = "",
            Basis = ConsentBasis.Given,
            GivenAt = now,
            RecordedBy = by,
        });
        context.Templates.Add(new TemplateRow
        {
            Id = Guid.CreateVersion7(now),
            PersonId = personId,
            EncoderId = "",
            Encoding = [],
            KeyId = TemplateRow.InClear,
            ConsentId = consentId,
            CreatedAt = now,
            CreatedBy = by,
        });
        await context.SaveChangesAsync(cancel).ConfigureAwait(false);
        PunchReceipt? receipt = null;
        for (var look = 0; look < Looks; look++)
        {
            context.ChangeTracker.Clear();
            receipt = await AppendAsync(context, Punch(look), note: null, cancel).ConfigureAwait(false);
            await context.SaveChangesAsync(cancel).ConfigureAwait(false);
        }

        return receipt;

        Punch Punch(int look) => new()
        {
            PersonId = personId,
            Instant = now,
            TimeZone = TimeZoneInfo.Utc.Id,
            LocalTime = DateTime.SpecifyKind(now.UtcDateTime.AddMicroseconds(look), DateTimeKind.Unspecified),
            Method = PunchMethod.Face,
            Source = "warm-up",
            IdempotencyKey = Guid.CreateVersion7(now).ToString(),
        };
    }
}

/// <summary>Warms what a punch takes of the database: the connection, the queries, and the rules of the day.</summary>
internal sealed class PunchRehearsal(IServiceProvider services, DatabaseProvider provider) : IWarmUp
{
    public Task WarmUpAsync(CancellationToken cancellationToken = default) =>
        !provider.IsReadOnly && services.GetService(typeof(IAttendanceLog)) is AttendanceLog log
            ? log.RehearseAsync(cancellationToken)
            : Task.CompletedTask;
}
