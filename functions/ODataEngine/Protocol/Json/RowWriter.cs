using ODataEngine.Execution;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Negotiation;
using ODataEngine.Protocol.Responses;

namespace ODataEngine.Protocol.Json;

/// <summary>
/// Writes projected rows. Copies encoded rows and properties where possible; <c>$compute</c>, <c>$expand</c>, full metadata,
/// numbers as strings and omitted nulls need new JSON.
/// </summary>
internal sealed class RowWriter(ReadContext context, JsonPayloadWriter json)
{
    private readonly ControlInformationWriter control = new(context, json);
    private readonly EvaluationContext evaluation = context.Evaluation;
    private readonly bool omitNulls = context.Preferences.OmitNulls;
    private readonly bool canUseEncoded =
        context is { Preferences.OmitNulls: false, Format: { IsIeee754Compatible: false, MetadataLevel: not MetadataLevel.Full } };

    /// <summary>Writes rows as an array.</summary>
    public void WriteArray(RowProjection projection, ReadOnlySpan<int> rows)
    {
        evaluation.Budget.ConsumeSteps(rows.Length, projection.NodeCount);
        json.WriteStartArray();
        if (CanUseEncodedRows(projection))
        {
            EncodedRows.GetOrCreate(projection.Table).Write(json, rows);
        }
        else if (GetEncodedColumns(projection) is { } columns)
        {
            json.WriteObjects(columns, rows);
        }
        else
        {
            foreach (var row in rows)
            {
                WriteObject(projection, row);
            }
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a row as an object.</summary>
    public void WriteObject(RowProjection projection, int row)
    {
        if (CanUseEncodedRows(projection))
        {
            EncodedRows.GetOrCreate(projection.Table).Write(json, [row]);
            return;
        }

        json.WriteStartObject();
        WriteMembers(projection, row);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of a row into the open object.</summary>
    /// <param name="isTypeWritten">True if the type is already written.</param>
    public void WriteMembers(RowProjection projection, int row, bool isTypeWritten = false)
    {
        if (CanUseEncodedRows(projection) && EncodedRows.GetOrCreate(projection.Table).GetMembers(row) is { Length: > 0 } members)
        {
            json.WriteEncoded(members);
            return;
        }

        projection = projection.ForRow(row);
        var declared = context.EntityUrls.FindDeclaredType(projection.Table);
        control.WriteType(projection, row, isTypeWritten);
        control.WriteId(projection, row, isTransient: declared is not null && !projection.Table.Type.IsEntity);
        foreach (var item in projection.Items)
        {
            switch (item)
            {
                case ColumnItem column when canUseEncoded && declared is null && column is { Nested: null, Plan: null, Column.IsUniform: true }:
                    json.WriteEncoded(EncodedColumn.GetOrCreate(projection.Table, column.Ordinal, context.Compiler).GetMember(row));
                    break;
                case ColumnItem { Column: var absent } when absent.IsAbsent(row):
                case ExpandedItem { Column: var absentLink } when absentLink.IsAbsent(row):
                    break;
                case ColumnItem column when omitNulls && column.Column.IsNull(row):
                    break;
                case ColumnItem column:
                    EnterRow(projection, row);
                    WriteColumn(projection, column, row, declared);
                    break;
                case ComputedItem computed:
                    EnterRow(projection, row);
                    WriteComputed(computed);
                    break;
                case ExpandedItem expanded:
                    EnterRow(projection, row);
                    // The control information of a property precedes it.
                    control.WriteNavigationLinks(projection.Table, row, expanded.Property);
                    WriteExpanded(expanded, row);
                    break;
            }
        }

        control.WriteUnexpandedNavigationLinks(projection, row);
    }

    /// <summary>Writes the value of a property, with the nested projection of its item.</summary>
    public void WriteValue(Column column, int row, ColumnItem? item = null)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                json.WriteNull();
                break;
            case ComplexColumn complex:
                WriteObject(item?.Nested ?? new RowProjection(complex.Fields), row);
                break;
            case CollectionColumn collection when collection.Elements.Type.Find(CollectionColumn.ItemName) is null:
                WriteArray(item?.Nested ?? new RowProjection(collection.Elements), GetItems(collection, row, item?.Plan).Span);
                break;
            case CollectionColumn collection:
                WritePrimitiveItems(collection.Elements.GetColumn(0), GetItems(collection, row, item?.Plan).Span);
                break;
            default:
                json.WriteValue(column, row);
                break;
        }
    }

    /// <summary>Writes the items of a primitive collection as an array.</summary>
    public void WritePrimitiveItems(Column items, ReadOnlySpan<int> rows)
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            WriteValue(items, row);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a reference to an entity as an object.</summary>
    public void WriteReference(Table table, int row)
    {
        json.WriteStartObject();
        json.WriteMember(context.Format.ControlPrefix + "id", context.EntityUrls.GetUrl(table, row));
        json.WriteEndObject();
    }

    private bool CanUseEncodedRows(RowProjection projection) => canUseEncoded && projection.IsComplete && context.EntityUrls.FindDeclaredType(projection.Table) is null;

    /// <summary>Gets the encoded properties of a projection; null if it needs anything else.</summary>
    private EncodedColumn[]? GetEncodedColumns(RowProjection projection)
    {
        var hasControlInformation = projection.IsDerivedType || (projection is { LacksKey: true, Table.Type.IsEntity: true } && context.Format.MetadataLevel == MetadataLevel.Minimal);
        if (!canUseEncoded || hasControlInformation || !projection.Table.IsUniform || context.EntityUrls.FindDeclaredType(projection.Table) is not null)
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

            columns[i] = EncodedColumn.GetOrCreate(projection.Table, column.Ordinal, context.Compiler);
        }

        return columns;
    }

