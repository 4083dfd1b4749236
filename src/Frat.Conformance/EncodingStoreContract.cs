using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What <see cref="IEncodingStore"/> promises, whatever the database.</summary>
public abstract class EncodingStoreContract : StorageContract
{
    [Fact]
    public async Task EnrollAsync_NewPerson_IsFoundAsAnswered()
    {
        var receipt = await Store.EnrollAsync(Samples.Enrollment("E-1", "Ada Lovelace"));

        receipt.Created.ShouldBeTrue();
        receipt.Person.EmployeeId.ShouldBe("E-1");
        receipt.Person.Name.ShouldBe("Ada Lovelace");
        (await Store.FindAsync("E-1")).ShouldBe(receipt.Person);
        (await Store.FindAsync("E-2")).ShouldBeNull();
    }

    [Fact]
    public async Task EnrollAsync_TakenEmployeeId_AnswersTheHolderAndStoresNothing()
    {
        var ada = await EnrollAsync("E-1", "Ada");
        var sequence = await Store.GetSequenceAsync();

        var receipt = await Store.EnrollAsync(Samples.Enrollment("E-1", "Grace", Samples.Encoding(2)));

        receipt.ShouldBe(new EnrollmentReceipt(ada, Created: false));
        (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId))).ShouldHaveSingleItem().Encoding.ShouldBe(Samples.Encoding(1));
        (await Store.GetSequenceAsync()).ShouldBe(sequence);
    }

    [Fact]
    public async Task EnrollAsync_OneEmployeeIdAtTheSameMomentOnTwoHosts_CreatesOnePerson()
    {
        var other = (await StartHostAsync()).Services.GetRequiredService<IEncodingStore>();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => (i % 2 == 0 ? Store : other).EnrollAsync(Samples.Enrollment("E-1", $"Person {i}")))));

        receipts.Count(receipt => receipt.Created).ShouldBe(1);
        receipts.Select(receipt => receipt.Person).Distinct().ShouldHaveSingleItem();
        (await ReadAsync(Store.ListAsync())).ShouldHaveSingleItem();
        (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId))).Count.ShouldBe(1);
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
        var id = name[..Math.Min(name.Length, 20)].Trim();
        id = Person.Normalize(id);

        await EnrollAsync(id, name);

        (await Store.FindAsync(id)).ShouldNotBeNull().Name.ShouldBe(name);
        (await ReadAsync(Store.ListAsync())).ShouldHaveSingleItem().EmployeeId.ShouldBe(id);
    }

    [Fact]
    public async Task EnrollAsync_EmployeeIdsThatDifferInCaseOnly_AreTwoPeople()
    {
        await EnrollAsync("ab-1");
        await EnrollAsync("AB-1");

        (await ReadAsync(Store.ListAsync())).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("", "Ada")]
    [InlineData("   ", "Ada")]
    [InlineData(" E-1", "Ada")]
    [InlineData("E-1", "")]
    [InlineData("E-1", "Ada ")]
    [InlineData("E-1", "Ame\u0301lie")]
    public async Task EnrollAsync_TextNotInNormalForm_IsRefused(string employeeId, string name)
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.EnrollAsync(Samples.Enrollment(employeeId, name)));

        (await ReadAsync(Store.ListAsync())).ShouldBeEmpty();
    }

    // Not in the theory: a runner can't pass on text that isn't well-formed.
    [Fact]
    public Task EnrollAsync_UnpairedSurrogate_IsRefused() =>
        Should.ThrowAsync<ArgumentException>(() => Store.EnrollAsync(Samples.Enrollment("E-1", "Ada\ud800")));

    [Fact]
    public async Task EnrollAsync_TextsOfTheGreatestLength_AreStoredAndOneMoreCharacterIsRefused()
    {
        var id = new string('7', Person.MaxEmployeeIdLength);
        var name = new string('ж', Person.MaxNameLength);

        (await EnrollAsync(id, name)).Name.ShouldBe(name);

        await Should.ThrowAsync<ArgumentException>(() => Store.EnrollAsync(Samples.Enrollment(id + "7", name)));
        await Should.ThrowAsync<ArgumentException>(() => Store.EnrollAsync(Samples.Enrollment("E-2", name + "ж")));
    }

    [Fact]
    public async Task EnrollAsync_NullTemplateOrTemplatesOfTwoEncoders_IsRefused()
    {
        await Should.ThrowAsync<ArgumentNullException>(() => Store.EnrollAsync(null!));
        await Should.ThrowAsync<ArgumentException>(() => Store.EnrollAsync(Samples.Enrollment("E-1") with { Templates = [null!] }));
        await Should.ThrowAsync<ArgumentException>(
            () => Store.EnrollAsync(Samples.Enrollment("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2, "another"))));

        (await Store.GetSequenceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task EnrollAsync_CancelledBefore_StoresNothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => Store.EnrollAsync(Samples.Enrollment("E-1"), new CancellationToken(canceled: true)));

        (await Store.FindAsync("E-1")).ShouldBeNull();
    }

    [Fact]
    public async Task ListAsync_SeveralPeople_AreOrderedByEmployeeId()
    {
        foreach (var id in new[] { "b", "a-2", "B", "a-10", "ä" })
        {
            await EnrollAsync(id);
        }

        (await ReadAsync(Store.ListAsync())).Select(person => person.EmployeeId).ShouldBe(["B", "a-10", "a-2", "b", "ä"]);
    }

    [Fact]
    public async Task ListAsync_StoreIsWrittenWhileItIsRead_DoesNotBlockEitherSide()
    {
        await EnrollAsync("E-1");
        await EnrollAsync("E-2");

        await foreach (var person in Store.ListAsync())
        {
            await Store.RevokeAsync(person.Id, Samples.Note);
        }

        (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadTemplatesAsync_SeveralEncodersAndPeople_GivesWhatWasAskedForToTheBit()
    {
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        var grace = await EnrollAsync("E-2", "Grace", Samples.Encoding(3));
        await EnrollAsync("E-3", "Edsger", Samples.Encoding(4, "another"));

        var all = await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId));
        all.Select(template => (template.Person, template.Encoding)).ShouldBe(
            [(ada, Samples.Encoding(1)), (ada, Samples.Encoding(2)), (grace, Samples.Encoding(3))], ignoreOrder: true);
        all.Select(template => template.Id).Distinct().Count().ShouldBe(3);
        (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId, ada.Id))).Count.ShouldBe(2);
        (await ReadAsync(Store.ReadTemplatesAsync("another", ada.Id))).ShouldBeEmpty();
        (await ReadAsync(Store.ReadTemplatesAsync("unheard of"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadTemplatesAsync_OneDamagedTemplate_StopsNobodyElse()
    {
        await EnrollAsync("E-1", "Ada", Samples.Encoding(1));
        await EnrollAsync("E-2", "Grace", Samples.Encoding(2));
        var damaged = (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId))).Single(template => template.Person.EmployeeId == "E-1");

        await DamageTemplateAsync(damaged.Id);

        (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId))).ShouldHaveSingleItem().Person.EmployeeId.ShouldBe("E-2");
    }

    [Fact]
    public async Task ReadTemplatesAsync_CancelledInTheMiddle_EndsTheStream()
    {
        await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        using var source = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var template in Store.ReadTemplatesAsync(Samples.EncoderId, cancellationToken: source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task RevokeAsync_PersonWithTemplates_KeepsThePersonAndTheAttendance()
    {
        var ada = await EnrollAsync();
        await Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));

        (await Store.RevokeAsync(ada.Id, Samples.Note)).ShouldBeTrue();

        (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId))).ShouldBeEmpty();
        (await Store.FindAsync("E-1")).ShouldBe(ada);
        (await ReadAsync(Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday))).Count.ShouldBe(1);
        (await Store.RevokeAsync(ada.Id, Samples.Note)).ShouldBeFalse();
        (await Store.RevokeAsync(Guid.NewGuid(), Samples.Note)).ShouldBeFalse();
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

        (await Store.ForgetAsync(ada.Id, Samples.Note)).ShouldBeTrue();

        (await Store.FindAsync("E-1")).ShouldBeNull();
        (await ReadAsync(Store.ReadTemplatesAsync(Samples.EncoderId))).ShouldHaveSingleItem().Person.ShouldBe(grace);
        (await ReadAsync(Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue))).ShouldHaveSingleItem().Person.ShouldBe(grace);
        (await ReadAsync(Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue, ada.Id))).ShouldBeEmpty();
        (await Store.ForgetAsync(ada.Id, Samples.Note)).ShouldBeFalse();
        (await EnrollAsync("E-1", "A new person")).Id.ShouldNotBe(ada.Id);
        (await Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8), "key of E-1"))).ShouldBeNull();
    }

    [Fact]
    public async Task ReadChangesAsync_EveryKindOfChange_IsToldInOrder()
    {
        (await Store.GetSequenceAsync()).ShouldBe(0);
        var ada = await EnrollAsync("E-1");
        var grace = await EnrollAsync("E-2");
        await Store.RevokeAsync(ada.Id, Samples.Note);
        await Store.ForgetAsync(grace.Id, Samples.Note);
        await Store.ForgetAsync(Guid.NewGuid(), Samples.Note);

        var changes = await Store.ReadChangesAsync(0);

        changes.Select(change => change.PersonId).ShouldBe([ada.Id, grace.Id, ada.Id, grace.Id]);
        changes.Select(change => change.Sequence).ShouldBeInOrder();
        changes[^1].Sequence.ShouldBe(await Store.GetSequenceAsync());
        (await Store.ReadChangesAsync(changes[1].Sequence)).ShouldBe(changes.Skip(2));
        (await Store.ReadChangesAsync(changes[^1].Sequence)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadChangesAsync_MoreThanOneCallGives_AreAllToldInSeveralCalls()
    {
        const int People = 1_100;
        for (var i = 0; i < People; i++)
        {
            await EnrollAsync($"E-{i}");
        }

        var told = new List<TemplateChange>();
        var calls = 0;
        for (var more = await Store.ReadChangesAsync(0); more.Count > 0; more = await Store.ReadChangesAsync(told[^1].Sequence))
        {
            told.AddRange(more);
            calls++;
        }

        told.Select(change => change.PersonId).Distinct().Count().ShouldBe(People);
        calls.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task WaitForChangesAsync_ChangeByThisHost_Wakes()
    {
        var wait = Store.WaitForChangesAsync(0);
        await EnrollAsync();

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForChangesAsync_ChangeByAnotherHost_Wakes()
    {
        var other = (await StartHostAsync()).Services.GetRequiredService<IEncodingStore>();
        var wait = Store.WaitForChangesAsync(0);
        await Task.Delay(50); // Let it find nothing first.

        var receipt = await other.EnrollAsync(Samples.Enrollment("E-1"));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
        (await Store.ReadChangesAsync(0)).ShouldHaveSingleItem().PersonId.ShouldBe(receipt.Person.Id);
    }

    [Fact]
    public async Task WaitForChangesAsync_BehindAlready_ReturnsAtOnce()
    {
        await EnrollAsync();

        await Store.WaitForChangesAsync(0).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForChangesAsync_Cancelled_EndsTheWait()
    {
        using var source = new CancellationTokenSource();
        var wait = Store.WaitForChangesAsync(0, source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Overwrites a template's encoding, in the database of this test, with bytes that are none.</summary>
    protected abstract Task DamageTemplateAsync(Guid templateId);
}
