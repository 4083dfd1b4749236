using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>Encrypts and decrypts the stored templates. Thread-safe.</summary>
internal sealed class TemplateVault : IDisposable
{
    public const string MeterName = "Frat.Storage";

    private readonly ITemplateKeyProvider _keys;
    private readonly ILogger<TemplateVault> _logger;
    private readonly Meter? _own;
    private readonly Counter<long> _unreadable;

    /// <param name="keys">Where the keys are.</param>
    /// <param name="logger">What can't be read is told there.</param>
    /// <param name="meters">Where the meter belongs; without, it is one of its own.</param>
    public TemplateVault(ITemplateKeyProvider keys, ILogger<TemplateVault> logger, IMeterFactory? meters = null)
    {
        (_keys, _logger) = (keys, logger);
        var meter = meters?.Create(MeterName) ?? (_own = new Meter(MeterName));
        _unreadable = meter.CreateCounter<long>("frat.templates.unreadable", "{template}", "Templates that were passed over because they can't be decrypted or read.");
    }

    /// <summary>The keys. Where they are to be in a file of FRAT's own that is missing, it is made, unless templates are encrypted already.</summary>
    /// <exception cref="TemplateKeyException">There are none.</exception>
    public async ValueTask<TemplateKeyRing> GetKeysAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        if (_keys is TemplateKeySource { CanCreate: true } source
            && !await context.Templates.AnyAsync(template => template.KeyId != null, cancellationToken).ConfigureAwait(false))
        {
            source.Create();
        }

        return await _keys.GetKeysAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A reader for one stream of templates, which is part of an operation of the contract.</summary>
    public Reader OpenReader(string operation) => new(this, operation);

    public void Dispose() => _own?.Dispose();

    /// <summary>Reads templates one after the other. Not thread-safe.</summary>
    internal sealed class Reader(TemplateVault vault, string operation) : IDisposable
    {
        private TemplateKeyRing? _ring;
        private TemplateCipher? _cipher;

        /// <summary>Reads a template; one that can't be read must not stop anybody else.</summary>
        /// <returns>The encoding; null when it can't be read, which is logged and counted.</returns>
        /// <exception cref="EncodingStoreException">There are no keys at all.</exception>
        public async ValueTask<FaceEncoding?> ReadAsync(TemplateRow row, CancellationToken cancellationToken)
        {
            try
            {
                return FaceEncoding.FromBytes(row.EncoderId, await OpenAsync(row, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                vault._unreadable.Add(1);
                Log.TemplateUnreadable(vault._logger, row.Id, row.PersonId, exception);
                return null;
            }
        }

        /// <summary>Decrypts a template.</summary>
        /// <returns>The bytes of the encoding.</returns>
        /// <exception cref="CryptographicException">It can't be decrypted.</exception>
        /// <exception cref="EncodingStoreException">There are no keys at all.</exception>
        public async ValueTask<byte[]> OpenAsync(TemplateRow row, CancellationToken cancellationToken)
        {
            if (row.KeyId is null)
            {
                return row.Encoding; // An older version stored it; the next start of a host encrypts it.
            }

            var keyId = TemplateCipher.ReadKeyId(row.Encoding);
            if (_cipher?.KeyId != keyId)
            {
                _ring ??= await GetKeysAsync(null, cancellationToken).ConfigureAwait(false);
                if (_ring.Find(keyId) is null)
                {
                    _ring = await GetKeysAsync(keyId, cancellationToken).ConfigureAwait(false);
                }

                var key = _ring.Find(keyId) ?? throw new CryptographicException($"The key {keyId} is not in the key ring.");
                _cipher?.Dispose();
                _cipher = new TemplateCipher(key);
            }

            return _cipher.Decrypt(row.Place, row.Encoding);
        }

        public void Dispose() => _cipher?.Dispose();

        // Templates stream outside of what FratDatabase translates.
        private async ValueTask<TemplateKeyRing> GetKeysAsync(string? unknownKeyId, CancellationToken cancellationToken)
        {
            try
            {
                return await vault._keys.GetKeysAsync(unknownKeyId, cancellationToken).ConfigureAwait(false);
            }
            catch (TemplateKeyException exception)
            {
                throw FratDatabase.Translate(operation, exception);
            }
        }
    }
}
