using Frat.Testing;

namespace Frat.Dlib.Tests;

/// <summary>The code with vectors, tested again on a processor with fewer of them.</summary>
public sealed class ReducedProcessorTests
{
    // What has a path of its own for vectors, and the encoder held to dlib's numbers; and the first test below, so that the run is known to be
    // what it seems. Not the whole detectors: without any vectors they take minutes.
    private const string VectorTests =
        "FullyQualifiedName~GradientsTests|FullyQualifiedName~FilterPassesTests|FullyQualifiedName~BilinearResizerTests|FullyQualifiedName~RowConversionTests"
        + "|FullyQualifiedName~HalfPyramidTests|FullyQualifiedName~ConvolutionTests|FullyQualifiedName~Encode_JohnsAsChips|FullyQualifiedName~Processor_Reports";

    private const string ParityTests = "|FullyQualifiedName~Tests.Fhog.|FullyQualifiedName~Tests.Chips.|FullyQualifiedName~Detect_Faces_FindsWhatDlibFinds";

    public static TheoryData<string> Kinds => [.. ReducedProcessor.Kinds];

    // In the run that the next test starts, it says which instructions are missing.
    [Fact]
    public void Processor_Reports_WhatItLacks()
    {
        ReducedProcessor.Report();

        // No vectors of 128 bits, no larger ones.
        (ReducedProcessor.IsReduced(ReducedProcessor.Kinds[1]) || !ReducedProcessor.IsReduced(ReducedProcessor.Kinds[0])).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tests_WithoutInstructions_Pass(string kind)
    {
        var tests = kind == ReducedProcessor.Kinds[0] ? VectorTests : VectorTests + ParityTests;
        var (exitCode, output, lacked) = await ReducedProcessor.RunAsync(typeof(ReducedProcessorTests).Assembly.Location, kind, tests);

        exitCode.ShouldBe(0, output);
        lacked.ShouldContain(kind, output);
        // A filter that matches nothing ends with 0 as well.
        output.ShouldContain("Passed!");
    }
}
