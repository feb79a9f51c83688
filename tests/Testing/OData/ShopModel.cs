using ODataEngine;
using ODataEngine.Model;
using ODataEngine.Parsing;
using ODataEngine.Parsing.QueryTree;

namespace ServiceOffices.Testing.OData;

/// <summary>A small model with one property of each kind and navigation in both directions, named after the examples of the standard.</summary>
internal static class ShopModel
{
    public static EnumType Color { get; } = new("Shop.Color", [("Red", 1), ("Yellow", 2), ("Blue", 4)]);

    public static StructuredType Address { get; } = new(
        "Shop", "Address",
        [
            new Property("Street", PrimitiveType.String, nullable: true),
            new Property("City", PrimitiveType.String, nullable: true),
            new Property("Number", PrimitiveType.Int32, nullable: true),
            new Property("Country", "Countries", () => Country!, nullable: true),
        ], []);

    public static StructuredType Country { get; } = new(
        "Shop", "Country", [new Property("Code", PrimitiveType.String, false), new Property("Name", PrimitiveType.String, false)], ["Code"]);

    public static StructuredType Category { get; } = new(
        "Shop", "Category",
        [
            new Property("Id", PrimitiveType.String, false),
            new Property("Name", PrimitiveType.String, false),
            new Property("Parent", "Categories", () => Category!, nullable: true),
            new Property("Products", "Products", () => new CollectionType(Product!), nullable: false) { Partner = "Category" },
        ], ["Id"]);

    public static StructuredType Product { get; } = new(
        "Shop", "Product",
        [
            new Property("Id", PrimitiveType.Int32, false),
            new Property("Name", PrimitiveType.String, true),
            new Property("Price", PrimitiveType.Decimal, true),
            new Property("Rating", PrimitiveType.Get(PrimitiveKind.Int16), true),
            new Property("Stock", PrimitiveType.Int64, true),
            new Property("Level", PrimitiveType.Get(PrimitiveKind.Byte), true),
            new Property("Weight", PrimitiveType.Double, true),
            new Property("Share", PrimitiveType.Get(PrimitiveKind.Single), true),
            new Property("Active", PrimitiveType.Get(PrimitiveKind.Boolean), true),
            new Property("Released", PrimitiveType.Date, true),
            new Property("Changed", PrimitiveType.DateTimeOffset, true),
            new Property("Opens", PrimitiveType.TimeOfDay, true),
            new Property("Lasts", PrimitiveType.Duration, true),
            new Property("Token", PrimitiveType.Get(PrimitiveKind.Guid), true),
            new Property("Image", PrimitiveType.Get(PrimitiveKind.Binary), true),
            new Property("Place", PrimitiveType.Get(PrimitiveKind.GeographyPoint), true),
            new Property("Route", PrimitiveType.Get(PrimitiveKind.GeographyLineString), true),
            new Property("Color", Color, true),
            new Property("Address", Address, true),
            new Property("Tags", new CollectionType(PrimitiveType.String), false),
            new Property("Scores", new CollectionType(PrimitiveType.Int32), false),
            new Property("Addresses", new CollectionType(Address), false),
            new Property("Category", "Categories", () => Category, nullable: true) { Partner = "Products" },
            new Property("Sales", "Sales", () => new CollectionType(Sale!), nullable: false) { Partner = "Product" },
        ], ["Id"]);

    public static StructuredType Sale { get; } = new(
        "Shop", "Sale",
        [
            new Property("ProductId", PrimitiveType.Int32, false),
            new Property("Number", PrimitiveType.Int32, false),
            new Property("Amount", PrimitiveType.Decimal, true),
            new Property("On", PrimitiveType.Date, true),
            new Property("Product", "Products", () => Product, nullable: true) { Partner = "Sales" },
        ], ["ProductId", "Number"]);

    public static EntityModel Model { get; } = new(
        "Shop",
        [
            Set("Products", Product), Set("Categories", Category), Set("Countries", Country), Set("Sales", Sale),
        ]);

    public static UrlParser Parser { get; } = new(Model, new ODataLimits());

    public static ParsedUrl Parse(string path, string query = "") => Parser.Parse(path, query);

    /// <summary>Gets the tree of a filter on Products as <see cref="SyntaxTreeFormatter"/> formats it; aliases follow after an ampersand.</summary>
    public static string Filter(string filter, string more = "") =>
        SyntaxTreeFormatter.Format(Parse("Products", $"$filter={Uri.EscapeDataString(filter)}{more}").Query.Filter!);

    public static string Path(string path, string query = "") => SyntaxTreeFormatter.Format(((ValueResource)Parse(path, query).Resource).Value);

    public static ODataRequestException GetError(string path, string query = "") =>
        Assert.Throws<ODataRequestException>(() => Parser.Parse(path, query));

    public static ODataRequestException GetFilterError(string filter) => GetError("Products", "$filter=" + Uri.EscapeDataString(filter));

    private static EntitySet Set(string name, StructuredType type) => new(name, type, new LocalizedString(name, name), new LocalizedString(name, name), ["Name"]);
}
