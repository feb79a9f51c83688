using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// Writes projected rows: copies what is encoded already, computes what <c>$compute</c>, <c>$expand</c> and the
/// rarer forms (full metadata, numbers as strings, nulls left out) add.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> output;
    private readonly Utf8JsonWriter json;
    private readonly ODataFormat format;
    private readonly bool omitNulls;
    private readonly EntityUrls urls;
    private readonly int[] scope;
    private readonly bool asEncoded;

    /// <param name="scope">The rows that the query's variables stand for; this writer sets those of the rows that it writes.</param>
    public RowWriter(ArrayBufferWriter<byte> output, ODataFormat format, bool omitNulls, EntityUrls urls, int[] scope)
    {
        this.output = output;
        this.format = format;
        this.omitNulls = omitNulls;
        this.urls = urls;
        this.scope = scope;
        json = new Utf8JsonWriter(output, JsonValues.Options with { SkipValidation = true });
        asEncoded = !omitNulls && !format.Ieee754Compatible && format.Metadata != MetadataLevel.Full;
    }

    public void Dispose() => json.Dispose();

    /// <summary>Writes rows as an array.</summary>
    public void WriteArray(Projection projection, ReadOnlySpan<int> rows)
    {
        Allowance.TakeSteps(scope, rows.Length, projection.Nodes);
        Raw("["u8);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0)
            {
                Raw(","u8);
            }

            WriteObject(projection, rows[i]);
        }

        Raw("]"u8);
    }

    /// <summary>Writes rows as an array of objects whose members the caller writes.</summary>
    public void WriteArray(ReadOnlySpan<int> rows, Action<int> writeMembers)
    {
        Raw("["u8);
        for (var i = 0; i < rows.Length; i++)
        {
            Raw(i > 0 ? ",{"u8 : "{"u8);
            writeMembers(rows[i]);
            Raw("}"u8);
        }

        Raw("]"u8);
    }

    /// <summary>Writes a member that is a string.</summary>
    public void WriteText(string name, string value, ref bool first)
    {
        Name(name, ref first);
        Text(value);
    }

    /// <summary>Writes a member that is an object with one string.</summary>
    public void WriteObject(string name, string innerName, string value, ref bool first)
    {
        Name(name, ref first);
        Raw("{"u8);
        var innerFirst = true;
        WriteText(innerName, value, ref innerFirst);
        Raw("}"u8);
    }

    /// <summary>Writes a row as an object.</summary>
    public void WriteObject(Projection projection, int row)
    {
        if (asEncoded && projection.IsWhole && urls.DeclaredType(projection.Table) is null)
        {
            Raw(EncodedRows.Of(projection.Table).Row(row));
            return;
        }

        Raw("{"u8);
        WriteMembers(projection, row, first: true);
        Raw("}"u8);
    }

    /// <summary>Writes a row's members into the object that is open.</summary>
    /// <param name="hasType">Whether its type stands there already.</param>
    public void WriteMembers(Projection projection, int row, bool first, bool hasType = false)
    {
        projection = projection.At(row);
        var declared = urls.DeclaredType(projection.Table);
        if (format.Metadata == MetadataLevel.Full || (format.Metadata == MetadataLevel.Minimal && projection.IsOfOtherType && !hasType))
        {
            // OData JSON Format 4.01, 4.6.3: a type derived from the declared one must be said.
            Name(format.Prefix + "type", ref first);
            Text("#" + projection.Table.TypeAt(row).FullName);
        }

        WriteId(projection, row, isTransient: declared is not null && !projection.Table.Type.IsEntity, ref first);
        foreach (var item in projection.Items)
        {
            switch (item)
            {
                case ColumnItem column when asEncoded && declared is null && column is { Nested: null, Plan: null, Column.IsUniform: true }:
                    Separate(ref first);
                    Raw(EncodedRows.Of(projection.Table).Property(row, column.Ordinal));
                    break;
                case ColumnItem column when omitNulls && column.Column.IsNull(row):
                    break;
                case ColumnItem column:
                    Enter(projection, row);
                    WriteColumn(projection, column, row, declared, ref first);
                    break;
                case ComputedItem computed:
                    Enter(projection, row);
                    WriteComputed(computed, ref first);
                    break;
                case ExpandedItem expanded:
                    Enter(projection, row);
                    // A property's control information stands before it, in one group.
                    WriteNavigationLinks(projection.Table, row, expanded.Property, ref first);
                    WriteExpanded(expanded, row, ref first);
                    break;
            }
        }

        if (format.Metadata == MetadataLevel.Full && projection.Type.IsEntity)
        {
            foreach (var property in projection.Type.Properties)
            {
                if (property.IsNavigation && !projection.Items.Any(item => item is ExpandedItem expanded && expanded.Property == property))
                {
                    WriteNavigationLinks(projection.Table, row, property, ref first);
                }
            }
        }
    }

    /// <summary>Writes one property's value as it stands in an object: with the wanted nested form.</summary>
    public void WriteValue(Column column, int row, ColumnItem? item = null)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                Raw("null"u8);
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
            case ValueColumn<long> number when format.Ieee754Compatible:
                WriteValue(number.Values[row], PrimitiveType.Int64);
                break;
            case ValueColumn<decimal> number when format.Ieee754Compatible:
                WriteValue(number.Values[row], PrimitiveType.Decimal);
                break;
            default:
                json.Reset();
                JsonValues.Write(json, column, row);
                json.Flush();
                break;
        }
    }

    /// <summary>Writes the items of a primitive collection as an array.</summary>
    public void WriteItems(Column items, ReadOnlySpan<int> rows)
    {
        Raw("["u8);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0)
            {
                Raw(","u8);
            }

            WriteValue(items, rows[i]);
        }

        Raw("]"u8);
    }

    // What stands inside this item may have entered rows of its own, or this one's slot again by $levels.
    private void Enter(Projection projection, int row)
    {
        if (projection.Slot is { } slot)
        {
            scope[slot] = row;
        }
    }

    private void WriteComputed(ComputedItem computed, ref bool first)
    {
        var value = ByKind.Do(computed.Type, new Box(computed.Node, scope));
        // The schema does not declare it: what the value does not show of its type must be said (OData JSON Format 4.01, 4.6.3).
        if (format.Metadata != MetadataLevel.None
            && (value is double number && !double.IsFinite(number) ? "#Double" : TypeAnnotation(computed.Type)) is { } type)
        {
            Name(computed.Name + format.Prefix + "type", ref first);
            Text(type);
        }

        Name(computed.Name, ref first);
        WriteValue(value, computed.Type);
    }

    private void WriteColumn(Projection projection, ColumnItem column, int row, StructuredType? declared, ref bool first)
    {
        // What $apply adds to a declared type is as little declared as what $compute adds.
        var isAdded = declared is not null && declared.Find(column.Name)?.Type.FullName != column.Property.Type.FullName;
        if ((format.Metadata == MetadataLevel.Full || (format.Metadata == MetadataLevel.Minimal && isAdded)) && TypeAnnotation(column.Property.Type) is { } type)
        {
            Name(column.Name + format.Prefix + "type", ref first);
            Text(type);
        }

        if (column is { Plan.Query.Count: true, Column: CollectionColumn counted })
        {
            Name(column.Name + format.Prefix + "count", ref first);
            WriteCount(column.Plan.Match(new RowRun(counted.Starts[row], counted.Starts[row + 1], null), scope).Length);
        }

        Name(column.Name, ref first);
        WriteValue(column.Column, row, column);
    }

    private ReadOnlyMemory<int> Items(CollectionColumn column, int row, RowPlan? plan)
    {
        var run = new RowRun(column.Starts[row], column.Starts[row + 1], null);
        return plan is null ? Enumerable.Range(run.Start, run.Count).ToArray() : plan.Cut(plan.Match(run, scope));
    }

    private void WriteExpanded(ExpandedItem expanded, int row, ref bool first)
    {
        var column = expanded.Column;
        var matches = expanded.Plan.Match(new RowRun(column.Starts[row], column.Starts[row + 1], column.Rows), scope);
        if (expanded.Form == ExpandForm.Count || expanded.Plan.Query.Count)
        {
            Name(expanded.Name + format.Prefix + "count", ref first);
            WriteCount(matches.Length);
            if (expanded.Form == ExpandForm.Count)
            {
                return;
            }
        }

        var rows = expanded.Plan.Cut(matches).Span;
        Allowance.TakeEntities(scope, rows.Length);
        Allowance.TakeSteps(scope, rows.Length, expanded.Nested.Nodes);
        if (!expanded.Property.IsCollection)
        {
            if (rows.Length == 0 && omitNulls)
            {
                return;
            }

            Name(expanded.Name, ref first);
            if (rows.Length == 0)
            {
                Raw("null"u8);
            }
            else
            {
                WriteRelated(expanded, rows[0]);
            }

            return;
        }

        Name(expanded.Name, ref first);
        Raw("["u8);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0)
            {
                Raw(","u8);
            }

            WriteRelated(expanded, rows[i]);
        }

        Raw("]"u8);
    }

    private void WriteRelated(ExpandedItem expanded, int row)
    {
        if (expanded.Form == ExpandForm.Entities)
        {
            WriteObject(expanded.Nested, row);
            return;
        }

        var first = true;
        Raw("{"u8);
        Name(format.Prefix + "id", ref first);
        Text(urls.Of(expanded.Column.Target, row));
        Raw("}"u8);
    }

    /// <param name="isTransient">Whether <c>$apply</c> made the row from several entities, so that it is none itself.</param>
    private void WriteId(Projection projection, int row, bool isTransient, ref bool first)
    {
        var table = projection.Table;
        // OData JSON Format 4.01, 4.6.8: null says that there is no such entity; without a key only the id tells which it is.
        if (isTransient && format.Metadata != MetadataLevel.None)
        {
            Name(format.Prefix + "id", ref first);
            Raw("null"u8);
            return;
        }

        var isShown = format.Metadata == MetadataLevel.Full || (format.Metadata == MetadataLevel.Minimal && projection.LacksKey);
        if (isShown && table.Type.IsEntity && urls.Of(table, row) is { Length: > 0 } url)
        {
            Name(format.Prefix + "id", ref first);
            Text(url);
            if (format.Metadata == MetadataLevel.Full)
            {
                Name(format.Prefix + "readLink", ref first);
                Text(url);
            }
        }
    }

    private void WriteNavigationLinks(Table table, int row, Property navigation, ref bool first)
    {
        if (format.Metadata == MetadataLevel.Full && urls.Of(table, row) is { Length: > 0 } url)
        {
            url += table.Type.Find(navigation.Name) is null ? $"/{table.TypeAt(row).FullName}/{navigation.Name}" : "/" + navigation.Name;
            Name(navigation.Name + format.Prefix + "associationLink", ref first);
            Text(url + "/$ref");
            Name(navigation.Name + format.Prefix + "navigationLink", ref first);
            Text(url);
        }
    }

    // OData JSON Format 4.01, 4.6.3: strings, Booleans and doubles speak for themselves.
    private static string? TypeAnnotation(DataType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.String or PrimitiveKind.Boolean or PrimitiveKind.Double } => null,
        PrimitiveType primitive => "#" + primitive.Kind,
        CollectionType { Element: PrimitiveType primitive } => $"#Collection({primitive.Kind})",
        CollectionType collection => $"#Collection({collection.Element.FullName})",
        StructuredType => null,
        _ => "#" + type.FullName,
    };

    private void WriteValue(object? value, DataType type)
    {
        json.Reset();
        JsonValues.Write(json, value, type, format.Ieee754Compatible);
        json.Flush();
    }

    private void Name(string name, ref bool first)
    {
        Separate(ref first);
        Text(name);
        Raw(":"u8);
    }

    private void Text(string text)
    {
        json.Reset();
        json.WriteStringValue(text);
        json.Flush();
    }

    // An Int64, like any other (OData JSON Format 4.01, 4.6.4).
    private void WriteCount(long count)
    {
        if (format.Ieee754Compatible)
        {
            Text(count.ToString(CultureInfo.InvariantCulture));
            return;
        }

        json.Reset();
        json.WriteNumberValue(count);
        json.Flush();
    }

    private void Separate(ref bool first)
    {
        if (!first)
        {
            Raw(","u8);
        }

        first = false;
    }

    private void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private readonly record struct Box(Node Node, int[] Scope) : ByKind.IWork<object?>
    {
        public object? Do<T>() => ((Node<T>)Node).TryGet(Scope, out var value) ? value : null;
    }
}
