using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The answer to a request for one entity, by key or by single navigation.</summary>
internal sealed class EntityAnswer(ReadRequest read, ValueResource resource)
{
    public ODataResponse Write()
    {
        RequireKeys(read, resource.Value);
        read.RefuseCollectionOptions();
        var node = read.Compiler.Row(resource.Value);
        var row = node.Row(read.Scope);
        if (row < 0)
        {
            // OData 4.01 Part 1, 11.2.3: a navigation property that leads to no entity.
            return read.Response(204, null, default);
        }

        if (read.Preferences.OmitNulls)
        {
            read.Preferences.ApplyOmitNulls();
        }

        return resource.Form == ValueForm.Reference
            ? read.Json("$ref", (json, _) => json.Member(read.Format.Prefix + "id", read.Urls.Of(node.Table, row)))
            : read.Json(
                ContextUrl.SetOf(resource) + ContextUrl.Selected(read.Url.Query) + "/$entity",
                (_, rows) => rows.WriteMembers(new Projection(read.Compiler, node.Table, read.Url.Query), row));
    }

    /// <summary>Every key on the way must lead to an entity.</summary>
    /// <exception cref="QueryException">404: one does not.</exception>
    public static void RequireKeys(ReadRequest read, Expression value)
    {
        switch (value)
        {
            case KeyAccess access:
                RequireKeys(read, access.Collection);
                if (read.Compiler.Row(access).Row(read.Scope) < 0)
                {
                    var key = string.Join(",", access.Key.Select(part => (part as Literal)?.Value));
                    throw new QueryException(404, "NotFound", $"No {access.EntityType.Name} has the key '{key}'.");
                }

                break;
            case PropertyAccess access:
                RequireKeys(read, access.Source);
                break;
            case Filtered filtered:
                RequireKeys(read, filtered.Collection);
                break;
            case Cast { Target: StructuredType type } cast:
                RequireKeys(read, cast.Operand);
                if (read.Compiler.Row(cast.Operand).Row(read.Scope) >= 0 && read.Compiler.Row(cast).Row(read.Scope) < 0)
                {
                    // 4.01 Part 2, 4.11.
                    throw new QueryException(404, "NotFound", $"What is there is not of the type {type.FullName}.");
                }

                break;
            case Cast cast:
                RequireKeys(read, cast.Operand);
                break;
        }
    }
}
