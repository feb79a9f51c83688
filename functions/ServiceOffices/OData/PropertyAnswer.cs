using System.Text;
using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The answer to a request for a property's value: primitive, complex or a collection of these.</summary>
internal sealed class PropertyAnswer(ReadRequest read, ValueResource resource)
{
    private readonly Query query = read.Url.Query;

    public ODataResponse Write()
    {
        if (resource.Value is ItemAt item)
        {
            return WriteItem(item);
        }

        if (resource.Value is Cast { Target: StructuredType } cast)
        {
            return WriteCast(cast);
        }

        if (resource.Value is not PropertyAccess access)
        {
            return WriteItems(resource.Value, null);
        }

        EntityAnswer.RequireKeys(read, access);
        var owner = read.Compiler.Row(access.Source);
        var row = owner.Row(read.Scope);
        if (row < 0 || owner.Table[access.Property].IsNull(row))
        {
            // OData 4.01 Part 1, 11.2.4: the property is null, or part of something that is.
            read.RefuseCollectionOptions();
            return read.Response(204, null, default);
        }

        var column = owner.Table[access.Property];
        return resource.Value.Type is CollectionType
            ? WriteItems(access, owner)
            : WriteSingle(Fragment(owner, row, column.Property.Name), column, row);
    }

    // OData 4.01 Part 2, 4.11: an item of an ordered collection by its place.
    private ODataResponse WriteItem(ItemAt item)
    {
        EntityAnswer.RequireKeys(read, item.Collection);
        var node = read.Compiler.Row(item);
        var row = node.Row(read.Scope);
        if (row < 0)
        {
            throw new QueryException(404, "NotFound", $"The collection has no item at place {item.Index}.");
        }

        return node.Table.Type.Find(CollectionColumn.ItemName) is { } value
            ? WriteSingle(read.Request.Path, node.Table[value], row)
            : WriteStructured(read.Request.Path, node.Table, row);
    }

    private ODataResponse WriteCast(Cast cast)
    {
        EntityAnswer.RequireKeys(read, cast);
        read.RefuseCollectionOptions();
        var node = read.Compiler.Row(cast);
        var row = node.Row(read.Scope);
        return row < 0 ? read.Response(204, null, default) : WriteStructured(read.Request.Path, node.Table, row);
    }

    private ODataResponse WriteStructured(string fragment, Table table, int row) =>
        read.Json(fragment, (_, rows) => rows.WriteMembers(new Projection(read.Compiler, table, query), row));

    private ODataResponse WriteSingle(string fragment, Column column, int row)
    {
        read.RefuseCollectionOptions();
        if (resource.Form == ValueForm.Raw)
        {
            return column is ValueColumn<byte[]> binary
                ? read.Response(200, "application/octet-stream", binary.Values[row])
                : read.Response(200, "text/plain;charset=utf-8", Encoding.UTF8.GetBytes(JsonValues.Text(column, row) ?? ""));
        }

        if (column is ComplexColumn complex)
        {
            return WriteStructured(fragment, complex.Fields, row);
        }

        return read.Json(fragment, (json, rows) =>
        {
            json.Name("value");
            rows.WriteValue(column, row);
        });
    }

    private ODataResponse WriteItems(Expression collection, RowNode? owner)
    {
        var source = read.Compiler.Run(collection);
        var plan = new RowPlan(read.Compiler, source.Table, query);
        var matches = plan.Match(source.Rows(read.Scope), read.Scope);
        if (resource.Form == ValueForm.Count)
        {
            return read.Count(matches.Length);
        }

        var fragment = owner is null
            ? collection.Type!.FullName
            : Fragment(owner, owner.Row(read.Scope), ((PropertyAccess)collection).Property.Name);
        return Envelope.Write(read, fragment, query.Count ? matches.Length : null, nextLink: null, (_, rows) =>
        {
            var shown = plan.Cut(matches).Span;
            if (source.Table.Type.Find(CollectionColumn.ItemName) is { } item)
            {
                rows.WriteItems(source.Table[item], shown);
            }
            else
            {
                rows.WriteArray(new Projection(read.Compiler, source.Table, query), shown);
            }
        });
    }

    private string Fragment(RowNode owner, int row, string property) =>
        read.Urls.Of(owner.Table, row) is not { Length: > 0 } url ? read.Request.Path
        : owner.Table.Type.Find(property) is null ? $"{url}/{owner.Table.TypeAt(row).FullName}/{property}"
        : url + "/" + property;
}
