using Frat.TestKit;

namespace Frat.Tests;

public sealed class ReducedProcessorTests : ReducedProcessorContract
{
    // What has a path of its own for vectors.
    protected override string TestsFor(string kind) =>
        "FullyQualifiedName~Gallery.Search|FullyQualifiedName~AreaScalerTests"
        + "|FullyQualifiedName~PngPictureTests.Decode_|FullyQualifiedName~DecodeAsync_DebianPhotos";
}
