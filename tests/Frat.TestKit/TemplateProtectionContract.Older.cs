using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Tests;

/// <content>How a database of an older version comes over, once.</content>
public abstract partial class TemplateProtectionContract
{
    [Fact]
    public async Task Start_DatabaseOfAnOlderVersion_ComesOverOnceAndLeavesNothingInTheClear()
    {
        await MakeOlderAsync(OlderRows.Person(1, Instant) + OlderRows.Template(1, null, Samples.Encoding(1).ToBytes(), Bytes, Instant)
            + OlderRows.Person(2, Instant) + OlderRows.Template(
                2, "old", OlderRows.Encrypt(Old, 2, Samples.Encoding(2).ToBytes()), Bytes, Instant)
            + OlderRows.Person(3, Instant, consents: false) + OlderRows.Template(3, null, Samples.Encoding(3).ToBytes(), Bytes, Instant)
            + OlderRows.Person(4, Instant)
            + OlderRows.Template(4, "lost", OlderRows.Encrypt(New, 4, Samples.Encoding(4).ToBytes()), Bytes, Instant));
        Find(await ReadFilesAsync(), Samples.Encoding(1).ToBytes()).ShouldBeTrue("or the search finds nothing");
        for (var start = 0; start < 2; start++)
        {
            await using var host = await StartAsync(Old);
            (await ReadAsync(host)).Values.ShouldBe([Samples.Encoding(1), Samples.Encoding(2), Samples.Encoding(3)], ignoreOrder: true);
            ShouldHoldNone(await ReadFilesAsync(), Samples.Encoding(1), Samples.Encoding(3));
            Scalar<long>("SELECT count(*) FROM chores").ShouldBe(0);
            var taken = await host.Get<IAuditTrail>().ReadAsync().SingleAsync(entry => entry.Action == AuditActions.TemplatesReencrypted);
            (taken.New, taken.Reason).ShouldBe(("key old, 3 templates", "An older version had stored 2 in the clear."));
            var report = await host.Get<TemplateProtection>().CheckAsync();
            report.Unreadable.ShouldHaveSingleItem().EmployeeId.ShouldBe("E-4");
            report.People["old"].ShouldBe(4);
            (await host.Get<AuditVerifier>().VerifyAsync()).Faults.ShouldBeEmpty("what the older version wrote is in the chain");
        }
    }

    [Fact]
    public async Task Start_OlderTemplateThatComesAfterTheTakeover_IsRefused()
    {
        await MakeOlderAsync(OlderRows.Person(1, Instant)
            + OlderRows.Template(1, "old", OlderRows.Encrypt(Old, 1, Samples.Encoding(1).ToBytes()), Bytes, Instant));
        await using (var host = await StartAsync(Old))
        {
            (await ReadAsync(host)).Keys.ShouldBe(["E-1"]);
            Execute($"UPDATE templates SET encoding = {Bytes(OlderRows.Encrypt(Old, 1, Samples.Encoding(1).ToBytes()))}");
            (await ReadAsync(host)).ShouldBeEmpty("its form isn't bound to the consent");
        }

        await using var later = await StartAsync(Old);
        (await ReadAsync(later)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_KilledBetweenTheTakeoverAndItsScrub_ScrubsAtTheNext()
    {
        await using (var host = await StartAsync(Old))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        Execute("INSERT INTO chores (name) VALUES ('scrub templates')");
        await using var later = await StartAsync(Old);
        Scalar<long>("SELECT count(*) FROM chores").ShouldBe(0);
    }

    [Fact]
    public async Task Start_SeveralHostsOnAnOlderDatabase_OneTakesItOver()
    {
        await MakeOlderAsync(OlderRows.Person(1, Instant) + OlderRows.Template(1, null, Samples.Encoding(1).ToBytes(), Bytes, Instant));

        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StartAsync(Old))));

        foreach (var host in hosts)
        {
            (await ReadAsync(host)).Keys.ShouldBe(["E-1"]);
            (await host.Get<IAuditTrail>().ReadAsync().CountAsync(entry => entry.Action == AuditActions.TemplatesReencrypted)).ShouldBe(1);
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task AcceptOlder_BackupOfAnOlderVersionAndARingThatRemembers_ComesOverAndSaysWhoVouched()
    {
        await MakeOlderAsync(OlderRows.Person(1, Instant) + OlderRows.Template(1, null, Samples.Encoding(1).ToBytes(), Bytes, Instant));
        var remembers = new TemplateKeyRing([Old], refusesOlder: true);
        await Should.ThrowAsync<StoreException>(() => StartAsync(Use));
        Scalar<string>("SELECT key_id FROM templates").ShouldBe("");

        await using (var unstarted = CreateHost(Use))
        {
            await unstarted.Get<TemplateProtection>()
                .AcceptOlderAsync(new AuditNote("the administrator", "Restored from the tape of March"));
        }

        await using var host = await StartAsync(Use);
        (await ReadAsync(host)).Keys.ShouldBe(["E-1"]);
        (await host.Get<IAuditTrail>().ReadAsync().SingleAsync(entry => entry.Action == AuditActions.OlderAccepted)).By.ShouldBe(
            "the administrator");

        void Use(IServiceCollection added) => new FratBuilder(added).UseTemplateKeys(remembers);
    }

    [Fact]
    public async Task RotateReencryptRemove_BackupFromBefore_CantBeReadWithTheRingThatIsLeft()
    {
        await using (var host = await StartAsync(Old))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        Execute("CREATE TABLE backup AS SELECT * FROM templates");
        await using (var host = await StartAsync(Old, New))
        {
            (await host.Get<TemplateProtection>().ReencryptAsync(Samples.Note)).ShouldBe(new Reencryption("new", 1, 0));
            (await host.Get<TemplateProtection>().CheckAsync()).People.ShouldBe(new Dictionary<string, int> { ["new"] = 1 });
        }

        await using var later = await StartAsync(New);
        (await ReadAsync(later)).Keys.ShouldBe(["E-1"]);
        Execute("DELETE FROM templates; INSERT INTO templates SELECT * FROM backup");
        (await ReadAsync(later)).ShouldBeEmpty();
        (await later.Get<TemplateProtection>().CheckAsync()).Unreadable.ShouldHaveSingleItem().Problem.ShouldContain(
            "old is not in the key ring");
    }
}
