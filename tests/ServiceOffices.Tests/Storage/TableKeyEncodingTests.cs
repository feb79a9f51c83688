using CsCheck;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Tests.Storage;

public sealed class TableKeyEncodingTests
{
    [Theory]
    [InlineData("malmo-rosengard", "malmo-rosengard")]
    [InlineData("a/b", "a~002fb")]
    [InlineData("\\#?%~", "~005c~0023~003f~0025~007e")]
    [InlineData("\u0000\t\u007f\u009f", "~0000~0009~007f~009f")]
    [InlineData("å", "å")]
    public void Escape_KnownStrings_ReturnKeys(string text, string key)
    {
        Assert.Equal(key, TableKeyEncoding.Encode(text));
        Assert.Equal(text, TableKeyEncoding.Decode(key));
    }

    [Theory]
    [InlineData("~")]
    [InlineData("~002")]
    [InlineData("~00zz")]
    [InlineData("~002F")]
    [InlineData("~0061")]
    public void Unescape_InvalidKey_ReturnsNull(string key) => Assert.Null(TableKeyEncoding.Decode(key));

    [Fact]
    public void Escape_AnyString_RoundTripsWithoutForbiddenCharacters() => Gen.String[Gen.Char, 0, 20].Sample(text =>
    {
        var key = TableKeyEncoding.Encode(text);

        Assert.DoesNotContain(key, character => character is '/' or '\\' or '#' or '?' || char.IsControl(character));
        Assert.Equal(text, TableKeyEncoding.Decode(key));
    });
}
