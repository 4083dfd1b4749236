namespace Frat.Tests.Gallery.Search;

/// <summary>Searches and changes don't wait for each other, and forgotten numbers leave the memory.</summary>
public sealed class SharedGalleryTests
{
    private static readonly RowCoder Coder = new(2, DistanceMetric.Euclidean);

    [Fact]
    public void Write_SomebodyIsRemovedWhileASearchRuns_IsClearedWhenTheSearchHasEnded()
    {
        var shared = new SharedGallery(Coder);
        var (ada, bob) = (NewPerson(), NewPerson());
        Set(shared, ada, 1);
        Set(shared, bob, 2);
        RowBlock? block = null;

        shared.Read(snapshot =>
        {
            block = snapshot.Blocks[0];
            shared.Write(rows => rows.Remove(ada.Id));
            shared.Write(rows => rows.Remove(bob.Id));

            // The search that began before sees what there was, a new one what there is.
            Find(snapshot, 1).ShouldBe(ada);
            shared.Read(newer => Find(newer, 1)).ShouldBeNull();
            return true;
        });

        block!.Values(0).ToArray().ShouldBe([0, 0]);
        block.Values(1).ToArray().ShouldBe([0, 0]);
        block.Count.ShouldBe(0);
    }

    [Fact]
    public void Write_AnOlderSearchStillRuns_KeepsItsBlocksWhenNewerOnesHaveEnded()
    {
        var shared = new SharedGallery(Coder);
        var ada = NewPerson();
        Set(shared, ada, 1);
        shared.Read(oldest =>
        {
            Set(shared, NewPerson(), 2);
            shared.Read(middle =>
            {
                shared.Write(rows => rows.Remove(ada.Id));
                return Find(middle, 1);
            }).ShouldBe(ada);

            // The middle one is done with, but for the oldest.
            Find(oldest, 1).ShouldBe(ada);
            return true;
        });
    }

    [Fact]
    public void Write_OnePersonOfMany_CopiesOnlyTheBlocksThatChange()
    {
        var shared = new SharedGallery(Coder);
        var people = Enumerable.Range(0, 10 * RowBlock.Rows).Select(_ => NewPerson()).ToList();
        shared.Write(rows => people.ForEach(person => rows.Set(person, [[1, 2]], 1)));
        var before = shared.Current.Blocks;

        shared.Write(rows => rows.Remove(people[0].Id));

        shared.Current.Blocks.Count(block => !before.Contains(block)).ShouldBe(2, "the person's, and the last one, whose row moves");
        shared.Current.People.ShouldBe(people.Count - 1);
    }

    [Fact]
    public async Task Read_WhileOthersChange_SeesEachPersonWholeOrNotAtAll()
    {
        var shared = new SharedGallery(Coder);
        var people = Enumerable.Range(0, 3 * RowBlock.Rows).Select(_ => NewPerson()).ToList();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                shared.Read(snapshot =>
                {
                    // Each person has two equal rows whose numbers are the same.
                    foreach (var block in snapshot.Blocks)
                    {
                        for (var row = 0; row < block.Count; row++)
                        {
                            block.Values(row)[0].ShouldBe(block.Values(row)[1]);
                            block.Values(row)[0].ShouldBeGreaterThan(0);
                        }
                    }

                    snapshot.Blocks.Sum(block => block.Count).ShouldBe(2 * snapshot.People);
                    return true;
                });
            }
        })).ToList();

        var random = new Random(5);
        for (var change = 1; change <= 3_000; change++)
        {
            var person = people[random.Next(people.Count)];
            var value = (float)change;
            shared.Write(rows => rows.Set(person, random.Next(3) == 0 ? [] : [[value, value], [value, value]], 2));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static Person? Find(GallerySnapshot snapshot, float value) =>
        snapshot.Search([new SearchProbe(Coder, new[] { value, value })], 1)[0].ToList() is [{ Distance: 0 } found] ? found.Person : null;

    private static void Set(SharedGallery shared, Person person, float value) =>
        shared.Write(rows => rows.Set(person, [[value, value]], 1));

    private static Person NewPerson() => new() { Id = Guid.NewGuid(), EmployeeId = "id", Name = "name", EnrolledAt = default };
}
