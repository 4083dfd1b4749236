using Frat.Conformance;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Storage.EfCore.Tests;

/// <content>What somebody tries who can write to the database and has no key.</content>
public abstract partial class TemplateProtectionContract
{
    private const string Ada = "(SELECT id FROM people WHERE employee_id = 'E-1')";
    private const string Bob = "(SELECT id FROM people WHERE employee_id = 'E-2')";

    [Theory]
    [InlineData("key_id = ''")]
    [InlineData("key_id = 'old'")]
    [InlineData("key_id = 'other'")]
    public async Task AttackerInTheDatabase_TemplateInTheClear_IsNeverTaken(string key)
    {
        await using (var host = await StartAsync(Old))
        {
            await EnrollTwoAsync(host);
            Execute($"UPDATE templates SET {key}, encoding = {Bytes(Samples.Encoding(9).ToBytes())} WHERE person_id = {Ada}");

            (await ReadAsync(host)).Keys.ShouldBe(["E-2"]);
            (await host.Get<TemplateProtection>().CheckAsync()).Unreadable.ShouldHaveSingleItem().EmployeeId.ShouldBe("E-1");
        }

        await using var later = await StartAsync(Old);
        (await ReadAsync(later)).Keys.AsEnumerable().ShouldBe(["E-2"], ignoreOrder: false, "and no start encrypts it");
        (await later.Get<TemplateProtection>().ReencryptAsync(Samples.Note)).Unreadable.ShouldBe(key == "key_id = 'old'" ? 0 : 1);
    }

    [Fact]
    public async Task AttackerInTheDatabase_KeyIdIsGone_IsRefusedByTheColumnOrUnreadable()
    {
        await using var host = await StartAsync(Old);
        await EnrollTwoAsync(host);

        Should.Throw<Exception>(() => Execute($"UPDATE templates SET key_id = NULL WHERE person_id = {Ada}"));
        Execute($"UPDATE templates SET key_id = '' WHERE person_id = {Ada}");

        (await ReadAsync(host)).Keys.ShouldBe(["E-2"]);
    }

    [Theory]
    [InlineData("DELETE FROM audit_head")]
    [InlineData("DELETE FROM audit_head; UPDATE people SET seal = {none}")]
    public async Task AttackerInTheDatabase_DeletesSealsAndStoresInTheClear_NothingOfItIsTaken(string sql)
    {
        await using (var host = await StartAsync(Old))
        {
            await EnrollTwoAsync(host);
        }

        Execute(sql.Replace("{none}", Bytes([]), StringComparison.Ordinal));
        Execute($"UPDATE templates SET key_id = '', encoding = {Bytes(Samples.Encoding(9).ToBytes())} WHERE person_id = {Ada}");

        await using var later = await StartAsync(Old);
        (await ReadAsync(later)).ShouldNotContainKey("E-1");
    }

    [Fact]
    public async Task AttackerInTheDatabase_TakesEverySealAway_NobodyIsRecognisedAndTheTrailSaysThatItBeganAnew()
    {
        await using (var host = await StartAsync(Old))
        {
            await EnrollTwoAsync(host);
        }

        Execute(WithoutGuards($"DELETE FROM audit_head; DELETE FROM audit_seals; UPDATE people SET seal = {Bytes([])};"));
        Execute($"UPDATE templates SET key_id = '', encoding = {Bytes(Samples.Encoding(9).ToBytes())} WHERE person_id = {Ada}");

        await using var later = await StartAsync(Old);
        (await ReadAsync(later)).ShouldBeEmpty();
        (await later.Get<TemplateProtection>().ReencryptAsync(Samples.Note)).Reencrypted.ShouldBe(0);
        (await ReadAsync(later)).ShouldBeEmpty("no key of ours vouches for what it finds");
        await later.People.EnrollAsync(Samples.Enrollment("E-3", "Eve", Samples.Encoding(3)));
        (await later.Get<AuditVerifier>().VerifyAsync()).Faults.ShouldContain(fault => fault.Kind == AuditFaultKind.Added);
        (await ReadAsync(later)).Keys.ShouldBe(["E-3"]);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("employee_id")]
    [InlineData("employee_id, name")]
    [InlineData("employee_id, name, seal")]
    public async Task AttackerInTheDatabase_SwapsWhoTwoPeopleAre_NobodyIsRecognisedAsTheOther(string columns)
    {
        await using var host = await StartAsync(Old);
        await EnrollTwoAsync(host);

        Swap(columns.Split(", "));

        (await ReadAsync(host)).ShouldBeEmpty();
        var unreadable = (await host.Get<TemplateProtection>().CheckAsync()).Unreadable;
        unreadable.Count.ShouldBe(2);
        unreadable.ShouldAllBe(template => template.Problem.Contains("seal", StringComparison.Ordinal));
        (await host.Get<TemplateProtection>().ReencryptAsync(Samples.Note)).ShouldBe(new Reencryption
        {
            KeyId = "old",
            Reencrypted = 0,
            Unreadable = 0,
        });
        (await ReadAsync(host)).ShouldBeEmpty("nothing seals them anew");
        var id = (await host.People.FindAsync("E-1"))!.Id;
        await Should.ThrowAsync<StoreException>(
            () => host.Encodings.AddAsync(id, [new NewTemplate { Encoding = Samples.Encoding(3) }], Samples.Note));
    }

