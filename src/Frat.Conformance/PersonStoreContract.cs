using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What <see cref="IPersonStore"/> promises, whatever the database.</summary>
public abstract class PersonStoreContract : StorageContract
{
    [Fact]
    public async Task EnrollAsync_NewPerson_IsFoundAsAnswered()
    {
        var receipt = await People.EnrollAsync(Samples.Enrollment("E-1", "Ada Lovelace"));

        receipt.Created.ShouldBeTrue();
        receipt.Person.EmployeeId.ShouldBe("E-1");
        receipt.Person.Name.ShouldBe("Ada Lovelace");
        (await People.FindAsync("E-1")).ShouldBe(receipt.Person);
        (await People.FindAsync("E-2")).ShouldBeNull();
    }

    [Fact]
    public async Task EnrollAsync_TakenEmployeeId_AnswersTheHolderAndStoresNothing()
    {
        var ada = await EnrollAsync("E-1", "Ada");
        var sequence = await Encodings.GetSequenceAsync();

        var receipt = await People.EnrollAsync(Samples.Enrollment("E-1", "Grace", Samples.Encoding(2)));

        receipt.ShouldBe(new EnrollmentReceipt { Person = ada, Created = false });
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldHaveSingleItem().Encoding.ShouldBe(Samples.Encoding(1));
        (await Encodings.GetSequenceAsync()).ShouldBe(sequence);
    }

