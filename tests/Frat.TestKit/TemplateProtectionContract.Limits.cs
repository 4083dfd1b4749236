using Frat.Conformance;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Storage.EfCore.Tests;

/// <content>
/// What docs/threat-model.md says is left to somebody who can write to the database and has no key, and what an operator without keys can
/// do.
/// </content>
public abstract partial class TemplateProtectionContract
{
    // Rows of consents and whether somebody is active are not sealed: who sees this fail has closed it, and changes the document.
    [Fact]
    public async Task WriterOfTheDatabase_ActivatesSomebodyOrProlongsATerm_IsBelievedAndLeavesNoEntry()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var host = await StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            new FratBuilder(services).UseTemplateKeys(new TemplateKeyRing([Old]));
        });
        var ada = (await host.People.EnrollAsync(
            Samples.Enrollment("E-1") with { Consent = Samples.Consent() with { ExpiresAt = clock.GetUtcNow().AddDays(1) } })).Person;
        await host.People.SetActiveAsync(ada.Id, active: false, Samples.Note);
        clock.Advance(TimeSpan.FromDays(2));
        (await ReadAsync(host)).ShouldBeEmpty();

        Execute($"UPDATE people SET is_active = true; UPDATE consents SET expires_at = {Instant("2031-01-01 00:00:00")}");

        (await ReadAsync(host)).Keys.ShouldBe(["E-1"]);
        (await host.Attendance.AppendAsync(Punch(ada.Id))).ShouldNotBeNull();
        var trail = await host.Get<IAuditTrail>().ReadAsync(personId: ada.Id).ToListAsync();
        trail[^1].Action.ShouldBe(AuditActions.PersonDeactivated, "what was recorded is still in the trail");
        trail.ShouldContain(
            entry => entry.Action == AuditActions.ConsentRecorded && entry.New!.Contains("until 2026-03-03", StringComparison.Ordinal));
        (await host.Get<AuditVerifier>().VerifyAsync()).Faults.ShouldBeEmpty();
    }

    // To undo a revocation, the entries that tell of it have to go; then the trail has a hole.
    [Fact]
    public async Task WriterOfTheDatabase_UndoesARevocationWithItsEntries_IsFoundInTheTrail()
    {
        await using var host = await StartAsync(Old);
        await EnrollTwoAsync(host);
        Execute("CREATE TABLE kept_templates AS SELECT * FROM templates");
        await host.Consents.RevokeAsync((await host.People.FindAsync("E-1"))!.Id, Samples.Note);

        Execute(
            $"INSERT INTO templates SELECT * FROM kept_templates WHERE person_id = {Ada}; UPDATE consents SET withdrawn_at = NULL, "
                + "withdrawn_by = NULL");
        (await ReadAsync(host)).Keys.ShouldBe(["E-2"]);
        Execute(WithoutGuards("DELETE FROM audit_entries WHERE action IN ('template.deleted', 'consent.withdrawn')"));

        (await ReadAsync(host)).Keys.ShouldBe(["E-1", "E-2"], ignoreOrder: true);
        (await host.Get<AuditVerifier>().VerifyAsync()).IsIntact.ShouldBeFalse();
    }

    // Anyone who must not be recognised has to be stopped also where the keys are away, which every entry of the trail needs.
    [Fact]
    public async Task KeysAreAway_NobodyCanBeRevoked_ButWhoIsMadeInactiveByHandChecksInNoMore()
    {
        var keys = new KeysThatGoAway(new TemplateKeyRing([Old]));
        await using var host = await StartAsync(services => services.AddSingleton<ITemplateKeyProvider>(keys));
        await EnrollTwoAsync(host);
        var (ada, bob) = ((await host.People.FindAsync("E-1"))!, (await host.People.FindAsync("E-2"))!);
        keys.AreAway = true;

        await Should.ThrowAsync<StoreException>(() => host.Consents.RevokeAsync(ada.Id, Samples.Note));
        await Should.ThrowAsync<StoreException>(() => host.People.SetActiveAsync(ada.Id, active: false, Samples.Note));
        await Should.ThrowAsync<StoreException>(() => host.People.ForgetAsync(ada.Id, Samples.Note));
        (await host.Attendance.AppendAsync(Punch(ada.Id))).ShouldNotBeNull("check-ins need no key");
        Execute("UPDATE people SET is_active = false WHERE employee_id = 'E-1'");

        (await host.Attendance.AppendAsync(Punch(ada.Id))).ShouldBeNull();
        (await host.Attendance.AppendAsync(Punch(bob.Id))).ShouldNotBeNull();
        keys.AreAway = false;
        (await host.Consents.RevokeAsync(ada.Id, Samples.Note)).ShouldBeTrue();
        (await host.Get<AuditVerifier>().VerifyAsync()).Faults.ShouldBeEmpty();
    }

    private static Punch Punch(Guid personId) => Samples.Punch(personId, Samples.Monday.At(8)) with { Method = PunchMethod.Face };

    private sealed class KeysThatGoAway(TemplateKeyRing ring) : ITemplateKeyProvider
    {
        public bool AreAway { get; set; }

        public ValueTask<TemplateKeyRing> GetKeysAsync(string? unknownKeyId = null, CancellationToken cancellationToken = default) =>
            AreAway ? throw new TemplateKeyException("The vault is sealed.") : ValueTask.FromResult(ring);
    }
}
