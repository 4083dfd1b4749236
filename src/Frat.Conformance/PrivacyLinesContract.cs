using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>What the design promises about privacy, as far as a store keeps it: each test is named after the line.</summary>
public abstract class PrivacyLinesContract : StorageContract
{
    private IAuditTrail Audit => GetService<IAuditTrail>();

    [Fact]
    public async Task Line1_EnrollmentWithoutConsentInForce_IsRefusedAndStoresNothing()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var consent in new[]
        {
            null, Samples.Consent() with { ExpiresAt = now.AddMinutes(-1) }, Samples.Consent() with { GivenAt = now.AddDays(1) }
        })
        {
            await Should.ThrowAsync<ConsentRequiredException>(
                () => People.EnrollAsync(Samples.Enrollment("E-1") with { Consent = consent }));
        }

        await Should.ThrowAsync<ArgumentException>(
            () => People.EnrollAsync(Samples.Enrollment("E-1") with { Consent = Samples.Consent() with { TextVersion = "" } }));
        await Should.ThrowAsync<ArgumentException>(
            () => People.EnrollAsync(Samples.Enrollment("E-1") with { Consent = Samples.Consent() with { RecordedBy = Actor.User(" ") } }));
        (await People.FindAsync("E-1")).ShouldBeNull();
        (await ReadAsync(Audit.ReadAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Line1_Consent_KeepsVersionPurposeTermWhoAndWhen()
    {
        var consent = Samples.Consent();
        var ada = (await People.EnrollAsync(Samples.Enrollment("E-1") with { Consent = consent })).Person;

        (await Consents.ListAsync(ada.Id)).ShouldBe([consent]);
    }

    [Fact]
    public async Task Line1_TemplatesForSomebodyWithoutConsentInForce_AreRefused()
    {
        var nobody = Samples.Enrollment("E-1") with { Templates = [], Consent = null };
        var ada = (await People.EnrollAsync(nobody)).Person;
        NewTemplate[] templates = [new() { Encoding = Samples.Encoding(1) }];

        await Should.ThrowAsync<ConsentRequiredException>(() => Encodings.AddAsync(ada.Id, templates, Samples.Note));
        (await Encodings.ListAsync(ada.Id)).ShouldBeEmpty();

        (await Consents.RecordAsync(ada.Id, Samples.Consent(), Samples.Note)).ShouldBeTrue();
        (await Encodings.AddAsync(ada.Id, templates, Samples.Note)).ShouldNotBeNull().ShouldHaveSingleItem().CreatedBy.ShouldBe(
            Samples.Note.By);
        (await Encodings.AddAsync(Guid.NewGuid(), templates, Samples.Note)).ShouldBeNull();
        (await Consents.RecordAsync(Guid.NewGuid(), Samples.Consent(), Samples.Note)).ShouldBeFalse();
    }

    [Fact]
    public async Task Line2_Revoking_WithdrawsTheConsentDeletesTheTemplatesAndTellsOtherHosts()
    {
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        var other = (await StartHostAsync()).Services.GetRequiredService<IEncodingStore>();
        var sequence = await other.GetSequenceAsync();

        (await Consents.RevokeAsync(ada.Id, Samples.Note)).ShouldBeTrue();

        await other.WaitForChangesAsync(sequence).WaitAsync(TimeSpan.FromSeconds(30));
        (await other.ListChangesAsync(sequence)).ShouldHaveSingleItem().PersonId.ShouldBe(ada.Id);
        (await ReadAsync(other.ReadAsync(Samples.EncoderId, ada.Id))).ShouldBeEmpty();
        var consent = (await Consents.ListAsync(ada.Id)).ShouldHaveSingleItem();
        consent.WithdrawnAt.ShouldNotBeNull();
        consent.WithdrawnBy.ShouldBe(Samples.Note.By);
        await Should.ThrowAsync<ConsentRequiredException>(
            () => Encodings.AddAsync(ada.Id, [new NewTemplate { Encoding = Samples.Encoding(1) }], Samples.Note));
    }

    [Fact]
    public async Task Line2_Deactivating_HidesTheTemplatesUntilThePersonIsActiveAgain()
    {
        var ada = await EnrollAsync();
        var sequence = await Encodings.GetSequenceAsync();

        (await People.SetActiveAsync(ada.Id, active: false, Samples.Note)).ShouldBeTrue();
        (await People.SetActiveAsync(ada.Id, active: false, Samples.Note)).ShouldBeTrue();

        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldBeEmpty();
        (await Encodings.ListChangesAsync(sequence)).ShouldHaveSingleItem();
        (await People.FindAsync(ada.Id)).ShouldBe(ada with { IsActive = false });
        (await Encodings.ListAsync(ada.Id)).ShouldHaveSingleItem();
        (await People.SetActiveAsync(ada.Id, active: true, Samples.Note)).ShouldBeTrue();
        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId))).ShouldHaveSingleItem().Person.ShouldBe(ada);
        (await People.SetActiveAsync(Guid.NewGuid(), active: true, Samples.Note)).ShouldBeFalse();
    }

    [Fact]
    public async Task Line5_TemplatesAsTheyAreListed_HaveEverythingButTheEncoding()
    {
        var quality = new FaceQuality
        {
            EyeDistance = 61.5f, Sharpness = 0.4f, Brightness = 0.5f, Contrast = 0.2f, Clipped = 0.01f, Roll = -3, Yaw = 4.5f, Pitch = 10,
        };
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1));

        var added = await Encodings.AddAsync(
            ada.Id,
            [new() { Encoding = Samples.Encoding(2, "another"), Quality = quality }, new() { Encoding = Samples.Encoding(3, "another") }],
            Samples.Note);

        var listed = await Encodings.ListAsync(ada.Id);
        listed.Select(template => template.EncoderId).ShouldBe([Samples.EncoderId, "another", "another"]);
        listed.Skip(1).ShouldBe(added);
        listed[1].Quality.ShouldBe(quality);
        (await Encodings.DeleteAsync(listed[1].Id, Samples.Note)).ShouldBeTrue();
        (await Encodings.DeleteAsync(listed[1].Id, Samples.Note)).ShouldBeFalse();
        (await ReadAsync(Encodings.ReadAsync("another", ada.Id))).ShouldHaveSingleItem().Encoding.ShouldBe(
            Samples.Encoding(3, "another"));
    }

    [Fact]
    public async Task Line6_Forgetting_LeavesThePseudonymInTheAuditTrailAndNothingElse()
    {
        var ada = await EnrollAsync("E-1", "Ada Lovelace", Samples.Encoding(1), Samples.Encoding(2));

        (await People.ForgetAsync(ada.Id, Samples.Note)).ShouldBeTrue();

        (await People.FindAsync(ada.Id)).ShouldBeNull();
        (await Consents.ListAsync(ada.Id)).ShouldBeEmpty();
        (await Encodings.ListAsync(ada.Id)).ShouldBeEmpty();
        var entries = await ReadAsync(Audit.ReadAsync(personId: ada.Id));
        entries[^1].Action.ShouldBe(AuditActions.PersonForgotten);
        entries.SelectMany(entry => new[] { entry.Old, entry.New, entry.Reason }).ShouldAllBe(
            text => text == null || !text.Contains("Ada") && !text.Contains("E-1"));
    }

    [Fact]
    public async Task Line7_EveryChange_IsInTheAuditTrailWithWhoWhenWhatAndWhy()
    {
        var ada = await EnrollAsync("E-1", "Ada", Samples.Encoding(1));
        var duplicate = new AcceptedDuplicate { PersonId = ada.Id, Note = new() { By = Actor.User("HR"), Reason = "They are twins." } };
        var twin = (await People.EnrollAsync(Samples.Enrollment("E-2") with { AcceptedDuplicate = duplicate })).Person;
        await People.SetActiveAsync(ada.Id, active: false, Samples.Note);
        await Consents.RevokeAsync(ada.Id, Samples.Note);
        var own = await Audit.AppendAsync(new AuditEvent { Action = AuditActions.PersonExported, PersonId = ada.Id, Note = Samples.Note });

        var entries = await ReadAsync(Audit.ReadAsync(personId: ada.Id));

        entries.Select(entry => entry.Action).ShouldBe(
        [
            AuditActions.PersonEnrolled, AuditActions.ConsentRecorded, AuditActions.TemplateAdded, AuditActions.PersonDeactivated,
            AuditActions.ConsentWithdrawn,
            AuditActions.TemplateDeleted, AuditActions.PersonExported,
        ]);
        entries.ShouldAllBe(entry => entry.By == Samples.Note.By
            && entry.Reason == Samples.Note.Reason
            && entry.At > TimeProvider.System.GetUtcNow().AddHours(-1));
        entries.Select(entry => entry.Sequence).ShouldBeInOrder();
        entries[3].ShouldSatisfyAllConditions(entry => entry.Old.ShouldBe("active"), entry => entry.New.ShouldBe("inactive"));
        entries[^1].ShouldBe(own);
        var accepted = (await ReadAsync(Audit.ReadAsync(personId: twin.Id))).Single(
            entry => entry.Action == AuditActions.DuplicateAccepted);
        (accepted.New, accepted.Reason).ShouldBe(($"person {ada.Id}", "They are twins."));
        (await ReadAsync(Audit.ReadAsync(from: own.At, until: own.At))).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentException>(() => Consents.RevokeAsync(ada.Id, new AuditNote { By = Actor.User(" ") }));
        await Should.ThrowAsync<ArgumentException>(() => People.EnrollAsync(
            Samples.Enrollment("E-3") with { AcceptedDuplicate = duplicate with { Note = new AuditNote { By = Actor.User("HR") } } }));
    }

    [Fact]
    public async Task Line11_OnePersonsTemplates_AreFoundByEmployeeId()
    {
        await EnrollAsync("E-1", "Ada", Samples.Encoding(1), Samples.Encoding(2));
        await EnrollAsync("E-2", "Grace", Samples.Encoding(3));

        var ada = (await People.FindAsync("E-1")).ShouldNotBeNull();

        (await ReadAsync(Encodings.ReadAsync(Samples.EncoderId, ada.Id))).Select(template => template.Encoding).ShouldBe(
            [Samples.Encoding(1), Samples.Encoding(2)], ignoreOrder: true);
    }
}