    [Fact]
    public async Task EnrollAsync_OneEmployeeIdAtTheSameMomentOnTwoHosts_CreatesOnePerson()
    {
        var other = (await StartHostAsync()).Services.GetRequiredService<IPersonStore>();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => (i % 2 == 0 ? People : other).EnrollAsync(Samples.Enrollment("E-1", $"Person {i}")))));

        receipts.Count(receipt => receipt.Created).ShouldBe(1);
        receipts.Select(receipt => receipt.Person).Distinct().ShouldHaveSingleItem();
        (await ReadAsync(People.ReadAsync())).ShouldHaveSingleItem();
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("محمد عبد الله")]
    [InlineData("משה כהן")]
    [InlineData("王小明")]
    [InlineData("नरेन्द्र")]
    [InlineData("Łukasz 🧑🏽‍🔬 O'Brien; DROP TABLE people;--")]
    [InlineData("Z̶a̷l̸g̵o̴ Q̣̈")]
    [InlineData("𠮷野家")]
    public async Task EnrollAsync_AnyScript_ComesBackToTheCharacter(string name)
    {
        name = Person.Normalize(name);
        var id = Person.Normalize(
            string.Concat(name.EnumerateRunes().Select(rune => rune.ToString()).Where(Person.IsEmployeeId).Take(15)));

        await EnrollAsync(id, name);

        (await People.FindAsync(id)).ShouldNotBeNull().Name.ShouldBe(name);
        (await ReadAsync(People.ReadAsync())).ShouldHaveSingleItem().EmployeeId.ShouldBe(id);
    }

    [Fact]
    public async Task EnrollAsync_EmployeeIdsThatDifferInCaseOnly_AreTwoPeople()
    {
        await EnrollAsync("ab-1");
        await EnrollAsync("AB-1");

        (await ReadAsync(People.ReadAsync())).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("", "Ada")]
    [InlineData("   ", "Ada")]
    [InlineData(" E-1", "Ada")]
    [InlineData("E-1", "")]
    [InlineData("E-1", "Ada ")]
    [InlineData("E-1", "Ame\u0301lie")]
    [InlineData("E\u200D1", "Ada")]
    [InlineData("..", "Ada")]
    [InlineData("E-1", "\u200B")]
    [InlineData("E-1", "A\u202Eda")]
    public async Task EnrollAsync_TextNotInNormalFormOrThatCannotBeSeen_IsRefused(string employeeId, string name)
    {
        await Should.ThrowAsync<ArgumentException>(() => People.EnrollAsync(Samples.Enrollment(employeeId, name)));

        (await ReadAsync(People.ReadAsync())).ShouldBeEmpty();
    }

    // Not in the theory: a runner can't pass on text that isn't well-formed.
    [Fact]
    public Task EnrollAsync_UnpairedSurrogate_IsRefused() =>
        Should.ThrowAsync<ArgumentException>(() => People.EnrollAsync(Samples.Enrollment("E-1", "Ada\ud800")));

    [Fact]
    public async Task EnrollAsync_TextsOfTheGreatestLength_AreStoredAndOneMoreCharacterIsRefused()
    {
        var id = new string('7', Person.MaxEmployeeIdLength);
        var name = new string('ж', Person.MaxNameLength);

        (await EnrollAsync(id, name)).Name.ShouldBe(name);

        await Should.ThrowAsync<ArgumentException>(() => People.EnrollAsync(Samples.Enrollment(id + "7", name)));
        await Should.ThrowAsync<ArgumentException>(() => People.EnrollAsync(Samples.Enrollment("E-2", name + "ж")));
    }

    [Fact]
    public async Task EnrollAsync_NullTemplateOrTemplatesOfTwoEncoders_IsRefused()
    {
        await Should.ThrowAsync<ArgumentNullException>(() => People.EnrollAsync(null!));
        await Should.ThrowAsync<ArgumentException>(() => People.EnrollAsync(Samples.Enrollment("E-1") with { Templates = [null!] }));
        await Should.ThrowAsync<ArgumentException>(
            () => People.EnrollAsync(Samples.Enrollment("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2, "another"))));

        (await Encodings.GetSequenceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task EnrollAsync_CancelledBefore_StoresNothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => People.EnrollAsync(Samples.Enrollment("E-1"), new CancellationToken(canceled: true)));

        (await People.FindAsync("E-1")).ShouldBeNull();
    }

    [Fact]
    public async Task ReadAsync_SeveralPeople_AreOrderedByEmployeeId()
    {
        foreach (var id in new[] { "b", "a-2", "B", "a-10", "ä" })
        {
            await EnrollAsync(id);
        }

        (await ReadAsync(People.ReadAsync())).Select(person => person.EmployeeId).ShouldBe(["B", "a-10", "a-2", "b", "ä"]);
    }

    [Fact]
    public async Task ReadAsync_StoreIsWrittenWhileItIsRead_DoesNotBlockEitherSide()
    {
        await EnrollAsync("E-1");
        await EnrollAsync("E-2");

        await foreach (var person in People.ReadAsync())
        {
            await Consents.RevokeAsync(person.Id, Samples.Note);
        }

        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ForgetAsync_PersonWithAttendance_LeavesNothingOfThemAndAllOfTheOthers()
    {
        var ada = await EnrollAsync("E-1");
        var grace = await EnrollAsync("E-2", "Grace", Samples.Encoding(2));
        foreach (var person in new[] { ada, grace })
        {
            var punch = Samples.Punch(person.Id, Samples.Monday.At(8), $"key of {person.EmployeeId}");
            await Attendance.AppendAsync(punch);
            await Attendance.CorrectAsync(Samples.Correction(punch.Id, Samples.Monday.At(9)));
        }

        (await People.ForgetAsync(ada.Id, Samples.Note)).ShouldBeTrue();

        (await People.FindAsync("E-1")).ShouldBeNull();
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldHaveSingleItem().Person.ShouldBe(grace);
        (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue))).ShouldHaveSingleItem().Person.ShouldBe(grace);
        (await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue, ada.Id))).ShouldBeEmpty();
        (await People.ForgetAsync(ada.Id, Samples.Note)).ShouldBeFalse();
        (await EnrollAsync("E-1", "A new person")).Id.ShouldNotBe(ada.Id);
        (await Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8), "key of E-1"))).ShouldBeNull();
    }

    [Fact]
    public async Task ListAsync_PageAfterPage_GivesEverybodyOnceInOrderAndCountsThem()
    {
        foreach (var number in new[] { 3, 1, 5, 2, 4 })
        {
            await EnrollAsync($"E-{number}", $"Person {number}");
        }

        var pages = new List<PersonPage>();
        for (var skip = 0; skip < 8; skip += 2)
        {
            pages.Add(await People.ListAsync(new PersonQuery { Skip = skip, Take = 2 }));
        }

        pages.Select(page => page.TotalCount).ShouldAllBe(count => count == 5);
        pages.SelectMany(page => page.People).Select(person => person.EmployeeId).ShouldBe(["E-1", "E-2", "E-3", "E-4", "E-5"]);
    }

    [Theory]
    [InlineData("jose", "E-1")]
    [InlineData("JOSÉ", "E-1")]
    [InlineData("nunez", "E-1")]
    [InlineData("e-2", "E-2")]
    [InlineData("ａｄａ", "E-2")]
    [InlineData("100%", "E-3")]
    [InlineData("_", "E-3")]
    [InlineData("\\", "E-3")]
    [InlineData("田中", "E-4")]
    [InlineData("Ιωάννης", "E-5")]
    public async Task ListAsync_Text_IsFoundInNamesAndIdsAsItIsWrittenLoosely(string text, string employeeId)
    {
        await EnrollAsync("E-1", "José Núñez");
        await EnrollAsync("E-2", "Ada Lovelace");
        await EnrollAsync("E-3", "100% _ \\ Smith");
        await EnrollAsync("E-4", "田中さくら");
        await EnrollAsync("E-5", "ΙΩΑΝΝΗΣ");

        var page = await People.ListAsync(new PersonQuery { Text = $" {text} " });

        page.People.ShouldHaveSingleItem().EmployeeId.ShouldBe(employeeId);
        page.TotalCount.ShouldBe(1);
    }

    // One ligature that stands for eighteen letters, so often that what searches keep is cut short: in the middle of a character.
    [Fact]
    public async Task ListAsync_NamesOfTheLongestCharacters_AreStoredAndFound()
    {
        var (employeeId, name) = (new string('\uFDFA', Person.MaxEmployeeIdLength), new string('\uFDFA', 61) + "\U0001F600 Ada");
        await EnrollAsync(employeeId, name);

        (await People.ListAsync(new PersonQuery { Text = "\uFDFA" })).People.ShouldHaveSingleItem().Name.ShouldBe(name);
    }

    [Fact]
    public async Task ListAsync_ActiveOrNot_ListsThose()
    {
        var inactive = await EnrollAsync("E-1");
        await EnrollAsync("E-2");
        await People.SetActiveAsync(inactive.Id, active: false, Samples.Note);

        (await People.ListAsync(new PersonQuery { IsActive = false })).People.ShouldHaveSingleItem().EmployeeId.ShouldBe("E-1");
        (await People.ListAsync(new PersonQuery { IsActive = true })).People.ShouldHaveSingleItem().EmployeeId.ShouldBe("E-2");
        (await People.ListAsync(new PersonQuery())).TotalCount.ShouldBe(2);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, PersonQuery.MaxTake + 1)]
    public Task ListAsync_OutOfRange_IsRefused(int skip, int take) =>
        Should.ThrowAsync<ArgumentException>(() => People.ListAsync(new PersonQuery { Skip = skip, Take = take }));
}
