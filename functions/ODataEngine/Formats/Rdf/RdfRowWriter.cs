using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

/// <summary>
/// Writes rows as RDF: an entity is identified by its URL, a complex value is a blank node, and null has no triple. The predicates of
/// a property are the public terms of its description, or a term of the OData schema if it has none.
/// </summary>
/// <param name="set">The entity set of the rows, the first segment of their URLs.</param>
/// <param name="root">The service root, with a trailing slash.</param>
internal sealed class RdfRowWriter(RdfMapping mapping, string set, string root, RdfWriter writer)
{
    private const string Xsd = "xsd:";

    public void Write(int row)
    {
        writer.BeginNode(mapping.Table.Type.IsEntity ? root + EntityUrl.Format(set, mapping.Table, row) : null, mapping.Classes);
        WriteMembers(mapping, row);
        writer.EndNode();
    }

    private void WriteMembers(RdfMapping nodeMapping, int row)
    {
        foreach (var (predicate, sources) in nodeMapping.Predicates)
        {
            if (!sources.Exists(source => HasValue(source.Column, row)))
            {
                continue;
            }

            writer.BeginPredicate(predicate);
            foreach (var source in sources)
            {
                if (HasValue(source.Column, row))
                {
                    WriteValue(source, source.Column, row);
                }
            }

            writer.EndPredicate();
        }
    }

    private static bool HasValue(Column column, int row) => column switch
    {
        CollectionColumn { Property.ElementType: StructuredType } structures => structures.GetCount(row) > 0,
        CollectionColumn values => Enumerable.Range(values.Starts[row], values.GetCount(row)).Any(item => !values.Elements.GetColumn(0).IsNull(item)),
        _ => !column.IsNull(row),
    };

    private void WriteValue(RdfObjectSource source, Column column, int row)
    {
        switch (column)
        {
            case NavigationColumn link:
                writer.WriteIri(root + EntityUrl.Format(link.Property.TargetSet!, link.Target, link.GetSingleTarget(row)));
                break;
            case ComplexColumn:
                WriteNested(source.Mapping!, row);
                break;
            case CollectionColumn collection:
                for (var item = collection.Starts[row]; item < collection.Starts[row + 1]; item++)
                {
                    if (source.Mapping is { } itemMapping)
                    {
                        WriteNested(itemMapping, item);
                    }
                    else if (!collection.Elements.GetColumn(0).IsNull(item))
                    {
                        WriteValue(source, collection.Elements.GetColumn(0), item);
                    }
                }

                break;
            default:
                WriteLiteral(source, column, row);
                break;
        }
    }

    private void WriteNested(RdfMapping nodeMapping, int row)
    {
        writer.BeginNode(null, nodeMapping.Classes);
        WriteMembers(nodeMapping, row);
        writer.EndNode();
    }

    private void WriteLiteral(RdfObjectSource source, Column column, int row)
    {
        var value = CellFormatter.Format(column, row);
        if (column is ValueColumn<string>)
        {
            if (source.IsIri && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            {
                writer.WriteIri(uri.AbsoluteUri);
            }
            else
            {
                writer.WriteLiteral(value, null, source.Language);
            }

            return;
        }

        writer.WriteLiteral(value, column switch
        {
            ValueColumn<bool> => Xsd + "boolean",
            ValueColumn<double> or ValueColumn<float> => Xsd + "double",
            ValueColumn<decimal> => Xsd + "decimal",
            ValueColumn<int> { Property.ElementType: EnumType } => null,
            ValueColumn<int> or ValueColumn<long> or ValueColumn<short> or ValueColumn<byte> or ValueColumn<sbyte> => Xsd + "integer",
            ValueColumn<DateOnly> => Xsd + "date",
            ValueColumn<DateTimeOffset> => Xsd + "dateTime",
            ValueColumn<TimeOnly> => Xsd + "time",
            ValueColumn<TimeSpan> => Xsd + "dayTimeDuration",
            ValueColumn<GeoPoint> or ValueColumn<Geometry> => "geosparql:wktLiteral",
            _ => null,
        }, null);
    }
}

/// <summary>The name of a class or property.</summary>
/// <param name="Name">A prefixed name, or for a term of the OData schema the part after <c>$metadata#</c>.</param>
/// <param name="IsFromSchema">True for a term of the OData schema.</param>
public readonly record struct RdfName(string Name, bool IsFromSchema)
{
    /// <summary>Creates a name with a declared prefix, such as <c>dcterms:title</c>.</summary>
    public static RdfName Prefixed(string name) => new(name, IsFromSchema: false);
}

/// <summary>Writes triples in one RDF syntax: for each node its classes, then each predicate with its objects.</summary>
public abstract class RdfWriter
{
    /// <summary>Begins a node, at the top level or as an object of the current predicate.</summary>
    /// <param name="iri">The absolute IRI or a reference relative to the document; null for a blank node.</param>
    /// <param name="classes">The node's types.</param>
    public abstract void BeginNode(string? iri, IReadOnlyList<RdfName> classes);

    /// <summary>Ends the current node.</summary>
    public abstract void EndNode();

    /// <summary>Begins a predicate of the current node; each predicate is written once, with all its objects.</summary>
    public abstract void BeginPredicate(RdfName predicate);

    /// <summary>Ends the current predicate.</summary>
    public abstract void EndPredicate();

    /// <summary>Writes an IRI as an object.</summary>
    public abstract void WriteIri(string iri);

    /// <summary>Writes a literal as an object.</summary>
    /// <param name="datatype">A prefixed name; null for a string.</param>
    /// <param name="language">A language tag; null for none.</param>
    public abstract void WriteLiteral(string value, string? datatype, string? language);
}
