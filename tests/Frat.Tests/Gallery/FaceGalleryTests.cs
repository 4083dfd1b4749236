using Microsoft.Data.Sqlite;

namespace Frat.Tests.Gallery;

/// <summary>A gallery fails closed: who changed and can't be read is not found, and stops nobody else's change.</summary>
public sealed class FaceGalleryTests
{
    private const string EncoderId = "dlib-resnet-v1";

    [Fact]
    public async Task RefreshAsync_KeysWentAwayBeforeARevocation_TheRevokedAndTheUnreadableAreOutAndOthersStay()
    {
        await using var host = await FratHost.StartAsync();
        var gallery = host.Get<FaceGallery>();
        var (stays, changes, revoked) = (await EnrollAsync(host, 1), await EnrollAsync(host, 2), await EnrollAsync(host, 3));
        await gallery.RefreshAsync();

        File.Move(host.Database + ".keys", host.Database + ".away");

        // What another host does, which has the keys. What changes first can't be read here: it must not hold up what changes after it.
        await ChangeAsync(host, changes);
        await ExecuteAsync(host, $"DELETE FROM templates WHERE upper(person_id) = '{revoked.Id.ToString().ToUpperInvariant()}'");
        await ChangeAsync(host, revoked);
        await gallery.RefreshAsync();

        (await FindAsync(gallery, 1)).ShouldBe(stays);
        (await FindAsync(gallery, 2)).ShouldNotBe(changes);
        (await FindAsync(gallery, 3)).ShouldNotBe(revoked);
        (gallery.PersonCount, gallery.UnreadablePeople).ShouldBe((1, 1));
        host.Get<BackgroundProblems>().Current.ShouldHaveSingleItem().Work.ShouldBe("gallery.people");

        File.Move(host.Database + ".away", host.Database + ".keys");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await gallery.RefreshAsync();

        (await FindAsync(gallery, 2)).ShouldBe(changes);
        (gallery.PersonCount, gallery.UnreadablePeople).ShouldBe((2, 0));
        host.Get<BackgroundProblems>().Current.ShouldBeEmpty();
    }

    [Fact]
    public async Task RefreshAsync_SomebodyStaysUnreadable_IsTriedMoreAndMoreSeldom()
    {
        await using var host = await FratHost.StartAsync();
        var gallery = host.Get<FaceGallery>();
        var ada = await EnrollAsync(host, 1);
        await gallery.RefreshAsync();
        File.Delete(host.Database + ".keys");
        await ChangeAsync(host, ada);

        for (var second = 0; second < 3600; second++)
        {
            await gallery.RefreshAsync();
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // 1 s, 2 s, 4 s … up to five minutes.
        host.Get<BackgroundProblems>().Current.Single(problem => problem.Work == "gallery.people").Failures.ShouldBeInRange(10, 25);
    }

    [Fact]
    public async Task Age_StoreCannotBeRead_GrowsAndPeopleAreFoundAsTheyWere()
    {
        await using var host = await FratHost.StartAsync();
        var gallery = host.Get<FaceGallery>();
        var ada = await EnrollAsync(host, 1);
        await gallery.RefreshAsync();
        gallery.Age.ShouldBe(TimeSpan.Zero);
        var refreshed = gallery.LastRefreshed;
        await ExecuteAsync(host, "ALTER TABLE template_changes RENAME TO elsewhere");
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await Should.ThrowAsync<StoreException>(() => gallery.RefreshAsync());

        gallery.Age.ShouldBe(TimeSpan.FromMinutes(2));
        gallery.LastRefreshed.ShouldBe(refreshed);
        (await FindAsync(gallery, 1)).ShouldBe(ada);
    }

    [Fact]
    public async Task RefreshAsync_ChangeOfSomebodyWhomTheStoreKnowsNoMore_ReadsEverybodyAgain()
    {
        await using var host = await FratHost.StartAsync();
        var gallery = host.Get<FaceGallery>();
        var (ada, forgotten) = (await EnrollAsync(host, 1), await EnrollAsync(host, 2));
        await gallery.RefreshAsync();
        await host.Follower.StopAsync(CancellationToken.None);

        // As the database is for a host that was cut off from it while somebody was forgotten.
        await host.Get<IPersonStore>().ForgetAsync(forgotten.Id, FratHost.Note);
        await ExecuteAsync(
            host,
            $"UPDATE template_changes SET person_id = '{TemplateChange.Anybody}' WHERE sequence = (SELECT max(sequence) FROM "
                + "template_changes)");
        await gallery.RefreshAsync();

        (await FindAsync(gallery, 1)).ShouldBe(ada);
        gallery.PersonCount.ShouldBe(1);
    }

    [Fact]
    public async Task Follower_OneValueOfOneRowIsDamaged_HostsGoOnAndStartAndOthersAreFound()
    {
        await using var host = await FratHost.StartAsync();
        var (ada, bob) = (await EnrollAsync(host, 1), await EnrollAsync(host, 2));
        await ExecuteAsync(
            host,
            $"UPDATE templates SET created_at = 'garbage' WHERE person_id = '{ada.Id.ToString().ToUpperInvariant()}';"
                + $"INSERT INTO template_changes (person_id) VALUES ('{ada.Id.ToString().ToUpperInvariant()}')");

        await host.Get<FaceGallery>().RefreshAsync();
        await using var other = await FratHost.StartAsync(onDatabaseOf: host);

        foreach (var one in new[] { host, other })
        {
            (await FindAsync(one.Get<FaceGallery>(), 1)).ShouldBeNull();
            (await FindAsync(one.Get<FaceGallery>(), 2)).ShouldBe(bob);
            one.Follower.ExecuteTask!.IsCompleted.ShouldBeFalse();
        }
    }

    private static Task ChangeAsync(FratHost host, Person person) =>
        ExecuteAsync(host, $"INSERT INTO template_changes (person_id) VALUES ('{person.Id.ToString().ToUpperInvariant()}')");

    private static async Task ExecuteAsync(FratHost host, string sql)
    {
        await using var other = new SqliteConnection($"Data Source={host.Database};Pooling=False");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<Person> EnrollAsync(FratHost host, int seed) =>
        (await host.Get<IPersonStore>().EnrollAsync(new Frat.Enrollment
        {
            EmployeeId = $"E-{seed}",
            Name = $"Name of {seed}",
            Templates = [new NewTemplate { Encoding = Encoding(seed) }],
            Consent = host.Consent(),
            Note = FratHost.Note,
        })).Person;

    private static async Task<Person?> FindAsync(FaceGallery gallery, int seed) =>
        await gallery.FindNearestAsync(Encoding(seed)) is { Distance: < 0.1f } match ? match.Person : null;

    private static FaceEncoding Encoding(int seed) =>
        new(EncoderId, [.. Enumerable.Range(0, 128).Select(i => MathF.Sin((seed * 131) + i) / 8)]);
}
