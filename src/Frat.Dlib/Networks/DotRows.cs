using System.Runtime.InteropServices;

namespace Frat.Dlib;

/// <summary>
/// Numbers as types: each is as many bytes long. The compiler knows the size of a type before it looks at what depends on it, so that it
/// spends no time on what is for larger numbers.
/// </summary>
internal static class DotRows
{
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    public readonly struct One;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    public readonly struct Two;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    public readonly struct Three;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    public readonly struct Four;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    public readonly struct Five;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    public readonly struct Six;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    public readonly struct Seven;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    public readonly struct Eight;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    public readonly struct Nine;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    public readonly struct Ten;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    public readonly struct Eleven;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    public readonly struct Twelve;

    [StructLayout(LayoutKind.Sequential, Size = 13)]
    public readonly struct Thirteen;

    [StructLayout(LayoutKind.Sequential, Size = 14)]
    public readonly struct Fourteen;

    [StructLayout(LayoutKind.Sequential, Size = 15)]
    public readonly struct Fifteen;

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    public readonly struct Sixteen;
}
