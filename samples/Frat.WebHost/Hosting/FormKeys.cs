using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Frat.WebHost;

/// <summary>
/// The keys of forms and cookies, derived from the keys of the templates (HKDF), which all hosts of one database share: a page of one host
/// can be sent to another one, and nothing has to be stored for it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FormKeys(ITemplateKeyProvider templates, TimeProvider time, ILoggerFactory loggers) : IKeyManager
{
    // Another host looks for new keys this often; so long, a new one is only read with.
    private static readonly TimeSpan Propagation = TimeSpan.FromMinutes(1);

    private readonly AuthenticatedEncryptorFactory _encryptors = new(loggers);

    public IReadOnlyCollection<IKey> GetAllKeys()
    {
        var ring = templates.GetKeysAsync().AsTask().GetAwaiter().GetResult(); // The framework asks like this, once a minute at most.
        return [.. ring.Keys.Select((key, order) => new DerivedKey(key, ActivationOf(key, order, ring.Keys.Count), _encryptors))];
    }

    public CancellationToken GetCacheExpirationToken() => new CancellationTokenSource(Propagation, time).Token;

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => throw Derived();

    public void RevokeKey(Guid keyId, string? reason = null) => throw Derived();

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => throw Derived();

    private static NotSupportedException Derived() => new("The keys of forms come from the keys of the templates: rotate those.");

    // The latest that has begun is written with. Keys of FRAT_KEYS have no date, but an order.
    private static DateTimeOffset ActivationOf(TemplateKey key, int order, int count) =>
        count > 1 && key.CreatedAt > DateTimeOffset.UnixEpoch
            ? key.CreatedAt + (2 * Propagation)
            : DateTimeOffset.UnixEpoch.AddSeconds(order);

    private sealed class DerivedKey(TemplateKey key, DateTimeOffset activation, AuthenticatedEncryptorFactory encryptors) : IKey
    {
        private const int SecretBytes = 64;
        private const int IdBytes = 16;

        public Guid KeyId { get; } = new(Derive(key, "FRAT web forms, key id, form 1"u8, IdBytes));

        public DateTimeOffset CreationDate => activation;

        public DateTimeOffset ActivationDate => activation;

        public DateTimeOffset ExpirationDate => DateTimeOffset.MaxValue;

        public bool IsRevoked => false;

        public IAuthenticatedEncryptorDescriptor Descriptor { get; } = new AuthenticatedEncryptorDescriptor(
            new AuthenticatedEncryptorConfiguration(), new Secret(Derive(key, "FRAT web forms, form 1"u8, SecretBytes)));

        public IAuthenticatedEncryptor? CreateEncryptor() => encryptors.CreateEncryptorInstance(this);

        private static byte[] Derive(TemplateKey key, ReadOnlySpan<byte> purpose, int length)
        {
            var derived = new byte[length];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret, derived, salt: [], purpose);
            return derived;
        }
    }
}

/// <summary>What protects the host's forms.</summary>
internal static class Forms
{
    public static void AddForms(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IKeyManager, FormKeys>(); // Before data protection, which keeps who is there.
        builder.Services.Configure<KeyManagementOptions>(keys => keys.AutoGenerateKeys = false);
        builder.Services.AddDataProtection().SetApplicationName("FRAT"); // By default it is the folder, which two hosts need not share.
    }
}
