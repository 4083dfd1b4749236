using Microsoft.Extensions.Options;

namespace Frat.Vision;

// Written by the compiler from the attributes of the options: no reflection, so that trimmed programs validate, too.
[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;
