using ServiceOffices.Evaluation;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>Writes what says of an entity and its values which they are: types, ids and links (OData JSON Format 4.01, 4.6).</summary>
internal sealed class ControlInformation(ReadRequest read, JsonOutput json)
{
    private readonly MetadataLevel level = read.Format.Metadata;
    private readonly string prefix = read.Format.Prefix;

    /// <param name="hasType">Whether the type stands there already.</param>
    public void WriteType(Projection projection, int row, bool hasType)
    {
        // 4.6.3: a type derived from the declared one must be said.
        if (level == MetadataLevel.Full || (level == MetadataLevel.Minimal && projection.IsOfOtherType && !hasType))
        {
            json.Member(prefix + "type", "#" + projection.Table.TypeAt(row).FullName);
        }
    }

    /// <param name="isTransient">Whether <c>$apply</c> made the row from several entities, so that it is none itself.</param>
    public void WriteId(Projection projection, int row, bool isTransient)
    {
        // 4.6.8: null says that there is no such entity; without a key only the id tells which it is.
        if (isTransient && level != MetadataLevel.None)
        {
            json.Name(prefix + "id");
            json.Null();
            return;
        }

        var isShown = level == MetadataLevel.Full || (level == MetadataLevel.Minimal && projection.LacksKey);
        if (isShown && projection.Table.Type.IsEntity && read.Urls.Of(projection.Table, row) is { Length: > 0 } url)
        {
            json.Member(prefix + "id", url);
            if (level == MetadataLevel.Full)
            {
                json.Member(prefix + "readLink", url);
            }
        }
    }

    /// <summary>The type of a declared property's value, or of one that <c>$apply</c> added.</summary>
    public void WriteValueType(string name, DataType type, bool isAdded)
    {
        if ((level == MetadataLevel.Full || (level == MetadataLevel.Minimal && isAdded)) && Annotation(type) is { } annotation)
        {
            json.Member(name + prefix + "type", annotation);
        }
    }

    /// <summary>The type of a value that the schema does not declare: what the value does not show of it must be said (4.6.3).</summary>
    public void WriteComputedType(string name, DataType type, object? value)
    {
        var annotation = value is double number && !double.IsFinite(number) ? "#Double" : Annotation(type);
        if (level != MetadataLevel.None && annotation is not null)
        {
            json.Member(name + prefix + "type", annotation);
        }
    }

    public void WriteNavigationLinks(Table table, int row, Property navigation)
    {
        if (level == MetadataLevel.Full && read.Urls.Of(table, row) is { Length: > 0 } url)
        {
            url += table.Type.Find(navigation.Name) is null ? $"/{table.TypeAt(row).FullName}/{navigation.Name}" : "/" + navigation.Name;
            json.Member(navigation.Name + prefix + "associationLink", url + "/$ref");
            json.Member(navigation.Name + prefix + "navigationLink", url);
        }
    }

    /// <summary>The links of every navigation property that is not expanded.</summary>
    public void WriteOtherNavigationLinks(Projection projection, int row)
    {
        if (level != MetadataLevel.Full || !projection.Type.IsEntity)
        {
            return;
        }

        foreach (var property in projection.Type.Properties)
        {
            if (property.IsNavigation && !projection.Items.Any(item => item is ExpandedItem expanded && expanded.Property == property))
            {
                WriteNavigationLinks(projection.Table, row, property);
            }
        }
    }

    // 4.6.3: strings, Booleans and doubles speak for themselves.
    private static string? Annotation(DataType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String or PrimitiveKind.Boolean or PrimitiveKind.Double } => null,
        PrimitiveType primitive => "#" + primitive.Kind,
        CollectionType { Element: PrimitiveType primitive } => $"#Collection({primitive.Kind})",
        CollectionType collection => $"#Collection({collection.Element.FullName})",
        StructuredType => null,
        _ => "#" + type.FullName,
    };
}
