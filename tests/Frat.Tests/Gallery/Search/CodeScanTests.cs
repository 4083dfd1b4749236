using System.Runtime.Intrinsics.X86;

namespace Frat.Tests.Gallery.Search;

/// <summary>Every way of the first pass gives what plain code gives, to the bit.</summary>
public sealed unsafe class CodeScanTests
{
    private delegate void Scan(byte* codes, int groups, int* probe, int* dots);

    [Fact]
    public void Dots128_RandomAndExtremeCodes_AreThoseOfPlainCode() => Check(CodeScan.Dots128);

    [Fact]
    public void Dots_WidestWayOfThisProcessor_AreThoseOfPlainCode() => Check(CodeScan.Dots);

    [Fact]
    public void Dots256_WhereTheProcessorHasIt_AreThoseOfPlainCode()
    {
        if (Avx2.IsSupported)
        {
            Check(CodeScan.Dots256);
        }
    }

    [Fact]
    public void Near_RandomNumbersAndOverflows_IsAllThatIsNotSurelyFarther()
    {
        var random = new Random(2);
        Span<float> odd = [float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.MaxValue, 0];
        for (var round = 0; round < 200; round++)
        {
            var (dots, norms, scales) = (new int[32], new float[32], new float[32]);
            for (var i = 0; i < 32; i++)
            {
                dots[i] = random.Next(-1_000_000, 1_000_000);
                norms[i] = random.Next(8) == 0 ? odd[random.Next(odd.Length)] : random.NextSingle();
                scales[i] = random.NextSingle() / 100;
            }

            var (bias, factor) = (random.Next(-10_000, 10_000), random.NextSingle() / 100);
            var limit = random.Next(4) == 0 ? odd[random.Next(odd.Length)] : random.NextSingle() * 2;
            uint expected = 0;
            for (var i = 0; i < 32; i++)
            {
                var part = norms[i] - ((dots[i] - bias) * (factor * scales[i]));
                expected |= part > limit ? 0 : 1u << i;
            }

            fixed (int* d = dots)
            fixed (float* n = norms, s = scales)
            {
                CodeScan.Near(d, n, s, bias, factor, limit).ShouldBe(expected);
            }
        }
    }

    private static void Check(Scan scan)
    {
        var random = new Random(1);
        foreach (var groups in (int[])[1, 2, 7, 32, 128])
        {
            for (var kind = 0; kind < 3; kind++)
            {
                var (codes, probe) = (new byte[RowBlock.Rows * groups * 4], new sbyte[groups * 4]);
                random.NextBytes(codes);
                for (var i = 0; i < probe.Length; i++)
                {
                    probe[i] = (sbyte)random.Next(-ProbeCode.Most, ProbeCode.Most + 1);
                }

                // The largest sums that 16 bits have to hold, of both signs.
                if (kind > 0)
                {
                    Array.Fill(codes, byte.MaxValue);
                    Array.Fill(probe, (sbyte)(kind == 1 ? ProbeCode.Most : -ProbeCode.Most));
                }

                var (expected, found) = (new int[RowBlock.Rows], new int[RowBlock.Rows]);
                fixed (byte* c = codes)
                fixed (sbyte* p = probe)
                fixed (int* e = expected, f = found)
                {
                    CodeScan.DotsOneByOne(c, groups, (int*)p, e);
                    scan(c, groups, (int*)p, f);
                }

                found.ShouldBe(expected, $"{groups} groups");
            }
        }
    }
}
