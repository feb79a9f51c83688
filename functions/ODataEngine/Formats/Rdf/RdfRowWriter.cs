using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

/// <summary>
/// Tells rows as RDF: an entity is its URL, a complex value a blank node; a null says nothing. A property has the public
/// meanings that its description names, or one of its own in the OData schema.
/// </summary>
/// <param name="set">The entity set that the rows are of: their URLs begin with it.</param>
internal sealed class RdfRowWriter(RdfMapping shape, string set, RdfStreamWriter syntax)
{
    private const string Xsd = "xsd:";

    public void Write(int row)
    {
        syntax.BeginNode(shape.Table.Type.IsEntity ? EntityUrl.Format(set, shape.Table, row) : null, shape.Classes, shape.Table.Type);
        WriteMembers(shape, row);
        syntax.EndNode();
    }

    private void WriteMembers(RdfMapping nodeMapping, int row)
    {
        foreach (var (predicate, sources) in nodeMapping.Predicates)
        {
            if (!sources.Exists(source => HasValue(source.Column, row)))
            {
                continue;
            }

            syntax.BeginPredicate(predicate);
            foreach (var source in sources)
            {
                if (HasValue(source.Column, row))
                {
                    WriteValue(source, source.Column, row);
                }
            }

            syntax.EndPredicate();
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
                syntax.WriteEntity(EntityUrl.Format(link.Property.TargetSet!, link.Target, link.GetSingleTarget(row)));
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
        syntax.BeginNode(null, nodeMapping.Classes, nodeMapping.Table.Type);
        WriteMembers(nodeMapping, row);
        syntax.EndNode();
    }

    private void WriteLiteral(RdfObjectSource source, Column column, int row)
    {
        var value = CellFormatter.Format(column, row);
        if (column is ValueColumn<string>)
        {
            if (source.IsIri && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            {
                syntax.WriteIri(uri.AbsoluteUri);
            }
            else
            {
                syntax.WriteLiteral(value, null, source.Language);
            }

            return;
        }

        syntax.WriteLiteral(value, column switch
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

/// <summary>A way to write RDF down: what <see cref="RdfRowWriter"/> tells, in order.</summary>
internal abstract class RdfStreamWriter
{
    /// <param name="url">Below the service root; null: a blank node.</param>
    /// <param name="classes">Prefixed names.</param>
    /// <param name="type">What it is in the OData schema.</param>
    public abstract void BeginNode(string? url, IReadOnlyList<string> classes, StructuredType type);

    public abstract void EndNode();

    public abstract void BeginPredicate(RdfPredicate predicate);

    public abstract void EndPredicate();

    /// <param name="url">Below the service root.</param>
    public abstract void WriteEntity(string url);

    /// <param name="iri">Absolute.</param>
    public abstract void WriteIri(string iri);

    /// <param name="datatype">A prefixed name; null for a plain text.</param>
    /// <param name="language">Null for none.</param>
    public abstract void WriteLiteral(string value, string? datatype, string? language);
}
