using Frat.WebHost.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Pins;

/// <summary>PINs on the host's own SQLite database, with a clock that a test moves.</summary>
public sealed class PinsTests(SignInHost host) : IClassFixture<SignInHost>
{
    private const string Pin = "730164";
    private static readonly AuditNote Note = new() { By = Actor.User("test"), Reason = "test" };

    private WebHost.Pins Pins => host.Services.GetRequiredService<WebHost.Pins>();

    private IPersonStore People => host.Services.GetRequiredService<IPersonStore>();

    [Fact]
    public async Task Verify_TheRightPin_SaysWhoItIs()
    {
        var person = await AddAsync("V-1", Pin);

        var result = await Pins.VerifyAsync(" V-1 ", Pin, "door V-1");

        (result.Outcome, result.Person?.Id).ShouldBe((PinOutcome.Right, person.Id));
    }

    [Fact]
    public async Task Verify_WrongUnknownAndWithoutAPin_AreOneAnswer()
    {
        await AddAsync("W-1", Pin);
        await AddAsync("W-2", null);

        foreach (var (id, pin) in ((string?, string?)[])
        [
            ("W-1", "730165"), ("W-1", null), ("W-1", new string('7', 100_000)),
            ("W-2", Pin), ("W-3", Pin), ("", Pin), (new string('x', 5000), Pin),
        ])
        {
            var result = await Pins.VerifyAsync(id, pin, "door " + Guid.NewGuid());
            (result.Outcome, result.Person, result.Until).ShouldBe((PinOutcome.Wrong, null, null), $"{id?.Length} {pin?.Length}");
        }
    }

    [Fact]
    public async Task Verify_SomebodyWhoIsNotActive_IsSaidOnlyToWhomHasThePin()
    {
        var person = await AddAsync("A-1", Pin);
        await People.SetActiveAsync(person.Id, active: false, Note);

        (await Pins.VerifyAsync("A-1", "730165", "door A-1")).Outcome.ShouldBe(PinOutcome.Wrong);
        (await Pins.VerifyAsync("A-1", Pin, "door A-1")).Outcome.ShouldBe(PinOutcome.NotActive);
    }

    [Theory]
    [InlineData("L-1", true)]
    [InlineData("L-2", false)]
    public async Task Verify_FiveWrongOnesOfAnId_LockItForFiveMinutesWhetherItIsSomebodysOrNot(string id, bool exists)
    {
        if (exists)
        {
            await AddAsync(id, Pin);
        }

        var outcomes = new List<PinOutcome>();
        for (var i = 0; i < PinTries.Free; i++)
        {
            outcomes.Add((await Pins.VerifyAsync(id, "730165", $"door {id} {i}")).Outcome);
        }

        outcomes.ShouldBe([PinOutcome.Wrong, PinOutcome.Wrong, PinOutcome.Wrong, PinOutcome.Wrong, PinOutcome.Locked]);
        var locked = await Pins.VerifyAsync(id, Pin, "another door of " + id);
        (locked.Outcome, locked.Until).ShouldBe((PinOutcome.Locked, host.Clock.GetUtcNow() + PinTries.Lock));
        host.Clock.Advance(PinTries.Lock);
        (await Pins.VerifyAsync(id, Pin, "another door of " + id)).Outcome.ShouldBe(exists ? PinOutcome.Right : PinOutcome.Wrong);
        (await Pins.VerifyAsync(id, "730165", "another door of " + id)).Outcome.ShouldBe(PinOutcome.Wrong, "the count began anew");
    }

    [Fact]
    public async Task Verify_FiveWrongOnesAtADevice_LockItForOthersToo_AndALockedPersonDoesNot()
    {
        await AddAsync("D-1", Pin);
        for (var i = 0; i < 20; i++)
        {
            await Pins.VerifyAsync("D-2", "730165", "other door");
        }

        (await Pins.VerifyAsync("D-1", Pin, "other door")).Outcome.ShouldBe(PinOutcome.Locked, "five of the twenty were compared there");
        for (var i = 0; i < 20; i++)
        {
            await Pins.VerifyAsync("D-2", "730165", "third door");
        }

        (await Pins.VerifyAsync("D-1", Pin, "third door")).Outcome.ShouldBe(PinOutcome.Right, "nothing was compared there");
    }

