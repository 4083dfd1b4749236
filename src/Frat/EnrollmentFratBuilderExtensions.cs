using Frat;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what enrolment does beside.</summary>
public static class EnrollmentFratBuilderExtensions
{
    /// <summary>
    /// Makes templates of a second encoder as well, of whoever is enrolled or gets photos from now on, so that a site can change to it
    /// without asking everybody again. Faces are still found, judged and compared by the <see cref="IFaceEncoder"/> alone. Where the second
    /// one doesn't find the face, or takes a person's photos for two people, the enrolment stands without its templates, and the log says
    /// so.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="encoder">Gives the second encoder, once. The container doesn't dispose it for this.</param>
    /// <returns>The same builder. The first call counts.</returns>
    public static FratBuilder AlsoEncodeWith(this FratBuilder builder, Func<IServiceProvider, IFaceEncoder> encoder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(encoder);
        builder.Services.TryAddSingleton(provider =>
        {
            var second = encoder(provider);
            return second.Info.Id != provider.GetRequiredService<IFaceEncoder>().Info.Id
                ? new SecondEncoder(second)
                : throw new InvalidOperationException($"The second encoder is the first one, '{second.Info.Id}'.");
        });
        return builder;
    }
}
