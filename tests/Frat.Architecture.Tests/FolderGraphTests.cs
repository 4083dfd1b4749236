namespace Frat.Architecture.Tests;

public sealed class FolderGraphTests
{
    [Theory]
    [InlineData("var size = Lower.Size;", "Size")] // A constant: nothing of it is left in compiled code.
    [InlineData("\"\".Shorten();", "Shorten")]
    [InlineData("Lower.Find().Name.ToString();", "Name")]
    [InlineData("new Lower();", "Lower")]
    [InlineData("object o = \"\"; var b = o is Lower { Name: \"a\" };", "Lower")]
    [InlineData("var name = nameof(Lower);", "Lower")]
    public void Of_CodeThatUsesAnotherFile_IsAUse(string code, string what) =>
        Uses(code).ShouldContain(new Use("Upper/Upper.cs", "Lower/Lower.cs", what));

    [Theory]
    [InlineData("// Lower.Size")]
    [InlineData("/* new Lower() */")]
    [InlineData("var text = \"Lower.Size\";")]
    [InlineData("var lower = 1; System.Console.WriteLine(lower);")]
    public void Of_CodeThatOnlyNamesIt_IsNone(string code) => Uses(code).ShouldBeEmpty();

    [Fact]
    public void Of_ProjectWithInternalsOfAnother_SeesThem() => FolderGraph.Of("src/Frat.Dlib").ShouldContain(
        use => use.From == "DlibFaceEncoder.cs" && use.To == "ModelLease.cs" && use.What == "GetAsync");

    private static IReadOnlyList<Use> Uses(string code) => FolderGraph.Of("Sample", new Dictionary<string, string>
    {
        ["Lower/Lower.cs"] = """
            namespace Sample;
            internal sealed class Lower
            {
                public const int Size = 3;
                public string Name { get; } = "";
                public static Lower Find() => new();
            }
            internal static class Extensions
            {
                public static string Shorten(this string text) => text;
            }
            """,
        ["Upper/Upper.cs"] = $$"""
            namespace Sample;
            /// <summary>As <see cref="Lower"/>.</summary>
            internal static class Upper
            {
                public static void Run()
                {
                    {{code}}
                }
            }
            """,
    });
}
