using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>Encrypts and decrypts the stored templates, and knows the keys. Thread-safe.</summary>
internal sealed class TemplateVault : IDisposable
{
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
        var meter = meters?.Create(StorageTelemetry.MeterName) ?? (_own = new Meter(StorageTelemetry.MeterName));
        _unreadable = meter.CreateCounter<long>(
            StorageTelemetry.TemplatesUnreadable, "{template}", "Templates that were passed over because they can't be decrypted or read.");
    }

    /// <summary>
    /// The keys. Where they are to be in a file of FRAT's own that is missing, it is made, unless something is in the database already.
    /// </summary>
    /// <exception cref="TemplateKeyException">There are none.</exception>
    public async ValueTask<TemplateKeyRing> GetKeysAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        if (_keys is TemplateKeySource { CanCreate: true } source && await IsEmptyAsync(context, cancellationToken).ConfigureAwait(false))
        {
            source.Create();
        }

        return await _keys.GetKeysAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether nothing was ever sealed or encrypted in the database.</summary>
    public static async Task<bool> IsEmptyAsync(FratDbContext context, CancellationToken cancellationToken) =>
        !await context.AuditHeads.AnyAsync(cancellationToken).ConfigureAwait(false)
        && !await context.AuditSeals.AnyAsync(cancellationToken).ConfigureAwait(false)
        && !await context.AuditEntries.AnyAsync(cancellationToken).ConfigureAwait(false)
        && !await context.People.AnyAsync(cancellationToken).ConfigureAwait(false)
        && !await context.Templates.AnyAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The keys, looked for again where one is missing.</summary>
    /// <exception cref="TemplateKeyException">There are none.</exception>
    public ValueTask<TemplateKeyRing> GetKeysAsync(string? unknownKeyId, CancellationToken cancellationToken) =>
        _keys.GetKeysAsync(unknownKeyId, cancellationToken);

    /// <summary>Says who somebody is, with the newest key.</summary>
    /// <exception cref="TemplateKeyException">There are no keys.</exception>
    public async ValueTask<byte[]> SealAsync(
        FratDbContext context, Guid personId, string employeeId, string name, CancellationToken cancellationToken) =>
        new PersonSeal((await GetKeysAsync(context, cancellationToken).ConfigureAwait(false)).Current).Seal(personId, employeeId, name);

    /// <summary>
    /// Makes sure that a person's employee ID and name are what was sealed, before something is added to them: who swapped two people's
    /// IDs, and swaps them back later, must not have one's face added to the other.
    /// </summary>
    /// <exception cref="StoreException">They aren't, or there are no keys.</exception>
    public async ValueTask CheckAsync(string operation, PersonRow person, CancellationToken cancellationToken)
    {
        using var reader = OpenReader(operation);
        try
        {
            await reader.CheckAsync(person.Id, person.EmployeeId, person.Name, person.Seal, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException exception)
        {
            throw new StoreException(operation, isTransient: false, exception.Message, exception);
        }
    }

    /// <summary>Keys that are missing are a failure of the store to its callers, which know no keys.</summary>
    public static StoreException Translate(string operation, TemplateKeyException exception) =>
        new(operation, isTransient: false, exception.Message, exception);

    /// <summary>A reader for one stream of templates, which is part of an operation of the contract.</summary>
    public Reader OpenReader(string operation) => new(this, operation);

    public void Dispose() => _own?.Dispose();

    /// <summary>Reads templates one after the other. Not thread-safe.</summary>
    internal sealed class Reader(TemplateVault vault, string operation) : IDisposable
    {
        private TemplateKeyRing? _ring;
        private TemplateCipher? _cipher;
        private PersonSeal? _seal;

        /// <summary>Reads a template; one that can't be read must not stop anybody else.</summary>
        /// <returns>The template; null when it can't be read, which is logged and counted.</returns>
        /// <exception cref="StoreException">There are no keys at all.</exception>
        public async ValueTask<FaceTemplate?> ReadAsync(RawRow row, CancellationToken cancellationToken)
        {
            try
            {
                return await OpenAsync(row, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                vault._unreadable.Add(1);
                Log.TemplateUnreadable(vault._logger, row.IdOrEmpty(0), row.IdOrEmpty(1), exception);
                return null;
            }
        }

        /// <summary>Whether one template can't be read, rather than all.</summary>
        public static bool IsUnreadable(Exception exception) =>
            exception is CryptographicException or ArgumentException or DamagedRowException;

        /// <summary>Decrypts a template, and makes sure whose it is.</summary>
        /// <exception cref="CryptographicException">It can't be decrypted, or the person's seal doesn't fit.</exception>
        /// <exception cref="DamagedRowException">A value of the rows is not what its column is for.</exception>
        /// <exception cref="ArgumentException">What was encrypted is no encoding.</exception>
        /// <exception cref="StoreException">There are no keys at all.</exception>
        public async ValueTask<FaceTemplate> OpenAsync(RawRow row, CancellationToken cancellationToken)
        {
            var stored = StoredTemplate.Read(row);
            var encoding = await DecryptAsync(stored.Row, cancellationToken).ConfigureAwait(false);
            var person = stored.Person;
            await CheckAsync(person.Id, person.EmployeeId, person.Name, stored.Seal, cancellationToken).ConfigureAwait(false);
            return new FaceTemplate
            {
                Id = stored.Row.Id,
                Person = person,
                Encoding = FaceEncoding.FromBytes(stored.Row.EncoderId, encoding),
            };
        }

        /// <summary>Decrypts a template.</summary>
        /// <returns>The bytes of the encoding.</returns>
        /// <exception cref="CryptographicException">It can't be decrypted.</exception>
        /// <exception cref="StoreException">There are no keys at all.</exception>
        public async ValueTask<byte[]> DecryptAsync(TemplateRow row, CancellationToken cancellationToken)
        {
            var keyId = TemplateCipher.ReadKeyId(row.Encoding);
            if (keyId != row.KeyId)
            {
                throw new CryptographicException("The row names another key than the template itself.");
            }

            if (_cipher?.KeyId != keyId)
            {
                var key = await FindKeyAsync(keyId, cancellationToken).ConfigureAwait(false);
                _cipher?.Dispose();
                _cipher = new TemplateCipher(key);
            }

            return _cipher.Decrypt(row.Place, row.Encoding);
        }

        /// <summary>Makes sure that employee ID and name are the person's.</summary>
        /// <exception cref="CryptographicException">They are not what was sealed.</exception>
        /// <exception cref="StoreException">There are no keys at all.</exception>
        public async ValueTask CheckAsync(Guid personId, string employeeId, string name, byte[] seal, CancellationToken cancellationToken)
        {
            var keyId = PersonSeal.ReadKeyId(seal);
            if (keyId is not null && _seal?.KeyId != keyId)
            {
                _seal = new PersonSeal(await FindKeyAsync(keyId, cancellationToken).ConfigureAwait(false));
            }

            if (keyId is null || !_seal!.Fits(personId, employeeId, name, seal))
            {
                throw new CryptographicException("The employee ID or the name was changed beside FRAT: they don't fit the person's seal.");
            }
        }

        public void Dispose() => _cipher?.Dispose();

        // Templates stream outside of what FratDatabase translates.
        private async ValueTask<TemplateKey> FindKeyAsync(string keyId, CancellationToken cancellationToken)
        {
            try
            {
                _ring ??= await vault._keys.GetKeysAsync(null, cancellationToken).ConfigureAwait(false);
                if (_ring.Find(keyId) is null)
                {
                    _ring = await vault._keys.GetKeysAsync(keyId, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (TemplateKeyException exception)
            {
                throw Translate(operation, exception);
            }

            return _ring.Find(keyId) ?? throw new CryptographicException($"The key {keyId} is not in the key ring.");
        }
    }
}
