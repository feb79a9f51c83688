using ODataEngine.Model;

namespace ODataEngine.Tests.Model;

public sealed class ComposedTextTests
{
    [Theory]
    [InlineData("A\u030Ama\u030Al", "Åmål")]
    [InlineData("O\u0308stersund, Ja\u0308rna", "Östersund, Järna")]
    [InlineData("Linne\u0301 Łodz\u0301", "Linné Łodź")]
    [InlineData("U\u0308\u0304", "Ǖ")]
    [InlineData("И\u0306", "Й")]
    [InlineData("x\u030A", "x\u030A")]
    [InlineData("\u030Aa", "\u030Aa")]
    [InlineData("\uD83D\u030A", "\uD83D\u030A")]
    public void Compose_CombiningMarks_GivesComposedLetters(string text, string expected) => Assert.Equal(expected, ComposedText.Compose(text));

    [Fact]
    public void Compose_WithoutMarks_ReturnsSameString()
    {
        var text = new string("Åmål 日本");

        Assert.Same(text, ComposedText.Compose(text));
    }
}
