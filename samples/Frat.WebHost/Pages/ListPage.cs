namespace Frat.WebHost.Pages;

/// <summary>One page of a stream, which is counted to its end as it goes by: of 10 000 people, only one page is held and drawn.</summary>
/// <param name="Items">What is on the page.</param>
/// <param name="Number">Which page, from 1.</param>
/// <param name="Count">How many there are on all pages.</param>
/// <param name="PageCount">How many pages; 1 when there is nothing.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, int Number, int Count, int PageCount)
{
    public static ListPage<T> Nothing { get; } = new([], 1, 0, 1);
}
