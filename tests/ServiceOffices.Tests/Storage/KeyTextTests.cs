using CsCheck;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Storage;

public sealed class KeyTextTests
{
    [Theory]
    [InlineData("malmo-rosengard", "malmo-rosengard")]
    [InlineData("a/b", "a~002fb")]
    [InlineData("\\#?%~", "~005c~0023~003f~0025~007e")]
    [InlineData("\u0000\t\u007f\u009f", "~0000~0009~007f~009f")]
    [InlineData("å", "å")]
    public void Escape_KnownTexts_GiveTheseKeys(string text, string key)
    {
        Assert.Equal(key, KeyText.Escape(text));
        Assert.Equal(text, KeyText.Unescape(key));
    }

    [Theory]
    [InlineData("~")]
    [InlineData("~002")]
    [InlineData("~00zz")]
    [InlineData("~002F")]
    [InlineData("~0061")]
    public void Unescape_KeyThatEscapeNeverMakes_IsNull(string key) => Assert.Null(KeyText.Unescape(key));

    [Fact]
    public void Escape_AnyText_IsReversedAndHoldsNothingForbidden() => Gen.String[Gen.Char, 0, 20].Sample(text =>
    {
        var key = KeyText.Escape(text);

        Assert.DoesNotContain(key, character => character is '/' or '\\' or '#' or '?' || char.IsControl(character));
        Assert.Equal(text, KeyText.Unescape(key));
    });
}
