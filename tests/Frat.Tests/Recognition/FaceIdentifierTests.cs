using Frat.TestKit;

namespace Frat.Tests.Recognition;

/// <summary>Who somebody is, without a record.</summary>
public sealed class FaceIdentifierTests
{
    private static readonly IReadOnlyList<string> Savage = DebianPhotos.Johns["John_Savage"];
    private static readonly IReadOnlyList<string> Simm = DebianPhotos.Johns["John_Simm"];

    [Fact]
    public async Task IdentifyAsync_KnownAndUnknownFaces_AreToldAndNothingIsRecorded()
    {
        await using var host = await FratHost.StartAsync();
        (await host.Identifier.IdentifyAsync([Read(Savage[1])])).Outcome.ShouldBe(IdentificationOutcome.Unknown, "nobody is enrolled");
        var savage = (await host.EnrollAsync("7", Savage[0])).Person!;
        await host.EnrollAsync("8", DebianPhotos.Johns["John_Salley"][0]);

        var known = await host.Identifier.IdentifyAsync([Read(Savage[1])]);
        var unknown = await host.Identifier.IdentifyAsync([Read(Simm[0])]);

        (known.Outcome, known.Person).ShouldBe((IdentificationOutcome.Recognized, savage));
        known.Distance.ShouldNotBeNull().ShouldBeLessThan(known.RunnerUpDistance.ShouldNotBeNull());
        (unknown.Outcome, unknown.Person).ShouldBe((IdentificationOutcome.Unknown, null));
        unknown.Distance.ShouldNotBeNull();
        (await host.Get<IAttendanceLog>().ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue).AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task VerifyAsync_OwnFaceAndAnothers_AreToldApartUntilTheConsentIsRevoked()
    {
        await using var host = await FratHost.StartAsync();
        var savage = (await host.EnrollAsync("7", Savage[0], Savage[3])).Person!;

        var own = await host.Identifier.VerifyAsync(savage.Id, [Read(Savage[1])]);
        var other = await host.Identifier.VerifyAsync(savage.Id, [Read(Simm[0])]);

        (own.Outcome, other.Outcome).ShouldBe((VerificationOutcome.Verified, VerificationOutcome.Refused));
        own.Distance!.Value.ShouldBeLessThan(other.Distance!.Value);
        (await host.Identifier.VerifyAsync(savage.Id, [PhotoCanvas.Draw(640, 480, 0)])).Outcome.ShouldBe(VerificationOutcome.NoFace);
        (await host.Identifier.VerifyAsync(savage.Id, [PhotoCanvas.Draw(640, 480, 300, Savage[1], Simm[0])])).Outcome
            .ShouldBe(VerificationOutcome.SeveralFaces);
        (await host.Identifier.VerifyAsync(Guid.NewGuid(), [Read(Savage[1])])).Outcome.ShouldBe(VerificationOutcome.NoTemplate);

        // By the store, beside the service: it holds all the same.
        await host.Get<IConsentStore>().RevokeAsync(savage.Id, FratHost.Note);
        (await host.Identifier.VerifyAsync(savage.Id, [Read(Savage[1])])).ShouldBe(
            new Verification { Outcome = VerificationOutcome.NoTemplate });
    }

    private static FaceImage Read(string photo) => File.ReadAllBytes(photo);
}
