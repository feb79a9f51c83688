using System.Text.Json;

namespace ODataEngine.Model;

/// <summary>The name, type and description of a property.</summary>
public sealed class Property
{
    private readonly Lazy<DataType> type;

    public Property(string name, DataType type, bool nullable)
    {
        Name = name;
        JsonName = JsonEncodedText.Encode(name, JsonValueWriter.WriterOptions.Encoder);
        this.type = new Lazy<DataType>(type);
        IsNullable = nullable;
    }

    /// <summary>Creates a navigation property. Types may refer to each other in cycles, so the type is resolved on first use.</summary>
    public Property(string name, string targetSet, Func<DataType> type, bool nullable)
    {
        Name = name;
        JsonName = JsonEncodedText.Encode(name, JsonValueWriter.WriterOptions.Encoder);
        this.type = new Lazy<DataType>(type);
        TargetSet = targetSet;
        IsNullable = nullable;
    }

    public string Name { get; }

    /// <summary>Gets the name in JSON, encoded once for all rows.</summary>
    internal JsonEncodedText JsonName { get; }

    /// <summary>Gets the type; for a navigation property, the target entity type or a collection of it.</summary>
    public DataType Type => type.Value;

    /// <summary>Gets whether the value may be null; for a collection, whether an item may be.</summary>
    public bool IsNullable { get; }

    /// <summary>Gets the target entity set of a navigation property; null for other properties.</summary>
    public string? TargetSet { get; }

    /// <summary>Gets the name of the navigation property in the other direction; null if there is none.</summary>
    public string? Partner { get; init; }

    public LocalizedString? Title { get; init; }

    public LocalizedString? Description { get; init; }

    /// <summary>Gets the unit in the notation of the Measures vocabulary, such as <c>km</c>; null if there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the allowed values; empty if any value is allowed.</summary>
    public IReadOnlyList<AllowedValue> AllowedValues { get; init; } = [];

    /// <summary>
    /// Gets the equivalent terms of public vocabularies, as prefixed names: <c>schema:telephone</c>. With a language tag
    /// (<c>skos:prefLabel@sv</c>) the values are strings in that language; in angle brackets (<c>&lt;foaf:homepage&gt;</c>) they are IRIs. Empty
    /// if there is no equivalent term.
    /// </summary>
    public IReadOnlyList<string> Terms { get; internal set; } = [];

    /// <summary>Gets the language tag of the values, which the terms state; null if they state none.</summary>
    public string? ValueLanguage => Terms.Select(term => term.Split('@')).FirstOrDefault(parts => parts.Length > 1)?[1];

    /// <summary>Gets the order of the strings if it depends on a language; null if they are ordered by code unit.</summary>
    public Collation? Collation { get; internal set; }

    public bool IsNavigation => TargetSet is not null;

    public bool IsCollection => Type is CollectionType;

    /// <summary>Gets the element type of a collection, or the type itself.</summary>
    public DataType ElementType => Type is CollectionType collection ? collection.Element : Type;

    public override string ToString() => Name;
}

/// <summary>An allowed value of a property, with its label.</summary>
public sealed record AllowedValue(string Value, LocalizedString Label);
