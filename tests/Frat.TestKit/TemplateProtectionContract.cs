using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Tests;

/// <summary>How templates are kept encrypted, on each database. Compiled into the test project of each.</summary>
public abstract partial class TemplateProtectionContract
{
    private static readonly TemplateKey Old = new("old", DateTimeOffset.UnixEpoch, Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private static readonly TemplateKey New = new(
        "new", DateTimeOffset.UnixEpoch.AddYears(1), Enumerable.Range(100, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public async Task Line5_TheDatabasesFiles_HoldNoEncoding()
    {
        await using (var host = await StartAsync(Old))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2)));
            Find(await ReadFilesAsync(), "E-1"u8).ShouldBeTrue(
                "the person's row is found in the files, so a template in the clear would be, too");

            ShouldHoldNone(await ReadFilesAsync(), Samples.Encoding(1), Samples.Encoding(2));
        }

        ShouldHoldNone(await ReadFilesAsync(), Samples.Encoding(1), Samples.Encoding(2));
    }

    [Fact]
    public async Task Line5_KeysAreRotated_OldOnesDecryptAndNewWritesUseTheNewest()
    {
        await using (var host = await StartAsync(Old))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        await using var later = await StartAsync(New, Old);
        await later.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));

        (await ReadAsync(later)).Values.ShouldBe([Samples.Encoding(1), Samples.Encoding(2)], ignoreOrder: true);
        Scalar<string>("SELECT key_id FROM templates JOIN people ON people.id = person_id WHERE employee_id = 'E-1'").ShouldBe("old");
        Scalar<string>("SELECT key_id FROM templates JOIN people ON people.id = person_id WHERE employee_id = 'E-2'").ShouldBe("new");
    }

    [Fact]
    public async Task Reencrypt_HostsAtWork_BringsAllToTheNewestKeyAndSaysSoInTheTrail()
    {
        const int People = 450; // More than two batches.
        await using (var host = await StartAsync(Old))
        {
            for (var i = 0; i < People; i++)
            {
                await host.People.EnrollAsync(Samples.Enrollment($"E-{i}", "Ada", Samples.Encoding(i)));
            }
        }

        await using (var host = await StartAsync(New, Old))
        {
            var protection = host.Get<TemplateProtection>();
            var running = protection.ReencryptAsync(Samples.Note);
            (await ReadAsync(host)).Count.ShouldBe(People, "who is read meanwhile is read whole");
            (await running).ShouldBe(new Reencryption { KeyId = "new", Reencrypted = People, Unreadable = 0 });
            (await protection.ReencryptAsync(Samples.Note)).Reencrypted.ShouldBe(0);
            (await protection.CheckAsync()).Keys.ShouldBe(new Dictionary<string, int> { ["new"] = People });
            var entry = await host.Get<IAuditTrail>().ReadAsync().SingleAsync(entry => entry.Action == AuditActions.TemplatesReencrypted);
            entry.New.ShouldBe("key new, 450 templates");
        }

        await using var after = await StartAsync(New);
        (await ReadAsync(after)).Count.ShouldBe(People);
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
            (await host.Get<TemplateProtection>().ReencryptAsync(Samples.Note)).ShouldBe(new Reencryption
            {
                KeyId = "new",
                Reencrypted = 1,
                Unreadable = 0,
            });
            (await host.Get<TemplateProtection>().CheckAsync()).People.ShouldBe(new Dictionary<string, int> { ["new"] = 1 });
        }

        await using var later = await StartAsync(New);
        (await ReadAsync(later)).Keys.ShouldBe(["E-1"]);
        Execute("DELETE FROM templates; INSERT INTO templates SELECT * FROM backup");
        (await ReadAsync(later)).ShouldBeEmpty();
        (await later.Get<TemplateProtection>().CheckAsync()).Unreadable.ShouldHaveSingleItem().Problem.ShouldContain(
            "old is not in the key ring");
    }

    [Fact]
    public async Task ReadTemplates_BlobOfAnotherPerson_IsPassedOver()
    {
        await using var host = await StartAsync(Old);
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        await host.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));

        // Anyone who can write the database would let Bob in as Ada.
        Execute(
            "UPDATE templates SET encoding = (SELECT encoding FROM templates t JOIN people p ON p.id = t.person_id WHERE p.employee_id = "
                + "'E-2')");

        (await ReadAsync(host)).ShouldBe([new("E-2", Samples.Encoding(2))]);
        var report = await host.Get<TemplateProtection>().CheckAsync();
        report.Unreadable.ShouldHaveSingleItem().EmployeeId.ShouldBe("E-1");
    }

    [Fact]
    public async Task ReadTemplates_EncoderOfTheRowIsChanged_IsPassedOver()
    {
        await using var host = await StartAsync(Old);
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));

        Execute("UPDATE templates SET encoder_id = 'another'");

        (await host.Encodings.ReadAsync("another").ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadTemplates_KeyOfOneIsMissing_StopsNobodyElse()
    {
        await using (var host = await StartAsync(Old))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        await using (var host = await StartAsync(New, Old))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));
        }

        await using var later = await StartAsync(New);
        (await ReadAsync(later)).Keys.ShouldBe(["E-2"]);
        (await later.Get<TemplateProtection>().CheckAsync()).Unreadable.ShouldHaveSingleItem().Problem.ShouldContain(
            "old is not in the key ring");
        (await later.Get<TemplateProtection>().ReencryptAsync(Samples.Note)).ShouldBe(new Reencryption
        {
            KeyId = "new",
            Reencrypted = 0,
            Unreadable = 1,
        });
    }

    [Fact]
    public async Task Start_KeysOfAnotherDatabase_EndsAndSaysWhichAreMissing()
    {
        await using (var host = await StartAsync(Old))
        {
            await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        }

        var exception = await Should.ThrowAsync<StoreException>(() => StartAsync(New));
        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("encrypted with the key old, and the key ring has new only");
    }

    private protected abstract Task<StorageTestHost> StartAsync(Action<IServiceCollection> configure);

    /// <summary>The bytes of the files that hold the tables, as a thief of the disk would find them.</summary>
    private protected abstract Task<byte[]> ReadFilesAsync();

    private protected abstract void Execute(string sql);

    private protected abstract T Scalar<T>(string sql);

    private protected abstract StorageTestHost CreateHost(Action<IServiceCollection> configure);

    /// <summary>
    /// SQL that runs as if the triggers that guard the audit trail were not there, which are what somebody takes away first.
    /// </summary>
    private protected abstract string WithoutGuards(string sql);

    private protected abstract string Bytes(byte[] bytes);

    /// <summary>An instant in UTC, as the database keeps it.</summary>
    private protected abstract string Instant(string utc);

    private static async Task<Dictionary<string, FaceEncoding>> ReadAsync(StorageTestHost host) =>
        await host.Encodings.ReadAsync(Samples.EncoderId)
            .ToDictionaryAsync(template => template.Person.EmployeeId, template => template.Encoding);

    private protected static void ShouldHoldNone(byte[] files, params FaceEncoding[] encodings)
    {
        // A row may be spread over pages, so any four numbers in a row are looked for.
        const int Length = 4 * sizeof(float);
        foreach (var bytes in encodings.Select(encoding => encoding.ToBytes()))
        {
            for (var at = 0; at + Length <= bytes.Length; at += sizeof(float))
            {
                Find(files, bytes.AsSpan(at, Length)).ShouldBeFalse();
            }
        }
    }

    private static bool Find(byte[] files, ReadOnlySpan<byte> part) => files.AsSpan().IndexOf(part) >= 0;

    private Task<StorageTestHost> StartAsync(params TemplateKey[] keys) =>
        StartAsync(services => new FratBuilder(services).UseTemplateKeys(new TemplateKeyRing(keys)));
}
