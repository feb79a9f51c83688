using System.Text;
using ODataEngine.Execution;
using ODataEngine.Execution.Nodes;
using ODataEngine.Formats.Geo;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Responses;

/// <summary>Builds the response to a request for the value of a property: primitive, complex or a collection.</summary>
internal sealed class PropertyResponseBuilder(ReadContext context, ValueResource resource)
{
    private readonly Query query = context.Url.Query;

    public ODataResponse Build()
    {
        if (resource.Value is ItemAccess item)
        {
            return BuildItem(item);
        }

        if (resource.Value is CastExpression { Target: StructuredType } cast)
        {
            return BuildCast(cast);
        }

        if (resource.Value is not PropertyAccess access)
        {
            return BuildCollection(resource.Value, null);
        }

        EntityResponseBuilder.EnsureKeysExist(context, access);
        var owner = context.Compiler.CompileRow(access.Source);
        var row = owner.GetRow(context.Evaluation);
        if (row < 0 || owner.Table[access.Property].IsNull(row))
        {
            // OData 4.01 Part 1, 11.2.4: the property, or a value that contains it, is null.
            context.RejectCollectionOptions();
            return context.CreateResponse(204, null, default);
        }

        var column = owner.Table[access.Property];
        return resource.Value.Type is CollectionType
            ? BuildCollection(access, owner)
            : BuildSingle(GetContextFragment(owner, row, column.Property.Name), column, row);
    }

    // OData 4.01 Part 2, 4.10: an item of an ordered collection by its index.
    private ODataResponse BuildItem(ItemAccess item)
    {
        EntityResponseBuilder.EnsureKeysExist(context, item.Collection);
        var node = context.Compiler.CompileRow(item);
        var row = node.GetRow(context.Evaluation);
        if (row < 0)
        {
            throw ODataErrors.NotFound($"The collection has no item at index {item.Index}.");
        }

        return node.Table.Type.Find(CollectionColumn.ItemName) is { } value
            ? BuildSingle(context.Request.Path, node.Table[value], row)
            : BuildStructured(context.Request.Path, node.Table, row);
    }

    private ODataResponse BuildCast(CastExpression cast)
    {
        EntityResponseBuilder.EnsureKeysExist(context, cast);
        context.RejectCollectionOptions();
        var node = context.Compiler.CompileRow(cast);
        var row = node.GetRow(context.Evaluation);
        return row < 0 ? context.CreateResponse(204, null, default) : BuildStructured(context.Request.Path, node.Table, row);
    }

    private ODataResponse BuildStructured(string fragment, Table table, int row) =>
        context.CreateJsonResponse(
            fragment + ContextUrl.GetSelectList(query, context.Format.IsVersion401, table.Type),
            (_, rowWriter) => rowWriter.WriteMembers(new RowProjection(context.Compiler, table, query), row));

    private ODataResponse BuildSingle(string fragment, Column column, int row)
    {
        context.RejectCollectionOptions();
        if (resource.Kind == ValueKind.Raw)
        {
            // OData 4.01 Part 1, 11.2.4.1: geography as well-known text.
            return column switch
            {
                ValueColumn<byte[]> binary => context.CreateResponse(200, "application/octet-stream", binary.Values[row]),
                ValueColumn<GeoPoint> points => CreateTextResponse(WktFormatter.Format(points.Values[row])),
                ValueColumn<Geometry> geometries => CreateTextResponse(WktFormatter.Format(geometries.Values[row])),
                _ => CreateTextResponse(JsonValueWriter.Format(column, row) ?? ""),
            };
        }

        if (column is ComplexColumn complex)
        {
            return BuildStructured(fragment, complex.Fields, row);
        }

        return context.CreateJsonResponse(fragment, (json, rowWriter) =>
        {
            json.WriteName("value");
            rowWriter.WriteValue(column, row);
        });
    }

    // Without a charset, text/plain is ASCII (RFC 2046, 4.1.2), so other text needs one although none was requested.
    private ODataResponse CreateTextResponse(string text) =>
        context.CreateResponse(200, Ascii.IsValid(text) ? "text/plain" : "text/plain;charset=utf-8", Encoding.UTF8.GetBytes(text));

    private ODataResponse BuildCollection(Expression collection, RowNode? owner)
    {
        var (table, rows) = CollectionResponseBuilder.GetSource(context, collection);
        var plan = new QueryPlan(context.Compiler, table, query);
        var matches = plan.GetMatches(rows, context.Evaluation);
        if (resource.Kind == ValueKind.Count)
        {
            return context.CreateCountResponse(matches.Length);
        }

        var fragment = owner is null
            ? collection.Type!.FullName
            : GetContextFragment(owner, owner.GetRow(context.Evaluation), ((PropertyAccess)collection).Property.Name);
        return CollectionEnvelope.Write(context, fragment + ContextUrl.GetSelectList(query, context.Format.IsVersion401, table.Type), query.IncludeCount ? matches.Length : null, nextLink: null, (_, rowWriter) =>
        {
            var pageRows = plan.ApplySkipTop(matches).Span;
            if (table.Type.Find(CollectionColumn.ItemName) is { } item)
            {
                rowWriter.WritePrimitiveItems(table[item], pageRows);
            }
            else
            {
                rowWriter.WriteArray(new RowProjection(context.Compiler, table, query), pageRows);
            }
        });
    }

    private string GetContextFragment(RowNode owner, int row, string property) =>
        context.EntityUrls.GetUrl(owner.Table, row) is not { Length: > 0 } url ? context.Request.Path
        : owner.Table.Type.Find(property) is null ? $"{url}/{owner.Table.GetRowType(row).FullName}/{property}"
        : url + "/" + property;
}
