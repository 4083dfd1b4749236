using System.Runtime.CompilerServices;

namespace Frat.Storage.EfCore;

/// <summary>Two streams that are each in order, as one.</summary>
internal static class MergedStreams
{
    public static async IAsyncEnumerable<T> MergeAsync<T, TKey>(
        IAsyncEnumerable<T> first,
        IAsyncEnumerable<T> second,
        Func<T, TKey> key,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TKey : IComparable<TKey>
    {
        var (one, other) = (first.GetAsyncEnumerator(cancellationToken), second.GetAsyncEnumerator(cancellationToken));
        await using var ofOne = one.ConfigureAwait(false);
        await using var ofOther = other.ConfigureAwait(false);
        var (hasOne, hasOther) = (await NextAsync(one).ConfigureAwait(false), await NextAsync(other).ConfigureAwait(false));
        while (hasOne || hasOther)
        {
            if (hasOne && (!hasOther || key(one.Current).CompareTo(key(other.Current)) <= 0))
            {
                yield return one.Current;
                hasOne = await NextAsync(one).ConfigureAwait(false);
            }
            else
            {
                yield return other.Current;
                hasOther = await NextAsync(other).ConfigureAwait(false);
            }
        }

        static ValueTask<bool> NextAsync(IAsyncEnumerator<T> stream) => stream.MoveNextAsync();
    }
}