    // Again for each item, since a nested item can use the same slot by $levels.
    private void EnterRow(RowProjection projection, int row)
    {
        if (projection.Slot is { } slot)
        {
            evaluation.Rows[slot] = row;
        }
    }

    private void WriteColumn(RowProjection projection, ColumnItem column, int row, StructuredType? declared)
    {
        // A property that $apply adds to a declared type is not declared, like a computed one.
        var isAdded = declared is not null && declared.Find(column.Name)?.Type.FullName != column.Property.Type.FullName;
        control.WriteValueType(column.Name, column.Property.Type, isAdded);
        if (column is { Plan.Query.IncludeCount: true, Column: CollectionColumn counted })
        {
            json.WriteMember(column.Name + context.Format.ControlPrefix + "count", column.Plan.GetMatches(GetRun(counted, row), evaluation).Length);
        }

        json.WriteName(column.Name);
        WriteValue(column.Column, row, column);
    }

    private void WriteComputed(ComputedItem computed)
    {
        var value = TypeDispatcher.Dispatch(computed.Type, new BoxedValueOperation(computed.Node, evaluation));
        control.WriteComputedType(computed.Name, computed.Type, value);
        json.WriteName(computed.Name);
        json.WriteValue(value, computed.Type);
    }

    private static RowRange GetRun(CollectionColumn column, int row) => new(column.Starts[row], column.Starts[row + 1], null);

    private ReadOnlyMemory<int> GetItems(CollectionColumn column, int row, QueryPlan? plan)
    {
        var run = GetRun(column, row);
        return plan is null ? Enumerable.Range(run.Start, run.Count).ToArray() : plan.ApplySkipTop(plan.GetMatches(run, evaluation));
    }

    private void WriteExpanded(ExpandedItem expanded, int row)
    {
        var (plan, nested, related) = expanded.GetRelated(row, evaluation);
        var matches = plan.GetMatches(related, evaluation);
        if (expanded.Form == ExpandKind.Count || plan.Query.IncludeCount)
        {
            json.WriteMember(expanded.Name + context.Format.ControlPrefix + "count", matches.Length);
            if (expanded.Form == ExpandKind.Count)
            {
                return;
            }
        }

        var rows = plan.ApplySkipTop(matches).Span;
        evaluation.Budget.ConsumeEntities(rows.Length);
        evaluation.Budget.ConsumeSteps(rows.Length, nested.NodeCount);
        if (expanded.Property.IsCollection)
        {
            json.WriteName(expanded.Name);
            json.WriteStartArray();
            foreach (var relatedRow in rows)
            {
                WriteRelated(expanded, nested, relatedRow);
            }

            json.WriteEndArray();
        }
        else if (rows.Length > 0)
        {
            json.WriteName(expanded.Name);
            WriteRelated(expanded, nested, rows[0]);
        }
        else if (!omitNulls)
        {
            json.WriteName(expanded.Name);
            json.WriteNull();
        }
    }

    private void WriteRelated(ExpandedItem expanded, RowProjection nested, int row)
    {
        if (expanded.Form == ExpandKind.Entities)
        {
            WriteObject(nested, row);
        }
        else
        {
            WriteReference(expanded.Column.Target, row);
        }
    }

    private readonly record struct BoxedValueOperation(Node Node, EvaluationContext Evaluation) : TypeDispatcher.ITypedOperation<object?>
    {
        public object? Invoke<T>() => ((Node<T>)Node).TryGet(Evaluation, out var value) ? value : null;
    }
}
