using Frat.TestKit;

namespace Frat.Dlib.Tests;

public sealed class ReducedProcessorTests : ReducedProcessorContract
{
    // What has a path of its own for vectors, and the encoder held to dlib's numbers.
    private const string VectorTests =
        "FullyQualifiedName~GradientsTests|FullyQualifiedName~FilterPassesTests|FullyQualifiedName~BilinearResizerTests"
        + "|FullyQualifiedName~RowConversionTests"
        + "|FullyQualifiedName~ConvolutionTests|FullyQualifiedName~DotKernelTests|FullyQualifiedName~Encode_JohnsAsChips";

    // Both detectors: without any vectors they take minutes.
    private const string ParityTests =
        "|FullyQualifiedName~Tests.Detection.Fhog.|FullyQualifiedName~FaceChipTests|FullyQualifiedName~ChipQualityTests"
        + "|FullyQualifiedName~Detect_Faces_FindsWhatDlibFinds";

    protected override string TestsFor(string kind) => kind == ReducedProcessor.Kinds[0] ? VectorTests : VectorTests + ParityTests;
}
