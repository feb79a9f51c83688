using System.Text.Json;

namespace ODataEngine.Model;

/// <summary>A column as everybody is told of it: the one place that a name, a type and a description stand.</summary>
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

    /// <summary>A navigation property: types lead to each other in circles, so this one's is asked for when first needed.</summary>
    public Property(string name, string targetSet, Func<DataType> type, bool nullable)
    {
        Name = name;
        JsonName = JsonEncodedText.Encode(name, JsonValueWriter.WriterOptions.Encoder);
        this.type = new Lazy<DataType>(type);
        TargetSet = targetSet;
        IsNullable = nullable;
    }

    public string Name { get; }

    /// <summary>The name as JSON writes it, encoded once for all rows.</summary>
    internal JsonEncodedText JsonName { get; }

    /// <summary>For a navigation property the entity type that it leads to, or a collection of it.</summary>
    public DataType Type => type.Value;

    /// <summary>Whether the value (of a collection: an item) may be null.</summary>
    public bool IsNullable { get; }

    /// <summary>The entity set that a navigation property leads to; null for every other property.</summary>
    public string? TargetSet { get; }

    /// <summary>The navigation property that leads back, or null.</summary>
    public string? Partner { get; init; }

    public LocalizedString? Title { get; init; }

    public LocalizedString? Description { get; init; }

    /// <summary>The unit as the Measures vocabulary writes it, such as <c>km</c>; null where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>The codes that the value may be; empty where it is free.</summary>
    public IReadOnlyList<AllowedValue> AllowedValues { get; init; } = [];

    /// <summary>
    /// What it means in public vocabularies, as prefixed names: <c>schema:telephone</c>. With a language (<c>skos:prefLabel@sv</c>)
    /// the values are texts in it, in angle brackets (<c>&lt;foaf:homepage&gt;</c>) they are addresses. Empty: it has a meaning of its own.
    /// </summary>
    public IReadOnlyList<string> Terms { get; internal set; } = [];

    public bool IsNavigation => TargetSet is not null;

    public bool IsCollection => Type is CollectionType;

    /// <summary>The type itself, or a collection's element type.</summary>
    public DataType ElementType => Type is CollectionType collection ? collection.Element : Type;

    public override string ToString() => Name;
}

/// <summary>One code that a column may hold, with its label.</summary>
public sealed record AllowedValue(string Value, LocalizedString Label);
