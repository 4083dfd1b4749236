using Frat.Conformance;
using Microsoft.Extensions.Options;

namespace Frat.Imaging;

public sealed class SkiaImageDecoderContractTests : ImageDecoderContract
{
    protected override IImageDecoder Create() => new SkiaImageDecoder(Options.Create(new ImageDecoderOptions()));
}
