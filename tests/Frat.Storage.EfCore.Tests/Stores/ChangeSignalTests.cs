namespace Frat.Storage.EfCore.Tests.Stores;

public sealed class ChangeSignalTests
{
    [Fact]
    public async Task Raise_WhoeverTookTheTaskBefore_IsWoken()
    {
        var signal = new ChangeSignal();
        var first = signal.Next;
        var second = signal.Next;

        signal.Raise();

        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(30));
        signal.Next.IsCompleted.ShouldBeFalse();
    }
}
