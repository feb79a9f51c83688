using ServiceOffices.Testing.OData;
using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>$search (OData 4.01 Part 2, 5.1.8.1; ABNF: searchExpr).</summary>
public sealed class SearchTests
{
    [Theory]
    [InlineData("blue OR green", "(blue OR green)")]
    [InlineData("blue green", "(blue AND green)")]
    [InlineData("blue AND green OR red", "((blue AND green) OR red)")]
    [InlineData("red OR blue green", "(red OR (blue AND green))")]
    [InlineData("NOT blue", "(NOT blue)")]
    [InlineData("NOT blue AND green", "((NOT blue) AND green)")]
    [InlineData("NOT NOT blue", "(NOT (NOT blue))")]
    [InlineData("blue NOT (green OR red)", "(blue AND (NOT (green OR red)))")]
    [InlineData("\"navy blue\" OR x", "(navy blue OR x)")]
    [InlineData("1984", "1984")]
    [InlineData("a;b", "a;b")]
    [InlineData("brand-new", "brand-new")]
    [InlineData("AND", "AND")]
    [InlineData("NOT", "NOT")]
    [InlineData("OR", "OR")]
    [InlineData("rock AND", "(rock AND AND)")]
    [InlineData("OR OR OR", "(OR OR OR)")]
    [InlineData("or and not", "((or AND and) AND not)")]
    [InlineData("å,b:c@d/e?f$g*!", "å,b:c@d/e?f$g*!")]
    [InlineData("O'Neil", "O'Neil")]
    [InlineData("'stor umå'", "stor umå")]
    [InlineData("'it''s \"'", "it's \"")]
    [InlineData("  blue  ", "blue")]
    [InlineData("(((blue)))", "blue")]
    public void Search_SpecificationExample_Parses(string search, string expected) =>
        Assert.Equal(expected, SyntaxTreeFormatter.Format(Parse("Products", "$search=" + Uri.EscapeDataString(search)).Query.Search!));

    [Theory]
    [InlineData("\"open")]
    [InlineData("\"\"")]
    [InlineData("(blue")]
    [InlineData("blue)")]
    [InlineData("()")]
    [InlineData("NOT ()")]
    [InlineData("'open")]
    [InlineData("'a' b")]
    [InlineData(" ")]
    public void Search_Malformed_Returns400(string search)
    {
        var error = GetError("Products", "$search=" + Uri.EscapeDataString(search));

        Assert.Equal((400, "Syntax", "$search"), (error.Status, error.Code, error.Target));
    }
}
