namespace Frat.Dlib.Tests.Networks;

/// <summary>The inner loops, all of which run on any processor.</summary>
internal static class Kernels
{
    public static TheoryData<string> Names => [nameof(DotKernel.Native), nameof(DotKernel.Wide)];

    public static DotKernel Named(string name) => name == nameof(DotKernel.Wide) ? DotKernel.Wide : DotKernel.Native;
}
