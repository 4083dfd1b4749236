using System.Security.Cryptography;

namespace Frat.Storage.EfCore;

/// <summary>Follows the audit trail from its beginning to its end, and notes what doesn't fit. For one pass.</summary>
internal sealed class AuditInspection(TemplateKeyRing ring, AuditHead? kept)
{
    /// <summary>How many entries that don't fit are compared with each other, to find those that were moved.</summary>
    private const int MaxCompared = 200;

    private readonly Dictionary<string, AuditSealer> _sealers = ring.Keys.ToDictionary(
        key => key.Id, key => new AuditSealer(key), StringComparer.Ordinal);
    private readonly List<AuditFault> _faults = [];
    private readonly List<(AuditEntryRow Entry, AuditSealRow Seal)> _changed = [];
    private long _entries;
    private long _last;
    private byte[]? _digest = AuditSealer.Beginning; // Null after an entry whose seal can't be read.
    private bool _lastFits = true;
    private long? _firstUncovered; // Sealed with a key that isn't there, and nothing after it vouches for it yet.
    private bool _keptIsSeen = kept is null or { Sequence: 0 };

    public void Add(RawRow row)
    {
        _entries++;
        var sequence = StoredEntry.ReadSequence(row);
        try
        {
            var entry = StoredEntry.Read(row);
            if (StoredEntry.ReadSeal(row) is { } seal)
            {
                Add(entry, seal);
            }
            else
            {
                Note(AuditFaultKind.Added, sequence, "It has no seal: FRAT didn't write it, or its seal was removed.");
            }
        }
        catch (DamagedRowException exception)
        {
            Note(AuditFaultKind.Changed, sequence, exception.Message);
            (_last, _digest, _lastFits) = (sequence, null, false);
        }
    }

    public AuditVerification End(RawRow? row)
    {
        FindMoved();
        var head = row is { } there ? ReadHead(there) : null;
        if (head is null)
        {
            Note(
                AuditFaultKind.HeadChanged,
                _last,
                "The sealed end of the trail is gone: whether entries after this one are missing can't be told.");
        }
        else if (!_sealers.TryGetValue(head.KeyId, out var sealer))
        {
            Note(
                AuditFaultKind.Unverifiable,
                head.Sequence,
                $"The end of the trail is sealed with the key {head.KeyId}, which is not in the key ring.");
        }
        else if (!sealer.Fits(head))
        {
            Note(AuditFaultKind.HeadChanged, head.Sequence, "The end of the trail doesn't fit its seal.");
        }
        else if (head.Sequence > _last)
        {
            Note(AuditFaultKind.Truncated, _last, $"The trail goes on to entry {head.Sequence}: what followed this one is gone.");
        }
        else if (head.Sequence < _last || !head.Digest.AsSpan().SequenceEqual(_digest))
        {
            Note(AuditFaultKind.HeadChanged, head.Sequence, $"The sealed end of the trail is not the last entry's, {_last}.");
        }
        else
        {
            _firstUncovered = null;
        }

        if (_firstUncovered is { } first)
        {
            Note(
                AuditFaultKind.Unverifiable,
                first,
                "From here on, entries are sealed with keys that are not in the key ring, and nothing later vouches for them.");
        }

        if (!_keptIsSeen)
        {
            Note(
                AuditFaultKind.NotTheKept,
                kept!.Sequence,
                "The kept head is of an entry that isn't there: an older database was put back, or the trail was cut.");
        }

        return new()
        {
            Entries = _entries,
            Head = head is null ? null : new AuditHead
        {
            Sequence = head.Sequence,
            Digest = Convert.ToHexStringLower(head.Digest),
        },
            Faults = _faults,
        };
    }

    private static AuditHeadRow? ReadHead(RawRow row)
    {
        try
        {
            return new()
            {
                Sequence = row.Number(0, "sequence"),
                Digest = row.Bytes(1, "digest"),
                KeyId = row.Text(2, "key_id"),
                Seal = row.Bytes(3, "seal")
            };
        }
        catch (DamagedRowException)
        {
            return null;
        }
    }

    private void Add(AuditEntryRow entry, AuditSealRow seal)
    {
        var follows = seal.Previous == _last;
        var fits = _sealers.TryGetValue(seal.KeyId, out var sealer) ? sealer.Fits(entry, seal) : (bool?)null;
        if (seal.Previous > _last && fits != false)
        {
            var which = _last == 0
                ? $"The trail's beginning, up to entry {seal.Previous}, is gone"
                : $"What was after entry {_last}, up to entry {seal.Previous}, is gone";
            Note(AuditFaultKind.Removed, seal.Previous, $"{which}.");
        }

        bool? continues = follows && _digest is not null
            ? CryptographicOperations.FixedTimeEquals(AuditSealer.Digest(_digest, seal.Previous, entry), seal.Digest)
            : null;
        if (fits == false)
        {
            _changed.Add((entry, seal));
        }
        else if (seal.Previous < _last || (fits is null && continues == false && _lastFits))
        {
            Note(AuditFaultKind.Changed, entry.Sequence, "It doesn't fit what was before it.");
            fits = false;
        }
        else if (continues == false && _lastFits)
        {
            Note(AuditFaultKind.Changed, _last, $"It isn't what entry {entry.Sequence} was written after.");
        }

        if (fits == true && seal.BeginsAnew)
        {
            Note(
                AuditFaultKind.HeadChanged,
                entry.Sequence,
                "When it was written, the trail's end didn't fit its seal: entries before it may have been cut off or added.");
        }
        else if (fits == true && continues == true)
        {
            _firstUncovered = null;
        }

        if (fits is null)
        {
            _firstUncovered ??= entry.Sequence;
        }

        if (kept?.Sequence == entry.Sequence)
        {
            _keptIsSeen = true;
            if (!string.Equals(kept.Digest, Convert.ToHexStringLower(seal.Digest), StringComparison.Ordinal))
            {
                Note(AuditFaultKind.NotTheKept, entry.Sequence, "The trail up to here isn't the one that the kept head is of.");
            }
        }

        (_last, _digest, _lastFits) = (entry.Sequence, seal.Digest, fits != false);
    }

    /// <summary>
    /// Among entries that don't fit their seals, tells those that were changed from those that changed places, with their seals or without.
    /// </summary>
    private void FindMoved()
    {
        foreach (var (entry, seal) in _changed)
        {
            var sealer = _sealers[seal.KeyId];
            var from = _changed.Take(MaxCompared).Select(other => other.Entry).FirstOrDefault(other =>
                other.Sequence != entry.Sequence
                    && (sealer.Fits(At(other, entry.Sequence), seal) || sealer.Fits(At(entry, other.Sequence), seal)));
            if (from is null)
            {
                Note(AuditFaultKind.Changed, entry.Sequence, "It isn't what was sealed: it was changed, or another was put in its place.");
            }
            else
            {
                Note(AuditFaultKind.Reordered, entry.Sequence, $"It has changed places with entry {from.Sequence}.");
            }
        }
    }

    private static AuditEntryRow At(AuditEntryRow entry, long sequence) => new()
    {
        Sequence = sequence,
        At = entry.At,
        By = entry.By,
        Action = entry.Action,
        PersonId = entry.PersonId,
        Old = entry.Old,
        New = entry.New,
        Reason = entry.Reason,
    };

    private void Note(AuditFaultKind kind, long sequence, string problem)
    {
        if (_faults.Count < AuditVerification.MaxFaults)
        {
            _faults.Add(new() { Kind = kind, Sequence = sequence, Problem = problem });
        }
    }
}
