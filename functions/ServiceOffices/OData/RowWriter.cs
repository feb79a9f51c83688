using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// Writes projected rows: copies what is encoded already, computes what <c>$compute</c>, <c>$expand</c> and the
/// rarer forms (full metadata, numbers as strings, nulls left out) add.
/// </summary>
internal sealed class RowWriter(ReadRequest read, JsonOutput json)
{
    private readonly ControlInformation control = new(read, json);
    private readonly int[] scope = read.Scope;
    private readonly bool omitNulls = read.Preferences.OmitNulls;
    private readonly bool asEncoded =
        read is { Preferences.OmitNulls: false, Format: { Ieee754Compatible: false, Metadata: not MetadataLevel.Full } };

    /// <summary>Writes rows as an array.</summary>
    public void WriteArray(Projection projection, ReadOnlySpan<int> rows)
    {
        Allowance.TakeSteps(scope, rows.Length, projection.Nodes);
        json.StartArray();
        if (IsEncoded(projection))
        {
            EncodedRows.Of(projection.Table).Write(json, rows);
        }
        else if (ColumnsOf(projection) is { } columns)
        {
            json.Objects(columns, rows);
        }
        else
        {
            foreach (var row in rows)
            {
                WriteObject(projection, row);
            }
        }

        json.EndArray();
    }

    /// <summary>Writes a row as an object.</summary>
    public void WriteObject(Projection projection, int row)
    {
        if (IsEncoded(projection))
        {
            EncodedRows.Of(projection.Table).Write(json, [row]);
            return;
        }

        json.StartObject();
        WriteMembers(projection, row);
        json.EndObject();
    }

    /// <summary>Writes a row's members into the object that is open.</summary>
    /// <param name="hasType">Whether its type stands there already.</param>
    public void WriteMembers(Projection projection, int row, bool hasType = false)
    {
        if (IsEncoded(projection) && EncodedRows.Of(projection.Table).Members(row) is { Length: > 0 } members)
        {
            json.Encoded(members);
            return;
        }

        projection = projection.At(row);
        var declared = read.Urls.DeclaredType(projection.Table);
        control.WriteType(projection, row, hasType);
        control.WriteId(projection, row, isTransient: declared is not null && !projection.Table.Type.IsEntity);
        foreach (var item in projection.Items)
        {
            switch (item)
            {
                case ColumnItem column when asEncoded && declared is null && column is { Nested: null, Plan: null, Column.IsUniform: true }:
                    json.Encoded(EncodedColumn.Of(projection.Table, column.Ordinal, read.Compiler).At(row));
                    break;
                case ColumnItem column when omitNulls && column.Column.IsNull(row):
                    break;
                case ColumnItem column:
                    Enter(projection, row);
                    WriteColumn(projection, column, row, declared);
                    break;
                case ComputedItem computed:
                    Enter(projection, row);
                    WriteComputed(computed);
                    break;
                case ExpandedItem expanded:
                    Enter(projection, row);
                    // A property's control information stands before it, in one group.
                    control.WriteNavigationLinks(projection.Table, row, expanded.Property);
                    WriteExpanded(expanded, row);
                    break;
            }
        }

        control.WriteOtherNavigationLinks(projection, row);
    }

