namespace Frat.Tests.People;

public sealed class PersonTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData(" \t\n", "")]
    [InlineData("  Ada Lovelace ", "Ada Lovelace")]
    [InlineData("Zoe\u0308", "Zo\u00EB")]
    [InlineData("\u00A0李雷\u3000", "李雷")]
    [InlineData("محمد", "محمد")]
    [InlineData("👩🏽‍🔬", "👩🏽‍🔬")]
    public void Normalize_TypedText_GivesItsStoredForm(string? typed, string stored) => Person.Normalize(typed).ShouldBe(stored);

    // Not theory data: a lone surrogate doesn't survive the way through a test runner.
    [Fact]
    public void Normalize_LoneSurrogate_IsEmpty() => Person.Normalize("a\uD800b").ShouldBe("");
}
