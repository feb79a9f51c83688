using ODataEngine.Model;
using ODataEngine.Parsing;
using ServiceOffices.Testing.OData;
using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>System query options (OData 4.01 Part 2, 5.1): names, encoding, limits, and those with plain values.</summary>
public sealed class QueryOptionTests
{
    [Theory]
    [InlineData("$filter=Id eq 1")]
    [InlineData("filter=Id eq 1")]
    [InlineData("$FILTER=Id%20EQ+1")]
    [InlineData("%24filter=Id+eq+1&bogus=1&&=x")]
    [InlineData("Filter=%49d eq 1")]
    public void Name_AnyCaseWithOrWithoutDollar_IsRecognized(string query) =>
        Assert.Equal("($it/Id Eq 1)", SyntaxTreeFormatter.Format(Parse("Products", query).Query.Filter!));

    [Fact]
    public void Value_PercentEncoded_IsDecodedAsUtf8() =>
        Assert.Equal("Contains($it/Name,'å&=+%'):Edm.Boolean", SyntaxTreeFormatter.Format(Parse("Products", "$filter=contains(Name,%27%C3%A5%26%3D%2B%25%27)").Query.Filter!));

    [Theory]
    [InlineData("$bogus=1", "UnknownOption", "$bogus", "$filter")]
    [InlineData("$levels=1", "UnknownOption", "$levels", "$filter")]
    [InlineData("$top=1&$top=2", "DuplicateOption", "$top", "more than once")]
    [InlineData("$top=1&TOP=2", "DuplicateOption", "$top", "more than once")]
    [InlineData("$filter=%zz", "InvalidEncoding", null, "%zz")]
    [InlineData("$filter=%4", "InvalidEncoding", null, "%4")]
    [InlineData("$filter=%ff", "InvalidEncoding", null, "UTF-8")]
    [InlineData("x=%ff&$top=1&$top=%C3", "InvalidEncoding", null, "UTF-8")]
    [InlineData("$top=ten", "InvalidOption", "$top", "$top must be a whole number from 0 to 9223372036854775807; got 'ten'.")]
    [InlineData("$top=-1", "InvalidOption", "$top", "-1")]
    [InlineData("$top=", "InvalidOption", "$top", "''")]
    [InlineData("$skip=1.5", "InvalidOption", "$skip", "1.5")]
    [InlineData("$skip=99999999999999999999", "InvalidOption", "$skip", "whole number")]
    [InlineData("$count=maybe", "InvalidOption", "$count", "true or false")]
    [InlineData("$filter=", "Syntax", "$filter", "Unexpected end of expression")]
    [InlineData("$orderby=", "Syntax", "$orderby", "Unexpected end of expression")]
    [InlineData("$select=", "Syntax", "$select", "Unexpected end of expression")]
    [InlineData("$expand=", "Syntax", "$expand", "Unexpected end of expression")]
    [InlineData("$compute=Id", "Syntax", "$compute", "'as'")]
    [InlineData("$compute=Id as Name", "DuplicateName", "$compute", "'Name'")]
    [InlineData("$compute=Id as A,Id as A", "DuplicateName", "$compute", "'A'")]
    [InlineData("$compute=Id as a.b", "Syntax", "$compute", "a name")]
    [InlineData("$orderby=Address", "TypeMismatch", "$orderby", "no order")]
    [InlineData("$orderby=Place", "TypeMismatch", "$orderby", "no order")]
    [InlineData("$orderby=Id up", "Syntax", "$orderby", "'up'")]
    [InlineData("$search=", "Syntax", "$search", "word")]
    [InlineData("$id=1", "OptionNotAllowed", "$id", "a collection")]
    public void Option_InvalidValue_Returns400(string query, string code, string? target, string message)
    {
        var error = GetError("Products", query);

        Assert.Equal((400, code, target), (error.Status, error.Code, error.Target));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Products(1)", "$filter=true")]
    [InlineData("Products(1)", "$top=1")]
    [InlineData("Products(1)/Name", "$select=x")]
    [InlineData("Products(1)/Tags", "$select=x")]
    [InlineData("Products(1)/Address", "$orderby=City")]
    [InlineData("Products/$count", "$format=json")]
    [InlineData("$metadata", "$top=1")]
    [InlineData("", "$filter=true")]
    [InlineData("$all", "$id=x")]
    public void Option_NotApplicableToResource_Returns400(string path, string query)
    {
        var error = GetError(path, query);

        Assert.Equal((400, "OptionNotAllowed"), (error.Status, error.Code));
        Assert.Contains("allowed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Index_Given_Returns501() => Assert.Equal(501, GetError("Products", "$index=0").Status);

    [Fact]
    public void Options_AllTogether_Parse()
    {
        var url = Parse("Products", "$skip=2&$top=3&$count=TRUE&$skiptoken=a%20b&$deltatoken=d&$format=json&$schemaversion=*&$at=2026-01-01&$search=blue green"
            + "&$orderby=Total desc,Name asc,Id&$compute=Price mul 2 as Total,Total add 1 as More&$filter=More gt 1");
        var query = url.Query;

        Assert.Equal((2L, 3L, true, "a b", "d"), (query.Skip, query.Top, query.IncludeCount, query.SkipToken, query.DeltaToken));
        Assert.Equal(("json", "*", "2026-01-01"), (url.Format, url.SchemaVersion, url.At));
        Assert.Equal("(blue AND green)", SyntaxTreeFormatter.Format(query.Search!));
        Assert.Equal(
            [("computed#0/Total", true), ("$it/Name", false), ("$it/Id", false)],
            query.OrderBy.Select(item => (SyntaxTreeFormatter.Format(item.Expression), item.Descending)));
        Assert.Equal(["($it/Price Mul 2m)", "(computed#0/Total Add 1m)"], query.Compute.Select(computed => SyntaxTreeFormatter.Format(computed.Expression)));
        Assert.Equal("(computed#0/More Gt 1m)", SyntaxTreeFormatter.Format(query.Filter!));
        Assert.Same(Product, query.RowType);
        Assert.Equal((0, "$it", 1), (query.Row!.Slot, query.Row.Name, url.VariableCount));
    }

    [Fact]
    public void Row_PrimitiveCollection_IsItem()
    {
        var query = Parse("Products(1)/Tags", "$filter=endswith($it,'.com') and $this ne 'a'&$orderby=$it").Query;

        Assert.Equal("(EndsWith($it,'.com'):Edm.Boolean And ($it Ne 'a'))", SyntaxTreeFormatter.Format(query.Filter!));
        Assert.Equal(PrimitiveType.String, query.Row!.VariableType);
        Assert.Null(query.RowType);
    }

    [Fact]
    public void ComputedProperty_ByPath_IsFound() =>
        Assert.Equal("(computed#0/A Eq 1)", SyntaxTreeFormatter.Format(Parse("Products", "$filter=$it/A eq 1&$compute=Id as A").Query.Filter!));

    [Theory]
    [InlineData("MaxNodes", 400, "$filter=Id in (1,2,3,4,5,6,7,8,9,10,11,12)")]
    [InlineData("MaxNodes", 400, "$filter=Id eq 1 or Id eq 2 or Id eq 3 or Id eq 4")]
    [InlineData("MaxNodes", 400, "$search=a b c d e f g h i j k")]
    [InlineData("MaxNodes", 400, "$filter=@a&@a=@b and @b and @b&@b=@c and @c and @c&@c=true")]
    [InlineData("MaxDepth", 400, "$filter=((((true))))")]
    [InlineData("MaxDepth", 400, "$filter=not not not not true")]
    [InlineData("MaxDepth", 400, "$filter=- - - -Id eq 1")]
    [InlineData("MaxDepth", 400, "$filter=tolower(tolower(tolower(tolower(Name)))) eq 'a'")]
    [InlineData("MaxDepth", 400, "$filter=Tags eq [[[[1]]]]")]
    [InlineData("MaxDepth", 400, "$search=((((a))))")]
    [InlineData("MaxDepth", 400, "$filter=@a&@a=@b&@b=@c&@c=@d&@d=true")]
    [InlineData("MaxListItems", 400, "$filter=Id in (1,2,3,4)")]
    [InlineData("MaxExpandDepth", 400, "$expand=Category($expand=Parent($expand=Parent))")]
    [InlineData("MaxExpandDepth", 400, "$expand=Category($levels=3)")]
    [InlineData("MaxOrderItems", 400, "$orderby=Id,Name,Price")]
    [InlineData("MaxQueryLength", 414, "$filter=Name eq 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'")]
    public void Limit_Exceeded_ErrorNamesLimit(string limit, int status, string query)
    {
        var limits = new ODataLimits
        {
            MaxNodes = limit == "MaxNodes" ? 10 : 100, MaxDepth = 3, MaxListItems = limit == "MaxNodes" ? 20 : 3, MaxExpandDepth = 2, MaxOrderItems = 2, MaxQueryLength = 90,
        };

        var error = Assert.Throws<ODataRequestException>(() => new UrlParser(ShopModel.Model, limits).Parse("Products", query));

        Assert.Equal((status, "LimitExceeded"), (error.Status, error.Code));
        Assert.Contains(limit, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    public void Nesting_HundredThousandLevels_Throws(char c)
    {
        var parser = new UrlParser(ShopModel.Model, new ODataLimits { MaxQueryLength = 1_000_000 });
        var text = string.Concat(Enumerable.Repeat(c == '{' ? "{\"a\":" : c == '-' ? "- " : c.ToString(), 100_000));

        Assert.Equal(400, Assert.Throws<ODataRequestException>(() => parser.Parse("Products", "$filter=" + text)).Status);
        Assert.Equal(400, Assert.Throws<ODataRequestException>(() => parser.Parse("Products", "$search=" + new string('(', 100_000))).Status);
    }

    [Fact]
    public void Expression_LongChain_ReportsLimitExceeded()
    {
        var sum = string.Join(" add ", Enumerable.Repeat("1", 2_000));
        var path = string.Join("/", Enumerable.Repeat("Parent", 2_000));

        Assert.Equal("LimitExceeded", GetFilterError(sum + " eq 1").Code);
        Assert.Equal("LimitExceeded", GetFilterError($"Category/{path}/Name eq 'x'").Code);
    }
}