    [Fact]
    public async Task AttackerInTheDatabase_ChangesWhatATemplateIsBoundTo_IsPassedOver()
    {
        await using var host = await StartAsync(Old);
        await EnrollTwoAsync(host);

        Execute($"UPDATE templates SET consent_id = (SELECT id FROM consents WHERE person_id = {Bob}) WHERE person_id = {Ada}");
        (await ReadAsync(host)).Keys.ShouldBe(["E-2"]);
        Should.Throw<Exception>(() => Execute($"UPDATE templates SET consent_id = NULL WHERE person_id = {Ada}"));
        Execute($"UPDATE templates SET created_at = {Instant("2031-01-01 00:00:00")} WHERE person_id = {Bob}");
        (await ReadAsync(host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AttackerInTheDatabase_PutsBackWhatWasRevoked_NobodyIsRecognised()
    {
        await using var host = await StartAsync(Old);
        await EnrollTwoAsync(host);
        Execute("CREATE TABLE kept_templates AS SELECT * FROM templates");
        Execute("CREATE TABLE kept_consents AS SELECT * FROM consents");
        await host.Consents.RevokeAsync((await host.People.FindAsync("E-1"))!.Id, Samples.Note);

        Execute($"INSERT INTO templates SELECT * FROM kept_templates WHERE person_id = {Ada}");
        (await ReadAsync(host)).Keys.AsEnumerable().ShouldBe(["E-2"], ignoreOrder: false, "the consent is withdrawn");
        Execute($"DELETE FROM consents WHERE person_id = {Ada}");
        (await ReadAsync(host)).Keys.AsEnumerable().ShouldBe(["E-2"], ignoreOrder: false, "the consent is gone");
        Execute($"INSERT INTO consents SELECT * FROM kept_consents WHERE person_id = {Ada}");

        (await ReadAsync(host)).Keys.AsEnumerable().ShouldBe(["E-2"], ignoreOrder: false, "the trail says that the template was deleted");
    }

    [Fact]
    public async Task AttackerInTheDatabase_PutsBackWhoWasForgotten_NobodyIsRecognised()
    {
        await using var host = await StartAsync(Old);
        await EnrollTwoAsync(host);
        foreach (var table in (string[])["people", "consents", "templates"])
        {
            Execute($"CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        }

        await host.People.ForgetAsync((await host.People.FindAsync("E-1"))!.Id, Samples.Note);

        Execute("INSERT INTO people SELECT * FROM kept_people WHERE employee_id = 'E-1'");
        Execute($"INSERT INTO consents SELECT * FROM kept_consents WHERE person_id = {Ada}");
        Execute($"INSERT INTO templates SELECT * FROM kept_templates WHERE person_id = {Ada}");
        (await ReadAsync(host)).Keys.ShouldBe(["E-2"]);
    }

    [Fact]
    public async Task ReadTemplates_TermOfTheConsentHasEnded_GivesNoneUntilAnotherIsRecorded()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var host = await StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            new FratBuilder(services).UseTemplateKeys(new TemplateKeyRing([Old]));
        });
        var ada = (await host.People.EnrollAsync(
            Samples.Enrollment("E-1") with { Consent = Samples.Consent() with { ExpiresAt = clock.GetUtcNow().AddDays(1) } })).Person;
        (await ReadAsync(host)).Keys.ShouldBe(["E-1"]);

        clock.Advance(TimeSpan.FromDays(2));
        (await ReadAsync(host)).ShouldBeEmpty();
        await using (var context = await host.Contexts.CreateDbContextAsync())
        {
            (await context.Recognizable(clock.GetUtcNow()).AnyAsync(template => template.PersonId == ada.Id)).ShouldBeFalse();
            (await context.Recognizable(clock.GetUtcNow().AddDays(-2)).AnyAsync(template => template.PersonId == ada.Id)).ShouldBeTrue();
        }

        await host.Consents.RecordAsync(ada.Id, Samples.Consent(), Samples.Note);
        (await ReadAsync(host)).Keys.ShouldBe(["E-1"]);
        await host.People.SetActiveAsync(ada.Id, active: false, Samples.Note);
        (await ReadAsync(host)).ShouldBeEmpty();
    }

    private static async Task EnrollTwoAsync(StorageTestHost host)
    {
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        await host.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));
    }

    // Employee IDs are unique, at each moment.
    private void Swap(string[] columns)
    {
        Execute("CREATE TABLE kept AS SELECT id, employee_id, name, seal FROM people");
        Execute("UPDATE people SET employee_id = employee_id || '-'");
        foreach (var column in (string[])["employee_id", "name", "seal"])
        {
            var comparison = columns.Contains(column) ? "<>" : "=";
            Execute($"UPDATE people SET {column} = (SELECT kept.{column} FROM kept WHERE kept.id {comparison} people.id)");
        }
    }
}