    [Fact]
    public async Task Verify_ABurst_ComparesNoMoreThanFive()
    {
        var person = await AddAsync("B-1", Pin);

        // The right one is among them: were they all compared, it would be found.
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            Task.Run(() => Pins.VerifyAsync("B-1", $"73{i:0000}", $"door B {i}"))));

        results.Count(result => result.Outcome is PinOutcome.Wrong or PinOutcome.Right).ShouldBeLessThan(PinTries.Free);
        (await Pins.StateOfAsync(person.Id)).ShouldNotBeNull().LockedUntil.ShouldNotBeNull();
        (await ActionsAsync(person)).Count(action => action == WebHost.Pins.Locked).ShouldBe(1);
    }

    [Fact]
    public async Task Set_Changed_Unlocked_Removed_EachHasItsEntryWithoutThePin()
    {
        var person = await AddAsync("S-1", Pin);
        await Pins.SetAsync(person, "258036", Note);
        (await Pins.VerifyAsync("S-1", Pin, "door S")).Outcome.ShouldBe(PinOutcome.Wrong);
        (await Pins.VerifyAsync("S-1", "258036", "door S")).Outcome.ShouldBe(PinOutcome.Right);
        (await Pins.UnlockAsync(person.Id, Note)).ShouldBeFalse("it wasn't locked");
        for (var i = 0; i < PinTries.Free; i++)
        {
            await Pins.VerifyAsync("S-1", "730165", $"door S {i}");
        }

        (await Pins.UnlockAsync(person.Id, Note)).ShouldBeTrue();
        (await Pins.VerifyAsync("S-1", "258036", "door S")).Outcome.ShouldBe(PinOutcome.Right);
        (await Pins.RemoveAsync(person.Id, Note)).ShouldBeTrue();
        (await Pins.RemoveAsync(person.Id, Note)).ShouldBeFalse();
        (await Pins.StateOfAsync(person.Id)).ShouldBeNull();

        (await ActionsAsync(person)).ShouldBe(
        [
            AuditActions.PersonEnrolled, WebHost.Pins.Set, WebHost.Pins.Set, WebHost.Pins.Locked, WebHost.Pins.Unlocked,
            WebHost.Pins.Removed,
        ]);
        await foreach (var entry in host.Services.GetRequiredService<IAuditTrail>().ReadAsync(personId: person.Id))
        {
            $"{entry.Old} {entry.New} {entry.Reason}".ShouldNotContain("258036");
        }
    }

    [Fact]
    public async Task Set_Trivial_IsRefusedAndTheOneBeforeStays()
    {
        var person = await AddAsync("T-1", Pin);

        (await Pins.SetAsync(person, "1234", Note)).ShouldBe(PinRefusal.TooSimple);
        (await Pins.VerifyAsync("T-1", Pin, "door T")).Outcome.ShouldBe(PinOutcome.Right);
    }

    [Fact]
    public async Task Set_AtOnce_OneOfThemHolds()
    {
        var person = await AddAsync("C-1", null);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => Pins.SetAsync(person, $"73016{i}", Note))));

        refusals.ShouldAllBe(refusal => refusal == null);
        (await Pins.StateOfAsync(person.Id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Forget_APersonWithAPin_DeletesThePin_AndNobodyCanBeGivenOneAfterwards()
    {
        var person = await AddAsync("F-1", Pin);

        (await People.ForgetAsync(person.Id, Note)).ShouldBeTrue();

        using var scope = host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<HostContext>().Pins.CountAsync(pin => pin.PersonId == person.Id)).ShouldBe(0);
        (await Pins.VerifyAsync("F-1", Pin, "door F")).Outcome.ShouldBe(PinOutcome.Wrong);
        (await Pins.SetAsync(person, Pin, Note)).ShouldBe(PinRefusal.NoSuchPerson);
    }

    private async Task<Person> AddAsync(string employeeId, string? pin)
    {
        var receipt = await People.EnrollAsync(
            new Enrollment { EmployeeId = employeeId, Name = "Ada", Templates = [], Consent = null, Note = Note });
        if (pin is not null)
        {
            (await Pins.SetAsync(receipt.Person, pin, Note)).ShouldBeNull();
        }

        return receipt.Person;
    }

    private async Task<List<string>> ActionsAsync(Person person)
    {
        var actions = new List<string>();
        await foreach (var entry in host.Services.GetRequiredService<IAuditTrail>().ReadAsync(personId: person.Id))
        {
            actions.Add(entry.Action);
        }

        return actions;
    }
}
