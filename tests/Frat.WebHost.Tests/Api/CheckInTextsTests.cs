using Frat.AspNetCore;

namespace Frat.WebHost.Tests.Api;

public sealed class CheckInTextsTests
{
    [Fact]
    public void Of_EachOutcome_SaysSomethingElseAndWhatToDo()
    {
        Of(IdentificationOutcome.TooFar).ShouldContain("Come closer");
        Of(IdentificationOutcome.FacesDiffer).ShouldContain("alone");

        // Recognized has no words of its own without a receipt.
        Enum.GetValues<IdentificationOutcome>().Select(Of).Distinct().Count()
            .ShouldBe(Enum.GetValues<IdentificationOutcome>().Length - 1);

        static string Of(IdentificationOutcome outcome) => CheckInTexts.Of(new CheckInResult { Outcome = outcome });
    }
}
