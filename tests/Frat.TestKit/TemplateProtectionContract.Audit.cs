using Frat.Conformance;

namespace Frat.Storage.EfCore.Tests;

/// <content>What is found of what somebody does to the audit trail who has no key.</content>
public abstract partial class TemplateProtectionContract
{
    private const string Last = "(SELECT max(sequence) FROM audit_entries)";

    [Fact]
    public async Task AuditTrail_NobodyTouchedIt_IsIntactWhateverWroteIt()
    {
        await using var host = await StartAsync(Old);
        (await host.Get<AuditVerifier>().VerifyAsync()).Faults.ShouldBeEmpty("also before the first entry");
        await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(i => Task.Run(() => host.People.EnrollAsync(Samples.Enrollment($"E-{i}", "Ada", Samples.Encoding(i))))));
        await host.Consents.RevokeAsync((await host.People.FindAsync("E-3"))!.Id, new AuditNote
        {
            By = Actor.User("Zoë 名"),
            Reason = "☃, and a line\nbreak",
        });
        await host.People.ForgetAsync((await host.People.FindAsync("E-4"))!.Id, Samples.Note);

        var result = await host.Get<AuditVerifier>().VerifyAsync();

        result.Faults.ShouldBeEmpty();
        result.Entries.ShouldBe(await host.Get<IAuditTrail>().ReadAsync().CountAsync());
        result.Head!.Sequence.ShouldBe(await host.Get<IAuditTrail>().ReadAsync().Select(entry => entry.Sequence).LastAsync());
    }

    [Theory]
    [InlineData("by = 'somebody else'")]
    [InlineData("action = 'person.exported'")]
    [InlineData("reason = 'rewritten'")]
    [InlineData("old = 'x'")]
    [InlineData("new = NULL")]
    [InlineData("person_id = NULL")]
    [InlineData("at = {instant}")]
    public async Task AuditTrail_AnEntryIsChanged_IsFound(string change)
    {
        await using var host = await FillTrailAsync();

        Tamper(
            $"UPDATE audit_entries SET {change.Replace("{instant}", Instant("2026-03-01 08:00:00"), StringComparison.Ordinal)} WHERE "
                + "sequence = 4");

        (await FaultsAsync(host)).ShouldBe([(AuditFaultKind.Changed, 4)]);
    }

    [Fact]
    public async Task AuditTrail_AnEntryIsReplacedWithItsDigest_IsFound()
    {
        await using var host = await FillTrailAsync();

        Tamper(
            $"UPDATE audit_entries SET by = 'x' WHERE sequence = 4; UPDATE audit_seals SET digest = {Bytes(new byte[32])} WHERE sequence "
                + "= 4");

        (await FaultsAsync(host)).ShouldBe([(AuditFaultKind.Changed, 4)]);
    }

    [Theory]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 4")]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 4; DELETE FROM audit_seals WHERE sequence = 4")]
    [InlineData(
        "DELETE FROM audit_entries WHERE sequence = 4; DELETE FROM audit_seals WHERE sequence = 4; UPDATE audit_seals SET previous = 3 "
            + "WHERE sequence = 5")]
    public async Task AuditTrail_AnEntryIsRemoved_IsFound(string sql)
    {
        await using var host = await FillTrailAsync();

        Tamper(sql);

        var faults = await FaultsAsync(host);
        faults.ShouldHaveSingleItem().Sequence.ShouldBeOneOf(3, 4);
    }

    [Theory]
    [InlineData("DELETE FROM audit_entries WHERE sequence < 4; DELETE FROM audit_seals WHERE sequence < 4", AuditFaultKind.Removed, 3)]
    [InlineData("DELETE FROM audit_entries WHERE sequence > 4; DELETE FROM audit_seals WHERE sequence > 4", AuditFaultKind.Truncated, 4)]
    [InlineData("DELETE FROM audit_entries WHERE sequence > 4", AuditFaultKind.Truncated, 4)]
    [InlineData("DELETE FROM audit_entries; DELETE FROM audit_seals", AuditFaultKind.Truncated, 0)]
    [InlineData(
        "DELETE FROM audit_entries WHERE sequence > 4; DELETE FROM audit_seals WHERE sequence > 4; UPDATE audit_head SET sequence = 4, "
            + "digest = (SELECT digest FROM audit_seals WHERE sequence = 4)",
        AuditFaultKind.HeadChanged,
        4)]
    [InlineData(
        "DELETE FROM audit_entries WHERE sequence > 4; DELETE FROM audit_seals WHERE sequence > 4; UPDATE audit_head SET sequence = 4, "
            + "digest = (SELECT digest FROM audit_seals WHERE sequence = 4), seal = (SELECT seal FROM audit_seals WHERE sequence = 4)",
        AuditFaultKind.HeadChanged,
        4)]
    public async Task AuditTrail_ItsBeginningOrEndIsCut_IsFound(string sql, AuditFaultKind kind, long sequence)
    {
        await using var host = await FillTrailAsync();

        Tamper(sql);

        (await FaultsAsync(host)).ShouldContain((kind, sequence));
    }

    [Theory]
    [InlineData("audit_entries")]
    [InlineData("audit_entries, audit_seals")]
    public async Task AuditTrail_EntriesChangePlaces_IsFound(string tables)
    {
        await using var host = await FillTrailAsync();

        foreach (var table in tables.Split(", "))
        {
            Tamper(
                $"UPDATE {table} SET sequence = -1 WHERE sequence = 4; UPDATE {table} SET sequence = 4 WHERE sequence = 5; UPDATE {table} "
                    + "SET sequence = 5 WHERE sequence = -1");
        }

        (await FaultsAsync(host)).ShouldBe([(AuditFaultKind.Reordered, 4), (AuditFaultKind.Reordered, 5)], ignoreOrder: true);
    }

    [Fact]
    public async Task AuditTrail_AnEntryThatFratDidNotWrite_IsFound()
    {
        await using var host = await FillTrailAsync();

        Execute(
            $"INSERT INTO audit_entries (sequence, at, by, action) VALUES ({Last} + 1, {Instant("2026-03-01 08:00:00")}, 'HR', "
                + "'person.exported')");

        (await FaultsAsync(host)).ShouldHaveSingleItem().Kind.ShouldBe(AuditFaultKind.Added);
    }

    [Fact]
    public async Task AuditTrail_FratWritesOnToATrailThatWasCut_DoesNotVouchForIt()
    {
        await using var host = await FillTrailAsync();
        Tamper(
            "DELETE FROM audit_entries WHERE sequence > 4; DELETE FROM audit_seals WHERE sequence > 4; UPDATE audit_head SET sequence = "
                + "4, digest = (SELECT digest FROM audit_seals WHERE sequence = 4)");

        await host.People.EnrollAsync(Samples.Enrollment("E-99", "Later", Samples.Encoding(99)));

        (await FaultsAsync(host)).ShouldHaveSingleItem().Kind.ShouldBe(AuditFaultKind.HeadChanged);
        Tamper("DELETE FROM audit_entries; DELETE FROM audit_seals; DELETE FROM audit_head");
        await host.People.EnrollAsync(Samples.Enrollment("E-98", "Latest", Samples.Encoding(98)));
        (await FaultsAsync(host)).ShouldHaveSingleItem().Kind.ShouldBe(AuditFaultKind.HeadChanged);
    }

    [Fact]
    public async Task AuditTrail_AllOfAnEarlierMomentIsPutBack_IsFoundByTheKeptHead()
    {
        await using var host = await FillTrailAsync();
        foreach (var table in (string[])["audit_entries", "audit_seals", "audit_head"])
        {
            Execute($"CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        }

        await host.Consents.RevokeAsync((await host.People.FindAsync("E-1"))!.Id, Samples.Note);
        var kept = (await host.Get<AuditVerifier>().VerifyAsync()).Head!;
        await host.Consents.RevokeAsync((await host.People.FindAsync("E-2"))!.Id, Samples.Note);
        (await host.Get<AuditVerifier>().VerifyAsync(kept)).Faults.ShouldBeEmpty();
        AuditHead.TryParse(kept.ToString(), out var parsed).ShouldBeTrue();
        parsed.ShouldBe(kept);

        foreach (var table in (string[])["audit_entries", "audit_seals", "audit_head"])
        {
            Tamper($"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table} ORDER BY 1");
        }

        (await FaultsAsync(host)).ShouldBeEmpty("nothing in the database shows it");
        (await host.Get<AuditVerifier>().VerifyAsync(kept)).Faults.ShouldHaveSingleItem().Kind.ShouldBe(AuditFaultKind.NotTheKept);
        await host.Consents.RevokeAsync((await host.People.FindAsync("E-2"))!.Id, new AuditNote { By = Actor.User("x") });
        await host.People.EnrollAsync(Samples.Enrollment("E-97", "Later", Samples.Encoding(97)));
        (await host.Get<AuditVerifier>().VerifyAsync(kept)).Faults.ShouldHaveSingleItem().Kind.ShouldBe(
            AuditFaultKind.NotTheKept, "whatever is written since");
    }

    [Fact]
    public async Task AuditTrail_KeysAreRotatedAndRemoved_IsStillVerifiedAndTellsOfTheKeys()
    {
        await using (await FillTrailAsync())
        {
        }

        await using (var host = await StartAsync(Old, New))
        {
            var entry = await host.Get<IAuditTrail>().ReadAsync().LastAsync();
            (entry.Action, entry.New).ShouldBe((AuditActions.KeyAdded, "key new"), "a key that came into the ring beside the database");
            await host.Get<TemplateProtection>().ReencryptAsync(Samples.Note);
        }

        await using var later = await StartAsync(New);
        await later.People.EnrollAsync(Samples.Enrollment("E-96", "Later", Samples.Encoding(96)));
        (await FaultsAsync(later)).ShouldBeEmpty();
        Tamper("UPDATE audit_entries SET by = 'x' WHERE sequence = 4");
        (await FaultsAsync(later)).ShouldHaveSingleItem().ShouldBe((AuditFaultKind.Changed, 4));
    }

    private static async Task<List<(AuditFaultKind Kind, long Sequence)>> FaultsAsync(StorageTestHost host) =>
        [.. (await host.Get<AuditVerifier>().VerifyAsync()).Faults.Select(fault => (fault.Kind, fault.Sequence))];

    /// <summary>The key's entry, and three of each enrolment.</summary>
    private async Task<StorageTestHost> FillTrailAsync()
    {
        var host = await StartAsync(Old);
        await EnrollTwoAsync(host);
        return host;
    }

    private void Tamper(string sql) => Execute(WithoutGuards(sql));
}
