using ODataEngine.Execution;
using ODataEngine.Model;
using ODataEngine.Protocol.Negotiation;
using ODataEngine.Protocol.Responses;

namespace ODataEngine.Protocol.Json;

/// <summary>Writes the control information of entities and values: types, ids and links (OData JSON Format 4.01, 4.5).</summary>
internal sealed class ControlInformationWriter(ReadContext context, JsonPayloadWriter json)
{
    private readonly MetadataLevel metadataLevel = context.Format.MetadataLevel;
    private readonly string prefix = context.Format.ControlPrefix;

    /// <param name="isTypeWritten">True if the type is already written.</param>
    public void WriteType(RowProjection projection, int row, bool isTypeWritten)
    {
        // 4.5.3: required for a type derived from the declared one.
        if (metadataLevel == MetadataLevel.Full || (metadataLevel == MetadataLevel.Minimal && projection.IsDerivedType && !isTypeWritten))
        {
            json.WriteMember(prefix + "type", "#" + projection.Table.GetRowType(row).FullName);
        }
    }

    /// <param name="isTransient">True for a row that <c>$apply</c> created from several entities.</param>
    public void WriteId(RowProjection projection, int row, bool isTransient)
    {
        // 4.5.8: null for a transient entity; without the key properties only the id identifies the entity.
        if (isTransient && metadataLevel != MetadataLevel.None)
        {
            json.WriteName(prefix + "id");
            json.WriteNull();
            return;
        }

        var isShown = metadataLevel == MetadataLevel.Full || (metadataLevel == MetadataLevel.Minimal && projection.LacksKey);
        if (isShown && projection.Table.Type.IsEntity && context.EntityUrls.GetUrl(projection.Table, row) is { Length: > 0 } url)
        {
            json.WriteMember(prefix + "id", url);
            if (metadataLevel == MetadataLevel.Full)
            {
                json.WriteMember(prefix + "readLink", url);
            }
        }
    }

    /// <summary>Writes the type of a declared property, or of one that <c>$apply</c> added.</summary>
    public void WriteValueType(string name, DataType type, bool isAdded)
    {
        if ((metadataLevel == MetadataLevel.Full || (metadataLevel == MetadataLevel.Minimal && isAdded)) && GetTypeAnnotation(type) is { } annotation)
        {
            json.WriteMember(name + prefix + "type", annotation);
        }
    }

    /// <summary>Writes the type of a property that the schema does not declare, if the JSON value does not imply it (4.5.3).</summary>
    public void WriteComputedType(string name, DataType type, object? value)
    {
        var annotation = value is double number && !double.IsFinite(number) ? "#Double" : GetTypeAnnotation(type);
        if (metadataLevel != MetadataLevel.None && annotation is not null)
        {
            json.WriteMember(name + prefix + "type", annotation);
        }
    }

    public void WriteNavigationLinks(Table table, int row, Property navigation)
    {
        if (metadataLevel == MetadataLevel.Full && context.EntityUrls.GetUrl(table, row) is { Length: > 0 } url)
        {
            url += table.Type.Find(navigation.Name) is null ? $"/{table.GetRowType(row).FullName}/{navigation.Name}" : "/" + navigation.Name;
            json.WriteMember(navigation.Name + prefix + "associationLink", url + "/$ref");
            json.WriteMember(navigation.Name + prefix + "navigationLink", url);
        }
    }

    /// <summary>Writes the links of the selected navigation properties that are not expanded.</summary>
    public void WriteUnexpandedNavigationLinks(RowProjection projection, int row)
    {
        if (metadataLevel != MetadataLevel.Full || !projection.Type.IsEntity)
        {
            return;
        }

        foreach (var property in projection.Type.Properties)
        {
            if (property.IsNavigation && projection.IsNavigationSelected(property) && !projection.Items.Any(item => item is ExpandedItem expanded && expanded.Property == property))
            {
                WriteNavigationLinks(projection.Table, row, property);
            }
        }
    }

    // 4.5.3: JSON implies strings, Booleans and doubles.
    private static string? GetTypeAnnotation(DataType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String or PrimitiveKind.Boolean or PrimitiveKind.Double } => null,
        PrimitiveType primitive => "#" + primitive.Kind,
        CollectionType { Element: PrimitiveType primitive } => $"#Collection({primitive.Kind})",
        CollectionType collection => $"#Collection({collection.Element.FullName})",
        StructuredType => null,
        _ => "#" + type.FullName,
    };
}
