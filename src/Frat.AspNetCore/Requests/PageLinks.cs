using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Frat.AspNetCore;

/// <summary>Lists in pages: how many rows one has, and where the others are.</summary>
internal static class PageLinks
{
    /// <summary>The parameter that says how many rows a page has.</summary>
    public const string Size = "pageSize";

    public const int DefaultSize = 50;

    /// <summary>The most rows of a page that goes on behind a row: one more is read, to see whether there is another page.</summary>
    public const int MaxSize = 500;

    /// <summary>The parameter that says behind which row a page begins.</summary>
    public const string After = "after";

    public static readonly string SizeError = $"Write a number from 1 to {MaxSize}.";

    public const string AfterError = "Take this from the link to the next page, as it is there.";

    public static QueryText SizeParameter { get; } = new(Size, $"How many a page has, 1 to {MaxSize}; {DefaultSize} when left out.");

    public static QueryText AfterParameter { get; } = new(After, "Where the page begins: as the link to it has it.");

    /// <summary>Whether a page is asked for, and not everything as a stream.</summary>
    public static bool IsAsked(HttpRequest request) => request.Query.ContainsKey(Size) || request.Query.ContainsKey(After);

    /// <summary>How many rows are asked for; null where it is no number that can be.</summary>
    public static int? ReadSize(HttpRequest request) => ReadNumber(request.Query[Size], DefaultSize, MaxSize);

    /// <summary>A number from 1 on; null where the text is none.</summary>
    public static int? ReadNumber(string? text, int otherwise, int most) =>
        string.IsNullOrEmpty(text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : null;

    /// <summary>The request's own address with other parameters, for the header <c>Link</c>.</summary>
    public static string Of(HttpRequest request, string relation, params IEnumerable<(string Parameter, string Value)> changed)
    {
        var query = request.Query.ToDictionary(sent => sent.Key, sent => (string?)sent.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        foreach (var (parameter, value) in changed)
        {
            query[parameter] = value;
        }

        return $"<{QueryHelpers.AddQueryString(RequestTarget.AddressOf(request), query)}>; rel=\"{relation}\"";
    }

    /// <summary>The rows of a page, of which one more was read; says where the next page is, if there is one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rows">What was read.</param>
    /// <param name="size">How many the page has.</param>
    /// <param name="position">The place of a row.</param>
    /// <param name="pinned">What the request left to be chosen, which is to be the same on the next page.</param>
    public static IEnumerable<T> Cut<T>(
        HttpContext context, IReadOnlyList<T> rows, int size, Func<T, string> position, params IEnumerable<(string, string)> pinned)
    {
        if (rows.Count > size)
        {
            context.Response.Headers.Link = Of(context.Request, "next", [.. pinned, (After, position(rows[size - 1]))]);
        }

        return rows.Take(size);
    }
}
