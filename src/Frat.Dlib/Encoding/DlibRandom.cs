namespace Frat.Dlib;

/// <summary>
/// The random numbers that dlib's <c>dlib::rand</c> gives (dlib/rand/rand_kernel_1.h): MT19937 (Matsumoto and Nishimura, "Mersenne
/// Twister", 1998), of which the first 10 000 numbers are passed over. Not thread-safe, and not for secrets.
/// </summary>
internal sealed class DlibRandom
{
    /// <summary>What dlib seeds with where nobody says otherwise.</summary>
    public const uint DefaultSeed = 5489;

    private const int Size = 624;
    private const int Shift = 397;
    private const int PassedOver = 10_000;
    private const int Bits = 24;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public DlibRandom(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Size; i++)
        {
            _state[i] = (1_812_433_253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
        }

        for (var i = 0; i < PassedOver; i++)
        {
            Next();
        }
    }

    /// <summary>A number of 0 and up, below 1, of 48 random bits.</summary>
    public double NextDouble()
    {
        const uint mask = (1u << Bits) - 1;
        double upper = Next() & mask;
        double lower = Next() & mask;

        // dlib adds a little to the largest value, so that 1 is never reached.
        return ((upper * (1 << Bits)) + lower) / (((double)mask * (1 << Bits)) + mask + 0.05);
    }

    /// <summary>A number in a range.</summary>
    public double NextDouble(double begin, double end) => begin + (NextDouble() * (end - begin));

    private uint Next()
    {
        if (_next == Size)
        {
            Twist();
        }

        var value = _state[_next++];
        value ^= value >> 11;
        value ^= (value << 7) & 0x9D2C_5680;
        value ^= (value << 15) & 0xEFC6_0000;
        return value ^ (value >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Size; i++)
        {
            var mixed = (_state[i] & 0x8000_0000) | (_state[(i + 1) % Size] & 0x7FFF_FFFF);
            _state[i] = _state[(i + Shift) % Size] ^ (mixed >> 1) ^ ((mixed & 1) == 0 ? 0 : 0x9908_B0DF);
        }

        _next = 0;
    }
}
