namespace Frat.Fuzz;

/// <summary>Damages a file of a target's corpus, the same way for the same seed.</summary>
internal sealed class Mutation(FuzzTarget target, int seed)
{
    private static readonly byte[] Telling = [0x00, 0x01, 0x7F, 0x80, 0x8F, 0xFE, 0xFF];
    private readonly Random _random = new(seed);

    public byte[] Make()
    {
        // Packed or laid open: the former tests how it is unpacked, the latter what is done with it.
        var isOpen = _random.Next(2) == 0;
        var file = isOpen ? target.Unpack(Any()) : (byte[])Any().Clone();
        for (var left = _random.Next(1, 4); left > 0; left--)
        {
            file = Damage(file);
        }

        if (isOpen)
        {
            file = target.Pack(file);
        }
        else if (_random.Next(4) > 0)
        {
            target.Repair(file);
        }

        return file;
    }

    private byte[] Damage(byte[] file) => _random.Next(9) switch
    {
        _ when file.Length < 32 => Splice(file, Any()),
        0 => file[.._random.Next(file.Length)],
        1 => Splice(file, Any()),
        2 => MoveParts(file),
        3 or 4 => Inflate(file),
        5 => SetBytes(file),
        _ => FlipBits(file),
    };

    private byte[] Any() => target.Corpus[_random.Next(target.Corpus.Count)];

    // Most of what can go wrong is decided in the first bytes.
    private int Place(byte[] file)
    {
        var start = _random.Next(8) == 0 ? 0 : Math.Min(target.Start, file.Length - 1);
        return start + _random.Next(3) switch
        {
            0 => _random.Next(Math.Min(64, file.Length - start)),
            1 => _random.Next(Math.Min(1024, file.Length - start)),
            _ => _random.Next(file.Length - start),
        };
    }

    private byte[] FlipBits(byte[] file)
    {
        for (var left = _random.Next(1, 9); left > 0; left--)
        {
            file[Place(file)] ^= (byte)(1 << _random.Next(8));
        }

        return file;
    }

    private byte[] SetBytes(byte[] file)
    {
        var start = Place(file);
        var value = Telling[_random.Next(Telling.Length)];
        file.AsSpan(start, Math.Min(_random.Next(1, 12), file.Length - start)).Fill(value);
        return file;
    }

    private byte[] Splice(byte[] first, byte[] second)
    {
        var cut = _random.Next(first.Length + 1);
        var from = _random.Next(2) == 0 ? Math.Min(cut, second.Length) : _random.Next(second.Length);
        return [.. first.AsSpan(0, cut), .. second.AsSpan(from)];
    }

    private byte[] MoveParts(byte[] file)
    {
        var parts = target.Parts(file);
        if (parts.Count < 2)
        {
            return FlipBits(file);
        }

        var pieces = parts.Select(part => file[part]).ToList();
        var one = _random.Next(pieces.Count);
        var other = _random.Next(pieces.Count);
        switch (_random.Next(3))
        {
            case 0:
                (pieces[one], pieces[other]) = (pieces[other], pieces[one]);
                break;
            case 1:
                pieces.Insert(other, pieces[one]);
                break;
            default:
                pieces.RemoveAt(one);
                break;
        }

        return [.. file.AsSpan(0, parts[0].Start.Value), .. pieces.SelectMany(piece => piece), .. file.AsSpan(parts[^1].End.Value)];
    }

    private byte[] Inflate(byte[] file)
    {
        var sizes = target.Sizes(file);
        if (sizes.Count == 0)
        {
            return SetBytes(file);
        }

        var (offset, bytes) = sizes[_random.Next(sizes.Count)];
        offset = Math.Min(offset, file.Length); // Of a part that is cut off, the field may be missing.
        var field = file.AsSpan(offset, Math.Min(bytes, file.Length - offset));
        switch (_random.Next(4))
        {
            case 0:
                field.Fill(0xFF);
                break;
            case 1:
                field.Clear();
                break;
            case 2 when field.Length > 0:
                field[_random.Next(field.Length)] = Telling[_random.Next(Telling.Length)];
                break;
            default:
                _random.NextBytes(field);
                break;
        }

        return file;
    }
}
