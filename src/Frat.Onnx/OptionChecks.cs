using Microsoft.Extensions.Options;

namespace Frat.Onnx;

/// <summary>Checks options that no service container checked.</summary>
internal static class OptionChecks
{
    /// <exception cref="OptionsValidationException">A value is out of its range.</exception>
    public static void Check<T>(IValidateOptions<T> validator, T options)
        where T : class
    {
        if (validator.Validate(null, options) is { Failed: true } result)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(T), result.Failures);
        }
    }
}

// Written by the compiler from the attributes of the options: no reflection, so that trimmed programs validate, too.
[OptionsValidator]
internal sealed partial class OnnxEmbedderOptionsValidator : IValidateOptions<OnnxEmbedderOptions>;

/// <inheritdoc cref="OnnxEmbedderOptionsValidator"/>
[OptionsValidator]
internal sealed partial class YuNetOptionsValidator : IValidateOptions<YuNetOptions>;
