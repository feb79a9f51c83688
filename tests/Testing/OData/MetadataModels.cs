using ODataEngine.Model;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Schema;

namespace ServiceOffices.Testing.OData;

/// <summary>Models for tests of the metadata document: the register, and one with the features that the register does not use.</summary>
internal static class MetadataModels
{
    public static MetadataOptions Options { get; } = new()
    {
        SupportedFormats = ["application/json;odata.metadata=minimal", "text/csv"],
        FilterFunctions = ["contains", "geo.distance"],
        MaxExpandLevels = 5,
        Search = true,
    };

    public static EntityModel Register => RegisterModel.Model;

    /// <summary>Each primitive type, an enumeration, collections of both and of complex values, a composite key, and navigation with and without a partner.</summary>
    public static EntityModel Workshop { get; } = CreateWorkshop();

    /// <summary>The models by name, for theories.</summary>
    public static EntityModel Find(string name) => name switch
    {
        "Register" => Register,
        "Workshop" => Workshop,
        "Shop" => ShopModel.Model,
        "Sample" => SampleModel.Model,
        _ => throw new ArgumentException($"No model is named '{name}'.", nameof(name)),
    };

    private static EntityModel CreateWorkshop()
    {
        const string ns = "Work.Shop";
        var colour = new EnumType("Work.Shop.Colour", [("Red", 1), ("Blue", 2)]);
        var size = new StructuredType(ns, "Size", [new("width", PrimitiveType.Decimal, nullable: false) { Unit = "cm" }, new("note", PrimitiveType.String, nullable: true)], []);
        StructuredType maker = null!;
        var part = new StructuredType(ns, "Part",
        [
            new("series", PrimitiveType.Get(PrimitiveKind.Guid), nullable: false),
            new("number", PrimitiveType.Int64, nullable: false),
            .. Enum.GetValues<PrimitiveKind>().Select(kind => new Property("a" + kind, PrimitiveType.Get(kind), nullable: true)),
            new("colour", colour, nullable: false),
            new("otherColours", new CollectionType(colour), nullable: false),
            new("times", new CollectionType(PrimitiveType.TimeOfDay), nullable: true),
            new("size", size, nullable: false),
            new("sizes", new CollectionType(size), nullable: false),
            new("maker", "makers", () => maker, nullable: false) { Partner = "parts" },
            new("rival", "makers", () => maker, nullable: true),
        ], ["series", "number"]);
        maker = new StructuredType(ns, "Maker",
        [
            new("name", PrimitiveType.String, nullable: false) { Title = new("Name", "Namn") },
            new("parts", "parts", () => new CollectionType(part), nullable: false) { Partner = "maker" },
        ], ["name"]);
        return new EntityModel(ns,
        [
            new("parts", part, new("Parts", "Delar"), new("Things to build with.", "Saker att bygga med."), []),
            new("makers", maker, new("Makers", "Tillverkare"), new("Who makes them.", "Vem som gör dem."), ["name"]),
        ]);
    }
}