    /// <summary>Writes one property's value as it stands in an object: with the wanted nested form.</summary>
    public void WriteValue(Column column, int row, ColumnItem? item = null)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                json.Null();
                break;
            case ComplexColumn complex:
                WriteObject(item?.Nested ?? new Projection(complex.Fields), row);
                break;
            case CollectionColumn collection when collection.Elements.Type.Find(CollectionColumn.ItemName) is null:
                WriteArray(item?.Nested ?? new Projection(collection.Elements), Items(collection, row, item?.Plan).Span);
                break;
            case CollectionColumn collection:
                WriteItems(collection.Elements.ColumnAt(0), Items(collection, row, item?.Plan).Span);
                break;
            default:
                json.Value(column, row);
                break;
        }
    }

    /// <summary>Writes the items of a primitive collection as an array.</summary>
    public void WriteItems(Column items, ReadOnlySpan<int> rows)
    {
        json.StartArray();
        foreach (var row in rows)
        {
            WriteValue(items, row);
        }

        json.EndArray();
    }

    /// <summary>Writes a reference to an entity as an object.</summary>
    public void WriteReference(Table table, int row)
    {
        json.StartObject();
        json.Member(read.Format.Prefix + "id", read.Urls.Of(table, row));
        json.EndObject();
    }

    private bool IsEncoded(Projection projection) => asEncoded && projection.IsWhole && read.Urls.DeclaredType(projection.Table) is null;

    /// <summary>The encoded properties that a projection shows; null where it shows anything else too.</summary>
    private EncodedColumn[]? ColumnsOf(Projection projection)
    {
        var hasControl = projection.IsOfOtherType || (projection is { LacksKey: true, Table.Type.IsEntity: true } && read.Format.Metadata == MetadataLevel.Minimal);
        if (!asEncoded || hasControl || !projection.Table.IsUniform || read.Urls.DeclaredType(projection.Table) is not null)
        {
            return null;
        }

        var columns = new EncodedColumn[projection.Items.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            if (projection.Items[i] is not ColumnItem { Nested: null, Plan: null } column)
            {
                return null;
            }

            columns[i] = EncodedColumn.Of(projection.Table, column.Ordinal, read.Compiler);
        }

        return columns;
    }

    // What stands inside this item may have entered rows of its own, or this one's slot again by $levels.
    private void Enter(Projection projection, int row)
    {
        if (projection.Slot is { } slot)
        {
            scope[slot] = row;
        }
    }

    private void WriteColumn(Projection projection, ColumnItem column, int row, StructuredType? declared)
    {
        // What $apply adds to a declared type is as little declared as what $compute adds.
        var isAdded = declared is not null && declared.Find(column.Name)?.Type.FullName != column.Property.Type.FullName;
        control.WriteValueType(column.Name, column.Property.Type, isAdded);
        if (column is { Plan.Query.Count: true, Column: CollectionColumn counted })
        {
            json.Member(column.Name + read.Format.Prefix + "count", column.Plan.Match(Run(counted, row), scope).Length);
        }

        json.Name(column.Name);
        WriteValue(column.Column, row, column);
    }

    private void WriteComputed(ComputedItem computed)
    {
        var value = ByKind.Do(computed.Type, new Box(computed.Node, scope));
        control.WriteComputedType(computed.Name, computed.Type, value);
        json.Name(computed.Name);
        json.Value(value, computed.Type);
    }

    private static RowRun Run(CollectionColumn column, int row) => new(column.Starts[row], column.Starts[row + 1], null);

    private ReadOnlyMemory<int> Items(CollectionColumn column, int row, RowPlan? plan)
    {
        var run = Run(column, row);
        return plan is null ? Enumerable.Range(run.Start, run.Count).ToArray() : plan.Cut(plan.Match(run, scope));
    }

    private void WriteExpanded(ExpandedItem expanded, int row)
    {
        var column = expanded.Column;
        var matches = expanded.Plan.Match(new RowRun(column.Starts[row], column.Starts[row + 1], column.Rows), scope);
        if (expanded.Form == ExpandForm.Count || expanded.Plan.Query.Count)
        {
            json.Member(expanded.Name + read.Format.Prefix + "count", matches.Length);
            if (expanded.Form == ExpandForm.Count)
            {
                return;
            }
        }

        var rows = expanded.Plan.Cut(matches).Span;
        Allowance.TakeEntities(scope, rows.Length);
        Allowance.TakeSteps(scope, rows.Length, expanded.Nested.Nodes);
        if (expanded.Property.IsCollection)
        {
            json.Name(expanded.Name);
            json.StartArray();
            foreach (var related in rows)
            {
                WriteRelated(expanded, related);
            }

            json.EndArray();
        }
        else if (rows.Length > 0)
        {
            json.Name(expanded.Name);
            WriteRelated(expanded, rows[0]);
        }
        else if (!omitNulls)
        {
            json.Name(expanded.Name);
            json.Null();
        }
    }

    private void WriteRelated(ExpandedItem expanded, int row)
    {
        if (expanded.Form == ExpandForm.Entities)
        {
            WriteObject(expanded.Nested, row);
        }
        else
        {
            WriteReference(expanded.Column.Target, row);
        }
    }

    private readonly record struct Box(Node Node, int[] Scope) : ByKind.IWork<object?>
    {
        public object? Do<T>() => ((Node<T>)Node).TryGet(Scope, out var value) ? value : null;
    }
}
