using ODataEngine.Parsing.QueryTree;
using ServiceOffices.Testing.OData;
using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>Resource paths (OData 4.01 Part 2, 4).</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("Products", "Products", ValueKind.Value, "Products")]
    [InlineData("/Products/", "Products", ValueKind.Value, "Products")]
    [InlineData("Products(77)", "Products(77)", ValueKind.Value, "Products")]
    [InlineData("Products(Id=77)", "Products(77)", ValueKind.Value, "Products")]
    [InlineData("Products(-99999)", "Products(-99999)", ValueKind.Value, "Products")]
    [InlineData("Products/77", "Products(77)", ValueKind.Value, "Products")]
    [InlineData("Categories('O''Neil')", "Categories('O'Neil')", ValueKind.Value, "Categories")]
    [InlineData("Categories('a/b')", "Categories('a/b')", ValueKind.Value, "Categories")]
    [InlineData("Categories('a%2Fb')", "Categories('a/b')", ValueKind.Value, "Categories")]
    [InlineData("Categories/a%2fb", "Categories('a/b')", ValueKind.Value, "Categories")]
    [InlineData("Categories/O'Neil (1", "Categories('O'Neil (1')", ValueKind.Value, "Categories")]
    [InlineData("Categories/Products", "Categories('Products')", ValueKind.Value, "Categories")]
    [InlineData("Sales(ProductId=1,Number=2)", "Sales(1,2)", ValueKind.Value, "Sales")]
    [InlineData("Sales(Number=2,ProductId=1)", "Sales(1,2)", ValueKind.Value, "Sales")]
    [InlineData("Sales/1/2/Amount", "Sales(1,2)/Amount", ValueKind.Value, null)]
    [InlineData("Products(77)/Name", "Products(77)/Name", ValueKind.Value, null)]
    [InlineData("Products(77)/Name/$value", "Products(77)/Name", ValueKind.Raw, null)]
    [InlineData("Products(77)/Address/City", "Products(77)/Address/City", ValueKind.Value, null)]
    [InlineData("Products(77)/Address", "Products(77)/Address", ValueKind.Value, null)]
    [InlineData("Products(77)/Address/Country", "Products(77)/Address/Country", ValueKind.Value, "Countries")]
    [InlineData("Products(77)/Category", "Products(77)/Category", ValueKind.Value, "Categories")]
    [InlineData("Products(77)/Category/$ref", "Products(77)/Category", ValueKind.Reference, "Categories")]
    [InlineData("Products(77)/Sales/$ref", "Products(77)/Sales", ValueKind.Reference, "Sales")]
    [InlineData("Products/$ref", "Products", ValueKind.Reference, "Products")]
    [InlineData("Products/$count", "Products", ValueKind.Count, "Products")]
    [InlineData("Products(77)/Tags/$count", "Products(77)/Tags", ValueKind.Count, null)]
    [InlineData("Products(77)/Tags/0", "Products(77)/Tags[0]", ValueKind.Value, null)]
    [InlineData("Products(77)/Addresses/-1/City", "Products(77)/Addresses[-1]/City", ValueKind.Value, null)]
    [InlineData("Categories('x')/Products(77)/Name", "Categories('x')/Products(77)/Name", ValueKind.Value, null)]
    [InlineData("Categories('x')/Products/77/Name", "Categories('x')/Products(77)/Name", ValueKind.Value, null)]
    [InlineData("Products/Shop.Product", "Products", ValueKind.Value, "Products")]
    [InlineData("Products(77)/Shop.Product/Name", "Products(77)/Name", ValueKind.Value, null)]
    [InlineData("Products/$filter(Address/City eq 'a/b')", "Products/$filter($it#1:($it#1/Address/City Eq 'a/b'))", ValueKind.Value, "Products")]
    [InlineData("Products/$filter(Id gt 1)/$filter(Id lt 9)/$count", "Products/$filter($it#1:($it#1/Id Gt 1))/$filter($it#2:($it#2/Id Lt 9))", ValueKind.Count, "Products")]
    public void Path_Resource_Parses(string path, string value, ValueKind form, string? set)
    {
        var resource = Assert.IsType<ValueResource>(Parse(path).Resource);

        Assert.Equal((value, form, set), (SyntaxTreeFormatter.Format(resource.Value), resource.Kind, resource.EntitySet?.Name));
    }

    [Theory]
    [InlineData("Products(@k)", "@k=77", "Products(77)")]
    [InlineData("Sales(ProductId=@p,Number=@n)", "@p=1&@n=2", "Sales(1,2)")]
    [InlineData("Products/$filter(@f)", "@f=Id le 5", "Products/$filter($it#1:($it#1/Id Le 5))")]
    [InlineData("$entity", "$id=http://host/odata/v1/Products(77)", "Products(77)")]
    [InlineData("$entity", "$id=Categories('x')/Products(77)", "Categories('x')/Products(77)")]
    [InlineData("$entity", "id=Products(77)", "Products(77)")]
    [InlineData("Products(77)", "id=5&id=6", "Products(77)")]
    [InlineData("$entity/Shop.Product", "$id=Products/77", "Products(77)")]
    public void Path_WithOptions_Parses(string path, string query, string value) => Assert.Equal(value, ShopModel.Path(path, query));

    [Fact]
    public void Path_ServiceResource_Parses()
    {
        Assert.IsType<ServiceDocumentResource>(Parse("").Resource);
        Assert.IsType<ServiceDocumentResource>(Parse("/").Resource);
        Assert.IsType<MetadataResource>(Parse("$metadata", "$format=json").Resource);
        Assert.IsType<BatchResource>(Parse("$batch").Resource);
        Assert.IsType<AllResource>(Parse("$all", "$search=red&$top=1").Resource);
    }

    [Fact]
    public void CrossJoin_TwoSets_HasRowTypeOfEach()
    {
        var url = Parse("$crossjoin(Products,Sales)", "$filter=Products/Id eq Sales/ProductId&$expand=Products($select=Name),Sales");

        Assert.Equal(["Products", "Sales"], Assert.IsType<CrossJoinResource>(url.Resource).EntitySets.Select(set => set.Name));
        Assert.Equal("($it/Products/Id Eq $it/Sales/ProductId)", SyntaxTreeFormatter.Format(url.Query.Filter!));
        Assert.Equal(2, url.Query.Expand.Count);
    }

    [Theory]
    [InlineData("Nope", "", 404)]
    [InlineData("products", "", 404)]
    [InlineData("Products/Nope", "", 404)]
    [InlineData("Products(77)/Nope", "", 404)]
    [InlineData("Products(77)/Name/Nope", "", 404)]
    [InlineData("Products(77)/Name/$count", "", 404)]
    [InlineData("Products(77)/Name(1)", "", 404)]
    [InlineData("Products(77)/$count", "", 404)]
    [InlineData("Products(77)/$value", "", 400)]
    [InlineData("Products(77)/Tags/first", "", 404)]
    [InlineData("Products(77)/Tags/$ref", "", 404)]
    [InlineData("Products/$count/1", "", 404)]
    [InlineData("Products//1", "", 404)]
    [InlineData("Products/$query", "", 404)]
    [InlineData("Products/$each", "", 501)]
    [InlineData("$metadata/x", "", 404)]
    [InlineData("$nope", "", 404)]
    [InlineData("Products('77')", "", 400)]
    [InlineData("Products(Name=1)", "", 400)]
    [InlineData("Products(Id=1,Id=1)", "", 400)]
    [InlineData("Products()", "", 400)]
    [InlineData("Products(1,2)", "", 400)]
    [InlineData("Products(1", "", 404)]
    [InlineData("Products(1)(2)", "", 404)]
    [InlineData("Products(null)", "", 400)]
    [InlineData("Products(@k)", "", 400)]
    [InlineData("Products(now())", "", 400)]
    [InlineData("Products(1 add 1)", "", 400)]
    [InlineData("Products(99999999999)", "", 400)]
    [InlineData("Categories(abc)", "", 400)]
    [InlineData("Sales(1)", "", 400)]
    [InlineData("Sales(ProductId=1)", "", 400)]
    [InlineData("Sales/1", "", 404)]
    [InlineData("Products/$filter(Nope eq 1)", "", 400)]
    [InlineData("Products/$filter()", "", 400)]
    [InlineData("$crossjoin(Products,Nope)", "", 404)]
    [InlineData("$crossjoin(Products,Products)", "", 400)]
    [InlineData("$crossjoin", "", 400)]
    [InlineData("$entity", "", 400)]
    [InlineData("$entity", "$id=http://host/Nope(1)", 404)]
    [InlineData("$entity", "$id=Products", 404)]
    public void Path_Invalid_ReturnsStatus(string path, string query, int status) => Assert.Equal(status, GetError(path, query).Status);
}
