using Microsoft.Extensions.Options;

namespace Frat;

// Written by the compiler from the attributes of the options: no reflection, so that trimmed programs validate, too.

[OptionsValidator]
internal sealed partial class FratOptionsRanges : IValidateOptions<FratOptions>;

[OptionsValidator]
internal sealed partial class ConsentOptionsValidator : IValidateOptions<ConsentOptions>;

[OptionsValidator]
internal sealed partial class ImageDecoderOptionsValidator : IValidateOptions<ImageDecoderOptions>;

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
