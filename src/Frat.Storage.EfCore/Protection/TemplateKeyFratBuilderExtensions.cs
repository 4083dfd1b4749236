using Frat;
using Frat.Storage.EfCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says where the keys are that templates are encrypted with.</summary>
public static class TemplateKeyFratBuilderExtensions
{
    /// <summary>
    /// Takes the keys from a file, which is there: <c>frat keys create</c> makes one, or <see cref="TemplateKeyFile"/>. The environment
    /// isn't asked then. An <see cref="ITemplateKeyProvider"/> of the application's own goes before.
    /// </summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="path">The file; a relative path starts at the working folder.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static FratBuilder UseTemplateKeyFile(this FratBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.Replace(ServiceDescriptor.Singleton(new TemplateKeyLocation(Path.GetFullPath(path), IsNamed: true)));
        return builder;
    }

    /// <summary>Takes keys that the application has in memory. They are not rotated while it runs.</summary>
    /// <param name="builder">What <c>AddFrat()</c> returned.</param>
    /// <param name="keys">The keys.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static FratBuilder UseTemplateKeys(this FratBuilder builder, TemplateKeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(keys);
        builder.Services.Replace(ServiceDescriptor.Singleton<ITemplateKeyProvider>(new FixedKeys(keys)));
        return builder;
    }

    private sealed class FixedKeys(TemplateKeyRing ring) : ITemplateKeyProvider
    {
        public ValueTask<TemplateKeyRing> GetKeysAsync(string? unknownKeyId = null, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(ring);
    }
}
