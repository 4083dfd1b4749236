using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What <see cref="IPersonStore"/> promises of other names and other employee IDs, whatever the database.</summary>
public abstract class PersonNameContract : StorageContract
{
    [Fact]
    public async Task RenameAsync_PersonWithTemplates_KeepsThemAndIsFoundByTheNewNameOnly()
    {
        var person = await EnrollAsync("E-1", "Ada Byron", Samples.Encoding(1));
        var sequence = await Encodings.GetSequenceAsync();

        (await People.RenameAsync(person.Id, "Ada Lovelace", Samples.Note)).ShouldBeTrue();

        (await People.FindAsync("E-1")).ShouldBe(person with { Name = "Ada Lovelace" });
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldHaveSingleItem().Person.Name.ShouldBe("Ada Lovelace");
        (await Encodings.ListChangesAsync(sequence)).ShouldHaveSingleItem().PersonId.ShouldBe(person.Id);
        (await People.ListAsync(new PersonQuery { Text = "lovelace" })).TotalCount.ShouldBe(1);
        (await People.ListAsync(new PersonQuery { Text = "byron" })).TotalCount.ShouldBe(0);
        (await People.RenameAsync(Guid.NewGuid(), "Ada", Samples.Note)).ShouldBeFalse();
    }

    [Fact]
    public async Task RenameAsync_OfEachKind_LeavesOneEntryWithoutTheNames()
    {
        var person = await EnrollAsync("E-1", "Ada Byron");

        await People.RenameAsync(person.Id, "Ada Lovelace", Samples.Note);
        await People.RenameAsync(person.Id, "Ada Lovelace", Samples.Note); // Is so already.
        await People.ChangeEmployeeIdAsync(person.Id, "E-2", Samples.Note);
        await People.ChangeEmployeeIdAsync(person.Id, "E-2", Samples.Note);

        var entries = await ReadAsync(GetService<IAuditTrail>().ReadAsync(personId: person.Id));
        entries = entries.FindAll(entry => entry.Action is AuditActions.PersonRenamed or AuditActions.EmployeeIdChanged);
        entries.Select(entry => (entry.Action, entry.Old, entry.New))
            .ShouldBe([(AuditActions.PersonRenamed, null, null), (AuditActions.EmployeeIdChanged, null, null)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Ada")]
    [InlineData("Jose\u0301")]
    public async Task RenameAsync_NotInNormalForm_IsRefused(string name)
    {
        var person = await EnrollAsync();

        await Should.ThrowAsync<ArgumentException>(() => People.RenameAsync(person.Id, name, Samples.Note));
        await Should.ThrowAsync<ArgumentException>(() => People.ChangeEmployeeIdAsync(person.Id, name, Samples.Note));
    }

    [Fact]
    public async Task ChangeEmployeeIdAsync_FreeOrTaken_ChangesOrNot()
    {
        var person = await EnrollAsync("E-1", "Ada", Samples.Encoding(1));
        var other = await EnrollAsync("E-2", "Grace");

        (await People.ChangeEmployeeIdAsync(person.Id, "E-2", Samples.Note)).ShouldBe(EmployeeIdChange.Taken);
        (await People.ChangeEmployeeIdAsync(person.Id, "E-3", Samples.Note)).ShouldBe(EmployeeIdChange.Changed);
        (await People.ChangeEmployeeIdAsync(person.Id, "E-3", Samples.Note)).ShouldBe(EmployeeIdChange.Changed);
        (await People.ChangeEmployeeIdAsync(other.Id, "E-1", Samples.Note)).ShouldBe(EmployeeIdChange.Changed); // It is free again.
        (await People.ChangeEmployeeIdAsync(Guid.NewGuid(), "E-9", Samples.Note)).ShouldBe(EmployeeIdChange.NotFound);

        (await People.FindAsync("E-3")).ShouldBe(person with { EmployeeId = "E-3" });
        (await People.FindAsync("E-1")).ShouldBe(other with { EmployeeId = "E-1" });
        (await People.FindAsync("E-2")).ShouldBeNull();
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId, person.Id))).ShouldHaveSingleItem().Person.EmployeeId.ShouldBe("E-3");
    }

    [Fact]
    public async Task ChangeEmployeeIdAsync_OneIdAtTheSameMomentOnTwoHosts_OneHasIt()
    {
        var other = (await StartHostAsync()).Services.GetRequiredService<IPersonStore>();
        var people = new List<Person>();
        for (var i = 0; i < 8; i++)
        {
            people.Add(await EnrollAsync($"E-{i}"));
        }

        var results = await Task.WhenAll(people.Select((person, i) => Task.Run(
            () => (i % 2 == 0 ? People : other).ChangeEmployeeIdAsync(person.Id, "X", Samples.Note))));

        results.Count(result => result == EmployeeIdChange.Changed).ShouldBe(1);
        results.Count(result => result == EmployeeIdChange.Taken).ShouldBe(7);
        (await ReadAsync(People.ReadAsync())).Count(person => person.EmployeeId == "X").ShouldBe(1);
    }
}
