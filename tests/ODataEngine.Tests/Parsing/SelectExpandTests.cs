using ODataEngine.Parsing.QueryTree;
using ServiceOffices.Testing.OData;
using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>$select and $expand (OData 4.01 Part 2, 5.1.3 and 5.1.4).</summary>
public sealed class SelectExpandTests
{
    [Theory]
    [InlineData("Name,Id", "Name|Id")]
    [InlineData("*", "*")]
    [InlineData("*,Category", "*|Category")]
    [InlineData("Address/City, Address/Street", "Address/City|Address/Street")]
    [InlineData("Addresses/City", "Addresses/City")]
    [InlineData("Shop.Product/Name,Shop.*", "Name")]
    [InlineData("Total,Name", "computed Total|Name")]
    public void Select_Properties_Parses(string select, string expected)
    {
        var items = Parse("Products", $"$compute=Id add 1 as Total&$select={select}").Query.Select!;

        Assert.Equal(expected, string.Join("|", items.Select(item => item.IsWildcard ? "*" : item.Computed is { } computed ? "computed " + computed.Name : string.Join("/", item.Path))));
    }

    [Fact]
    public void Select_NestedOptions_HasOwnQuery()
    {
        var select = Parse(
            "Products", "$select=Address($select=City),Tags($filter=endswith($this,');') and $it/Active;$top=1;$count=true;$orderby=$this desc),Addresses($filter=More gt 1;$compute=Number add 1 as More)").Query.Select!;

        Assert.Equal("City", select[0].Options.Select![0].Path[0].Name);
        Assert.Equal("(EndsWith($this#2,');'):Edm.Boolean And $it/Active)", SyntaxTreeFormatter.Format(select[1].Options.Filter!));
        Assert.Equal((1L, true, "$this#2", true), (select[1].Options.Top, select[1].Options.IncludeCount, SyntaxTreeFormatter.Format(select[1].Options.OrderBy[0].Expression), select[1].Options.OrderBy[0].Descending));
        Assert.Equal("(computed#3/More Gt 1L)", SyntaxTreeFormatter.Format(select[2].Options.Filter!));
    }

    [Theory]
    [InlineData("$select=Nope", "UnknownProperty")]
    [InlineData("$select=name", "UnknownProperty")]
    [InlineData("$select=Address/Nope", "UnknownProperty")]
    [InlineData("$select=Name/x", "Syntax")]
    [InlineData("$select=Category/Name", "Syntax")]
    [InlineData("$select=Category($select=Name)", "OptionNotAllowed")]
    [InlineData("$select=Name($top=1)", "OptionNotAllowed")]
    [InlineData("$select=Address($top=1)", "OptionNotAllowed")]
    [InlineData("$select=Tags($select=x)", "OptionNotAllowed")]
    [InlineData("$select=Tags($top=1;$top=2)", "DuplicateOption")]
    [InlineData("$select=Tags($nope=1)", "UnknownOption")]
    [InlineData("$select=Tags($top=1", "Syntax")]
    [InlineData("$select=Tags()", "Syntax")]
    [InlineData("$select=Name,", "Syntax")]
    [InlineData("$select=Name Id", "Syntax")]
    [InlineData("$expand=Name", "UnknownProperty")]
    [InlineData("$expand=Nope", "UnknownProperty")]
    [InlineData("$expand=Address", "UnknownProperty")]
    [InlineData("$expand=Category,Category", "DuplicateOption")]
    [InlineData("$expand=*,*", "DuplicateOption")]
    [InlineData("$expand=Category/Name", "Syntax")]
    [InlineData("$expand=Category/$count", "Syntax")]
    [InlineData("$expand=Category($filter=true)", "OptionNotAllowed")]
    [InlineData("$expand=Sales/$ref($select=x)", "OptionNotAllowed")]
    [InlineData("$expand=Sales/$count($top=1)", "OptionNotAllowed")]
    [InlineData("$expand=Sales($levels=0)", "InvalidOption")]
    [InlineData("$expand=Sales($levels=many)", "InvalidOption")]
    [InlineData("$expand=$value", "Syntax")]
    [InlineData("$expand=Sales($filter=Nope eq 1)", "UnknownProperty")]
    public void SelectOrExpand_Invalid_Returns400(string query, string code)
    {
        var error = GetError("Products", query);

        Assert.Equal((400, code, query[..query.IndexOf('=', StringComparison.Ordinal)]), (error.Status, error.Code, error.Target));
    }

    [Theory]
    [InlineData("Category", "Category:Entities:1")]
    [InlineData("Category/Shop.Category", "Category:Entities:1")]
    [InlineData("Address/Country,Addresses/Country", "Address/Country:Entities:1|Addresses/Country:Entities:1")]
    [InlineData("Sales/$ref,Category/$ref", "Sales:References:1|Category:References:1")]
    [InlineData("Sales/$count", "Sales:Count:1")]
    [InlineData("*", "Category:Entities:1|Sales:Entities:1")]
    [InlineData("*/$ref,Category", "Category:Entities:1|Sales:References:1")]
    [InlineData("Category($levels=3)", "Category:Entities:3")]
    [InlineData("Category($levels=max)", "Category:Entities:5")]
    public void Expand_Navigation_Parses(string expand, string expected) => Assert.Equal(expected, string.Join(
        "|", Parse("Products", "$expand=" + expand).Query.Expand.Select(item => $"{string.Join("/", item.Path)}:{item.Kind}:{item.Levels}")));

    [Fact]
    public void Expand_StarWithLevels_ExpandsTargets()
    {
        var items = Parse("Products", "$expand=*($levels=2)").Query.Expand;

        Assert.Equal(["Parent", "Products"], items[0].Options.Expand.Select(item => item.Navigation.Name));
        Assert.Empty(items[0].Options.Expand[0].Options.Expand);
    }

    [Fact]
    public void Expand_NestedOptions_HasOwnQuery()
    {
        var item = Parse("Categories", "$expand=Products($filter=$it/Name eq Name and Twice gt 1;$orderby=Twice desc;$skip=1;$top=2;$count=true;"
            + "$compute=Id mul 2 as Twice;$select=Name,Twice;$search=O'Neil \"a;)\" (x OR y);$expand=Sales/$count($search=it's;$filter=Amount gt @a))&@a=5").Query.Expand[0];

        Assert.Equal("(($it/Name Eq $this#1/Name) And (computed#1/Twice Gt 1L))", SyntaxTreeFormatter.Format(item.Options.Filter!));
        Assert.Equal("((O'Neil AND a;)) AND (x OR y))", SyntaxTreeFormatter.Format(item.Options.Search!));
        Assert.Equal((1L, 2L, true), (item.Options.Skip, item.Options.Top, item.Options.IncludeCount));
        Assert.Equal("Twice", item.Options.Select![1].Computed!.Name);
        Assert.Equal("($this#2/Amount Gt 5m)", SyntaxTreeFormatter.Format(item.Options.Expand[0].Options.Filter!));
        Assert.Equal("it's", SyntaxTreeFormatter.Format(item.Options.Expand[0].Options.Search!));
        Assert.Equal(ExpandKind.Count, item.Options.Expand[0].Kind);
    }
}
