using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Validation;
using ODataEngine.Model;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary><see cref="EdmModelBuilder"/>: types, facets, partners and bindings.</summary>
public sealed class EdmModelBuilderTests
{
    [Theory]
    [InlineData("Register")]
    [InlineData("Workshop")]
    [InlineData("Shop")]
    [InlineData("Sample")]
    public void Build_EachModel_Validates(string name)
    {
        var edm = EdmModelBuilder.Build(MetadataModels.Find(name));

        edm.Validate(out var errors);
        Assert.Empty(errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("series", "Edm.Guid", false)]
    [InlineData("aDecimal", "Edm.Decimal", true)]
    [InlineData("aBinary", "Edm.Binary", true)]
    [InlineData("aDuration", "Edm.Duration", true)]
    [InlineData("aGeographyPolygon", "Edm.GeographyPolygon", true)]
    [InlineData("colour", "Work.Shop.Colour", false)]
    [InlineData("size", "Work.Shop.Size", false)]
    [InlineData("sizes", "Collection(Work.Shop.Size)", false)]
    [InlineData("times", "Collection(Edm.TimeOfDay)", true)]
    [InlineData("rival", "Work.Shop.Maker", true)]
    public void Build_Property_HasTypeAndNullability(string property, string type, bool nullable)
    {
        var edm = EdmModelBuilder.Build(MetadataModels.Workshop);

        var actual = Part(edm).FindProperty(property).Type;

        Assert.Equal(type, actual.FullName());
        // For a collection, nullable applies to its items.
        Assert.Equal(nullable, actual.IsCollection() ? actual.AsCollection().ElementType().IsNullable : actual.IsNullable);
    }

    [Fact]
    public void Build_Facets_KeepFullPrecision()
    {
        var edm = EdmModelBuilder.Build(MetadataModels.Workshop);

        Assert.Null(Part(edm).FindProperty("aDecimal").Type.AsDecimal().Scale);
        Assert.Equal(7, Part(edm).FindProperty("aDateTimeOffset").Type.AsTemporal().Precision);
        Assert.Equal(7, Part(edm).FindProperty("aTimeOfDay").Type.AsTemporal().Precision);
        Assert.Equal(7, Part(edm).FindProperty("aDuration").Type.AsTemporal().Precision);
        Assert.Equal(4326, Part(edm).FindProperty("aGeographyPoint").Type.AsSpatial().SpatialReferenceIdentifier);
    }

    [Fact]
    public void Build_Key_KeepsOrder()
    {
        var edm = EdmModelBuilder.Build(MetadataModels.Workshop);

        Assert.Equal(["series", "number"], Part(edm).Key().Select(part => part.Name));
    }

    [Fact]
    public void Build_Navigation_HasPartnerTargetAndNoContainment()
    {
        var edm = EdmModelBuilder.Build(MetadataModels.Workshop);
        var parts = edm.EntityContainer.FindEntitySet("parts");

        var maker = (IEdmNavigationProperty)Part(edm).FindProperty("maker");
        var rival = (IEdmNavigationProperty)Part(edm).FindProperty("rival");

        Assert.Equal("parts", maker.Partner.Name);
        Assert.Equal(EdmMultiplicity.One, maker.TargetMultiplicity());
        Assert.Null(rival.Partner);
        Assert.Equal(EdmMultiplicity.ZeroOrOne, rival.TargetMultiplicity());
        Assert.All([maker, rival], one => Assert.False(one.ContainsTarget));
        Assert.All([maker, rival], one => Assert.Equal("makers", parts.FindNavigationTarget(one).Name));
    }

    [Fact]
    public void Build_NavigationOfComplexType_IsBoundByPath()
    {
        var edm = EdmModelBuilder.Build(ShopModel.Model);

        var bindings = edm.EntityContainer.FindEntitySet("Products").NavigationPropertyBindings;

        Assert.Equal(
            ["Address/Country -> Countries", "Addresses/Country -> Countries", "Category -> Categories", "Sales -> Sales"],
            bindings.Select(binding => $"{binding.Path.Path} -> {binding.Target.Name}").Order());
    }

    [Fact]
    public void Build_RegisterModel_HasEveryPropertyInOrder()
    {
        var edm = EdmModelBuilder.Build(MetadataModels.Register);

        Assert.Equal("ServiceOffices.Container", edm.EntityContainer.FullName());
        Assert.Equal(MetadataModels.Register.Sets.Select(set => set.Name), edm.EntityContainer.EntitySets().Select(set => set.Name));
        Assert.All(MetadataModels.Register.Sets, set => Assert.Equal(
            set.Type.Properties.Where(property => !property.IsNavigation).Select(property => property.Name),
            edm.EntityContainer.FindEntitySet(set.Name).EntityType.StructuralProperties().Select(property => property.Name)));
    }

    [Fact]
    public void Build_NavigationToUnknownSet_Throws()
    {
        StructuredType type = null!;
        type = new StructuredType("N", "Loose", [new("id", PrimitiveType.Int32, nullable: false), new("next", "nowhere", () => type, nullable: true)], ["id"]);
        var model = new EntityModel("N", [new("loose", type, new("", ""), new("", ""), [])]);

        var error = Assert.Throws<ArgumentException>(() => EdmModelBuilder.Build(model));

        Assert.StartsWith("N.Loose/next targets 'nowhere', which is not a set of the model.", error.Message, StringComparison.Ordinal);
    }

    private static IEdmEntityType Part(EdmModel edm) => (IEdmEntityType)edm.FindDeclaredType("Work.Shop.Part");
}
