namespace Frat.Dlib.Tests.Memory;

public sealed unsafe class PagePoolTests
{
    private const int Page = 4096;

    [Fact]
    public void Take_WhatWasGivenBack_IsTheSamePagesAndCleared()
    {
        var pool = new PagePool(maxKept: 8 * Page);
        nuint bytes = 3 * Page;
        var pages = (byte*)pool.Take(ref bytes);
        new Span<byte>(pages, (int)bytes).Fill(1);
        pool.GiveBack(pages, bytes);

        nuint fewer = 2 * Page;
        var again = (byte*)pool.Take(ref fewer);

        (again == pages).ShouldBeTrue();
        fewer.ShouldBe(bytes);
        new Span<byte>(again, (int)fewer).ContainsAnyExcept((byte)0).ShouldBeFalse();
        pool.Kept.ShouldBe(0);
        NativeHeap.GiveBack(again, fewer);
    }

    [Fact]
    public void Take_SomeThatFit_TakesTheSmallest()
    {
        var pool = new PagePool(maxKept: 16 * Page);
        nuint large = 6 * Page;
        nuint small = 4 * Page;
        var (one, other) = ((nint)pool.Take(ref large), (nint)pool.Take(ref small));
        pool.GiveBack((void*)one, large);
        pool.GiveBack((void*)other, small);

        nuint bytes = 3 * Page;
        var taken = (nint)pool.Take(ref bytes);

        taken.ShouldBe(other);
        NativeHeap.GiveBack((void*)taken, bytes);
        pool.Kept.ShouldBe(6 * Page);
    }

    [Fact]
    public void GiveBack_MoreThanIsKept_LetsTheOldestGo()
    {
        var pool = new PagePool(maxKept: 8 * Page);
        nuint bytes = 4 * Page;
        var taken = Enumerable.Range(0, 3).Select(_ => (nint)pool.Take(ref bytes)).ToList();
        taken.ForEach(pages => pool.GiveBack((void*)pages, bytes));

        pool.Kept.ShouldBe(8 * Page);
    }

    [Fact]
    public void GiveBack_LargerThanAllThatIsKept_KeepsWhatThereIs()
    {
        var pool = new PagePool(maxKept: 8 * Page);
        nuint bytes = 4 * Page;
        nuint large = 9 * Page;
        var (one, other) = ((nint)pool.Take(ref bytes), (nint)pool.Take(ref large));
        pool.GiveBack((void*)one, bytes);

        pool.GiveBack((void*)other, large);

        pool.Kept.ShouldBe(4 * Page);
    }
}
