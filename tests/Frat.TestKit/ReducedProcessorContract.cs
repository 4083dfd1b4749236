using Shouldly;
using Xunit;

namespace Frat.TestKit;

/// <summary>
/// The code with vectors, tested again on a processor with fewer of them. Compiled into each test project that has such code.
/// </summary>
public abstract class ReducedProcessorContract
{
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
        var filter = $"{TestsFor(kind)}|FullyQualifiedName~{nameof(Processor_Reports_WhatItLacks)}";
        var (exitCode, output, lacked) = await ReducedProcessor.RunAsync(GetType().Assembly.Location, kind, filter);

        exitCode.ShouldBe(0, output);
        lacked.ShouldContain(kind, output);
        // A filter that matches nothing ends with 0 as well.
        output.ShouldContain("Passed!");
    }

    /// <summary>Which tests to run without some instructions, as <c>dotnet test --filter</c> takes it.</summary>
    /// <param name="kind">One of <see cref="ReducedProcessor.Kinds"/>.</param>
    protected abstract string TestsFor(string kind);
}
