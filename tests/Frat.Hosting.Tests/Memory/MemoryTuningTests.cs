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

        // What other tests freed before is used up first.
        var blocks = new nint[16];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = (nint)NativeMemory.Alloc(Large);
        }

        (blocks[^1] % Environment.SystemPageSize).ShouldBe(16);
        foreach (var block in blocks)
        {
            NativeMemory.Free((void*)block);
        }
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
