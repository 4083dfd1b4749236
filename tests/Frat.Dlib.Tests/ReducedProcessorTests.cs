using Frat.Testing;

namespace Frat.Dlib.Tests;

/// <summary>The code with vectors, tested again on a processor with fewer of them.</summary>
public sealed class ReducedProcessorTests
{
    // What has a path of its own for vectors; and the first test below, so that the run is known to be what it seems.
    private const string VectorTests =
        "FullyQualifiedName~Tests.Fhog.|FullyQualifiedName~Tests.Chips.|FullyQualifiedName~RowConversionTests|FullyQualifiedName~ConvolutionTests"
        + "|FullyQualifiedName~Processor_WithASetting";

    public static TheoryData<string> Kinds => [.. ReducedProcessor.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Processor_WithASetting_LacksTheInstructions(string kind) => (!ReducedProcessor.Lacks(kind) || ReducedProcessor.IsReduced(kind)).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tests_WithoutInstructions_Pass(string kind)
    {
        var (exitCode, output) = await ReducedProcessor.RunAsync(typeof(ReducedProcessorTests).Assembly.Location, kind, VectorTests);

        exitCode.ShouldBe(0, output);
        // A filter that matches nothing ends with 0 as well.
        output.ShouldContain("Passed!");
    }
}
