using System.Globalization;

namespace Frat.Cli.Evaluate;

/// <summary>
/// A list of pairs as Labeled Faces in the Wild publishes them (<c>pairs.txt</c>): a line with the number of folds and of pairs of each
/// kind in a fold, then for each fold pairs of one person (name, number, number) and of two (name, number, name, number), with tabs.
/// </summary>
internal static class PairsFile
{
    /// <summary>Reads the pairs of each fold.</summary>
    /// <param name="path">The file.</param>
    /// <param name="find">Finds a photo by person and number, from 1, in the order of the files' names; null where there is none.</param>
    /// <exception cref="FormatException">It is no such list; the message names the line.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static List<List<EvaluationPair>> Read(string path, Func<string, int, EvaluationPhoto?> find)
    {
        var lines = File.ReadLines(path).Index().Where(line => line.Item.Length > 0)
            .Select(line => (Number: line.Index + 1, Fields: line.Item.Split('\t', StringSplitOptions.TrimEntries))).GetEnumerator();
        using (lines)
        {
            var head = Next("the number of folds and of pairs").Fields;
            var (folds, pairs) = head.Length switch
            {
                1 => (1, Number(head[0], 1)),
                2 => (Number(head[0], 1), Number(head[1], 1)),
                _ => throw new FormatException("Line 1: there is no number of folds and of pairs."),
            };
            if (folds > 1000 || pairs > 1_000_000)
            {
                throw new FormatException("Line 1: there are at most 1,000 folds of a million pairs.");
            }

            var all = new List<List<EvaluationPair>>();
            for (var fold = 0; fold < folds; fold++)
            {
                var some = new List<EvaluationPair>();
                for (var i = 0; i < 2 * pairs; i++)
                {
                    var (number, fields) = Next("a pair");
                    some.Add((fields, i < pairs) switch
                    {
                        ([var name, var first, var second], true) => Pair(number, name, first, name, second),
                        ([var name, var first, var other, var second], false) => Pair(number, name, first, other, second),
                        _ => throw new FormatException(
                            $"Line {number}: there is no pair of {(i < pairs ? "one person (name, number, number)"
                                : "two people (name, number, name, number)")}."),
                    });
                }

                all.Add(some);
            }

            return all;
        }

        (int Number, string[] Fields) Next(string what) =>
            lines.MoveNext() ? lines.Current : throw new FormatException($"The list ends where {what} should be.");

        EvaluationPair Pair(int line, string person, string first, string other, string second) =>
            new() { First = Photo(person, first, line), Second = Photo(other, second, line) };

        EvaluationPhoto Photo(string person, string number, int line) => find(person, Number(number, line))
            ?? throw new FormatException($"Line {line}: there is no photo {Terminal.Excerpt(number)} of {Terminal.Excerpt(person)}.");

        static int Number(string text, int line) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new FormatException($"Line {line}: '{Terminal.Excerpt(text)}' is no number.");
    }
}
