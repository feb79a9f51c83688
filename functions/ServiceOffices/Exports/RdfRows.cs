using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// Tells rows as RDF: an entity is its URL, a complex value a blank node; a null says nothing. A property has the public
/// meanings that its description names, or one of its own in the OData schema.
/// </summary>
/// <param name="set">The entity set that the rows are of: their URLs begin with it.</param>
internal sealed class RdfRows(RdfShape shape, string set, RdfSyntax syntax)
{
    private const string Xsd = "xsd:";

    public void Write(int row)
    {
        syntax.BeginNode(shape.Table.Type.IsEntity ? RdfTerms.EntityUrl(set, shape.Table, row) : null, shape.Classes, shape.Table.Type);
        Members(shape, row);
        syntax.EndNode();
    }

    private void Members(RdfShape of, int row)
    {
        foreach (var (predicate, sources) in of.Predicates)
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
                    Value(source, source.Column, row);
                }
            }

            syntax.EndPredicate();
        }
    }

    private static bool HasValue(Column column, int row) => column switch
    {
        CollectionColumn { Property.ElementType: StructuredType } structures => structures.CountAt(row) > 0,
        CollectionColumn values => Enumerable.Range(values.Starts[row], values.CountAt(row)).Any(item => !values.Elements.ColumnAt(0).IsNull(item)),
        _ => !column.IsNull(row),
    };

    private void Value(RdfSource source, Column column, int row)
    {
        switch (column)
        {
            case LinkColumn link:
                syntax.Entity(RdfTerms.EntityUrl(link.Property.TargetSet!, link.Target, link.SingleAt(row)));
                break;
            case ComplexColumn:
                Nested(source.Shape!, row);
                break;
            case CollectionColumn collection:
                for (var item = collection.Starts[row]; item < collection.Starts[row + 1]; item++)
                {
                    if (source.Shape is { } nested)
                    {
                        Nested(nested, item);
                    }
                    else if (!collection.Elements.ColumnAt(0).IsNull(item))
                    {
                        Value(source, collection.Elements.ColumnAt(0), item);
                    }
                }

                break;
            default:
                Literal(source, column, row);
                break;
        }
    }

    private void Nested(RdfShape nested, int row)
    {
        syntax.BeginNode(null, nested.Classes, nested.Table.Type);
        Members(nested, row);
        syntax.EndNode();
    }

    private void Literal(RdfSource source, Column column, int row)
    {
        var text = CellText.Of(column, row);
        if (column is ValueColumn<string>)
        {
            if (source.IsLink && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                syntax.Address(address.AbsoluteUri);
            }
            else
            {
                syntax.Literal(text, null, source.Language);
            }

            return;
        }

        syntax.Literal(text, column switch
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
