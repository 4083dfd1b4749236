using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Hosting.Tests.Memory;

public sealed class MemoryTuningTests
{
    private const int Large = 2 << 20;

    // glibc lays a block that has pages of its own behind a header of 16 bytes; one in a heap lies anywhere.
    [Fact]
    public unsafe void Apply_LargeBlockThatFollowsAFreedOne_HasPagesOfItsOwn()
    {
        if (!OperatingSystem.IsLinux())
        {
            MemoryTuning.Apply(); // Does nothing there, and must not fail.
            return;
        }

        MemoryTuning.Apply();
        NativeMemory.Free(NativeMemory.Alloc(Large));

        var next = NativeMemory.Alloc(Large);

        ((nuint)next % (nuint)Environment.SystemPageSize).ShouldBe<nuint>(16);
        NativeMemory.Free(next);
    }

    [Fact]
    public async Task AddMemoryTuning_HostThatHasStarted_HasCollectedAllGenerations()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddMemoryTuning().AddMemoryTuning();
        using var host = builder.Build();
        host.Services.GetServices<IHostedService>().OfType<MemoryRelease>().ShouldHaveSingleItem();
        var before = GC.CollectionCount(GC.MaxGeneration);

        await host.StartAsync();

        GC.CollectionCount(GC.MaxGeneration).ShouldBeGreaterThan(before);
        await host.StopAsync();
    }
}
