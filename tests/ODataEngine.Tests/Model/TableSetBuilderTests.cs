using ODataEngine.Model;

namespace ODataEngine.Tests.Model;

/// <summary>Models that tables do not support are rejected when the tables are built, not when a request reads them.</summary>
public sealed class TableSetBuilderTests
{
    private static readonly Property Id = new("id", PrimitiveType.Int32, nullable: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_NavigationOfComplexType_Throws(bool isCollection)
    {
        StructuredType place = null!;
        var address = new StructuredType("N", "Address", [new Property("country", "places", () => place, nullable: true)], []);
        var outer = new StructuredType("N", "Outer", [new Property("inner", address, nullable: true)], []);
        place = new StructuredType("N", "Place", [Id, new Property("address", isCollection ? new CollectionType(outer) : outer, nullable: true)], ["id"]);

        var error = Assert.Throws<ArgumentException>(() => new TableSetBuilder(new EntityModel("N", [new EntitySet("places", place)])));

        Assert.StartsWith("N.Address/country is a navigation property of a complex type", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SetOfDerivedType_Throws()
    {
        var place = new StructuredType("N", "Place", [Id], ["id"]);
        var town = StructuredType.CreateDerived(place, "N", "Town", []);

        var error = Assert.Throws<ArgumentException>(() => new TableSetBuilder(new EntityModel("N", [new EntitySet("towns", town)])));

        Assert.StartsWith("The set 'towns' is of the derived type N.Town", error.Message, StringComparison.Ordinal);
    }
}
