using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What <see cref="IEncodingStore"/> promises, whatever the database.</summary>
public abstract class EncodingStoreContract : StorageContract
{
    [Fact]
    public async Task ReadAsync_SeveralEncodersAndPeople_GivesWhatWasAskedForToTheBit()
    {
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        var grace = await EnrollAsync("E-2", "Grace", Samples.Encoding(3));
        await EnrollAsync("E-3", "Edsger", Samples.Encoding(4, "another"));

        var all = await ReadAsync(Encodings.ReadAsync(Samples.EncoderId));
        all.Select(template => (template.Person, template.Encoding)).ShouldBe(
            [(ada, Samples.Encoding(1)), (ada, Samples.Encoding(2)), (grace, Samples.Encoding(3))], ignoreOrder: true);
        all.Select(template => template.Id).Distinct().Count().ShouldBe(3);
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId, ada.Id))).Count.ShouldBe(2);
        (await ReadAsync(Encodings.ReadAsync("another", ada.Id))).ShouldBeEmpty();
        (await ReadAsync(Encodings.ReadAsync("unheard of"))).ShouldBeEmpty();
    }

    // Templates of one encoder are read together, whichever way they were made; but it can be told.
    [Fact]
    public async Task AddAsync_TemplatesMadeInSeveralWays_AreToldApartAndReadTogether()
    {
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1));
        var quality = new FaceQuality
        {
            EyeDistance = 51.5f, Sharpness = 0.02f, Brightness = 0.5f, Contrast = 0.1f, Clipped = 0, Roll = -1, Yaw = 2, Pitch = 3,
        };

        var added = await Encodings.AddAsync(
            ada.Id,
            [
                new NewTemplate { Encoding = Samples.Encoding(2), Way = "mirrored+jitter10", Quality = quality },
                new NewTemplate { Encoding = Samples.Encoding(3), Way = "plain" },
            ],
            Samples.Note);

        added!.Select(template => template.Way).ShouldBe(["mirrored+jitter10", "plain"]);
        (await Encodings.ListAsync(ada.Id)).Select(template => (template.Way, template.Quality))
            .ShouldBe([(null, null), ("mirrored+jitter10", quality), ("plain", null)], ignoreOrder: true);
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId, ada.Id))).Count.ShouldBe(3);
        foreach (var wrong in new[] { "", "a b", "ä", new string('w', FaceEncoderInfo.MaxWayLength + 1) })
        {
            await Should.ThrowAsync<ArgumentException>(
                () => Encodings.AddAsync(ada.Id, [new NewTemplate { Encoding = Samples.Encoding(4), Way = wrong }], Samples.Note));
        }
    }

    [Fact]
    public async Task ReadAsync_OneDamagedTemplate_StopsNobodyElse()
    {
        await EnrollAsync("E-1", "Ada", Samples.Encoding(1));
        await EnrollAsync("E-2", "Grace", Samples.Encoding(2));
        var damaged = (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).Single(template => template.Person.EmployeeId == "E-1");

        await DamageTemplateAsync(damaged.Id);

        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldHaveSingleItem().Person.EmployeeId.ShouldBe("E-2");
    }

    [Fact]
    public async Task ReadAsync_CancelledInTheMiddle_EndsTheStream()
    {
        await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        using var source = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var template in Encodings.ReadAsync(Samples.EncoderId, cancellationToken: source.Token))
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

        (await Consents.RevokeAsync(ada.Id, Samples.Note)).ShouldBeTrue();

        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldBeEmpty();
        (await People.FindAsync("E-1")).ShouldBe(ada);
        (await ReadAsync(Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday))).Count.ShouldBe(1);
        (await Consents.RevokeAsync(ada.Id, Samples.Note)).ShouldBeFalse();
        (await Consents.RevokeAsync(Guid.NewGuid(), Samples.Note)).ShouldBeFalse();
    }

    [Fact]
    public async Task ListChangesAsync_EveryKindOfChange_IsToldInOrder()
    {
        (await Encodings.GetSequenceAsync()).ShouldBe(0);
        var ada = await EnrollAsync("E-1");
        var grace = await EnrollAsync("E-2");
        await Consents.RevokeAsync(ada.Id, Samples.Note);
        await People.ForgetAsync(grace.Id, Samples.Note);
        await People.ForgetAsync(Guid.NewGuid(), Samples.Note);

        var changes = await Encodings.ListChangesAsync(0);

        changes.Select(change => change.PersonId).ShouldBe([ada.Id, grace.Id, ada.Id, grace.Id]);
        changes.Select(change => change.Sequence).ShouldBeInOrder();
        changes[^1].Sequence.ShouldBe(await Encodings.GetSequenceAsync());
        (await Encodings.ListChangesAsync(changes[1].Sequence)).ShouldBe(changes.Skip(2));
        (await Encodings.ListChangesAsync(changes[^1].Sequence)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListChangesAsync_MoreThanOneCallGives_AreAllToldInSeveralCalls()
    {
        const int People = 1_100;
        for (var i = 0; i < People; i++)
        {
            await EnrollAsync($"E-{i}");
        }

        var told = new List<TemplateChange>();
        var calls = 0;
        for (var more = await Encodings.ListChangesAsync(0); more.Count > 0; more = await Encodings.ListChangesAsync(told[^1].Sequence))
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
        var wait = Encodings.WaitForChangesAsync(0);
        await EnrollAsync();

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForChangesAsync_ChangeByAnotherHost_Wakes()
    {
        var other = (await StartHostAsync()).Services.GetRequiredService<IPersonStore>();
        var wait = Encodings.WaitForChangesAsync(0);
        await Task.Delay(50); // Let it find nothing first.

        var receipt = await other.EnrollAsync(Samples.Enrollment("E-1"));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
        (await Encodings.ListChangesAsync(0)).ShouldHaveSingleItem().PersonId.ShouldBe(receipt.Person.Id);
    }

    [Fact]
    public async Task WaitForChangesAsync_BehindAlready_ReturnsAtOnce()
    {
        await EnrollAsync();

        await Encodings.WaitForChangesAsync(0).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForChangesAsync_Cancelled_EndsTheWait()
    {
        using var source = new CancellationTokenSource();
        var wait = Encodings.WaitForChangesAsync(0, source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Overwrites a template's encoding, in the database of this test, with bytes that are none.</summary>
    protected abstract Task DamageTemplateAsync(Guid templateId);
}
