using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Frat.Conformance;

namespace Frat.Storage.EfCore.Tests;

/// <summary>
/// Rows as versions before the migration <c>Safeguards</c> stored them, in SQL for each database. Compiled into the test project of each.
/// </summary>
internal static class OlderRows
{
    /// <summary>The last migration of those versions.</summary>
    public const string LastMigration = "20261127020000_Retention";

    public static Guid PersonId(int number) => Guid.Parse(
        "01900000-0000-7000-8000-00000000000A".Replace("A", number.ToString("X", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    public static Guid TemplateId(int number) => Guid.Parse($"01900000-0000-7000-8000-0000000000{number:X}1");

    /// <summary>Person and consent, and what the trail said of them.</summary>
    public static string Person(int number, Func<string, string> instant, bool consents = true) =>
        $"""
        INSERT INTO people (id, employee_id, name, enrolled_at, is_active) VALUES ('{Id(PersonId(number))}', 'E-{number}', 'Person {number}', {instant("2026-01-01 08:00:00")}, true);
        INSERT INTO audit_entries (at, by, action, person_id, new) VALUES ({instant("2026-01-01 08:00:00")}, 'HR', 'person.enrolled', '{Id(PersonId(number))}', '1 templates');
        """ + (consents
            ? $"""
            INSERT INTO consents (id, person_id, text_version, purpose, basis, given_at, recorded_by)
              VALUES ('{Id(PersonId(number))}', '{Id(PersonId(number))}', 'v1', 'Attendance', 'Given', {instant("2026-01-01 08:00:00")}, 'HR');
            """
            : "");

    /// <param name="number">Whose.</param>
    /// <param name="keyId">Null: in the clear.</param>
    /// <param name="encoding">What is stored.</param>
    /// <param name="bytes">How bytes are written.</param>
    /// <param name="instant">How instants are written.</param>
    public static string Template(int number, string? keyId, byte[] encoding, Func<byte[], string> bytes, Func<string, string> instant) =>
        $"""
        INSERT INTO templates (id, person_id, encoder_id, encoding, key_id, created_at, created_by) VALUES
          ('{Id(TemplateId(number))}', '{Id(PersonId(number))}', '{Samples.EncoderId}', {bytes(encoding)}, {(keyId is null ? "NULL" : $"'{keyId}'")}, {instant("2026-01-01 08:00:00")}, 'HR');
        """;

    /// <summary>The form in which those versions encrypted, written down from ADR 0010.</summary>
    public static byte[] Encrypt(TemplateKey key, int number, byte[] encoding)
    {
        byte[] header = [1, (byte)key.Id.Length, .. System.Text.Encoding.ASCII.GetBytes(key.Id)];
        var encoder = System.Text.Encoding.UTF8.GetBytes(Samples.EncoderId);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, encoder.Length);
        byte[] data = [
            .. header,
            .. TemplateId(number).ToByteArray(bigEndian: true),
            .. PersonId(number).ToByteArray(bigEndian: true),
            .. length,
            .. encoder
        ];
        var (nonce, tag, text) = (RandomNumberGenerator.GetBytes(12), new byte[16], new byte[encoding.Length]);
        using var aes = new AesGcm(key.Secret, 16);
        aes.Encrypt(nonce, encoding, text, tag, data);
        return [.. header, .. nonce, .. tag, .. text];
    }

    // As SQLite's provider writes ids; PostgreSQL reads them in any case.
    private static string Id(Guid id) => id.ToString().ToUpperInvariant();
}
