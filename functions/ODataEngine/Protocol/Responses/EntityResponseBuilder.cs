using ODataEngine.Execution;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Responses;

/// <summary>Builds the response to a request for one entity, by key or by single-valued navigation.</summary>
internal sealed class EntityResponseBuilder(ReadContext context, ValueResource resource)
{
    public ODataResponse Build()
    {
        EnsureKeysExist(context, resource.Value);
        context.RejectCollectionOptions();
        var node = context.Compiler.CompileRow(resource.Value);
        var row = node.GetRow(context.Evaluation);
        if (row < 0)
        {
            // OData 4.01 Part 1, 11.2.7: the navigation property is null.
            return context.CreateResponse(204, null, default);
        }

        if (context.Preferences.OmitNulls)
        {
            context.Preferences.MarkOmitNullsApplied();
        }

        return resource.Kind == ValueKind.Reference
            ? context.CreateJsonResponse("$ref", (json, _) => json.WriteMember(context.Format.ControlPrefix + "id", context.EntityUrls.GetUrl(node.Table, row)))
            : context.CreateJsonResponse(
                ContextUrl.GetEntitySetFragment(resource) + ContextUrl.GetSelectList(context.Url.Query, context.Format.IsVersion401, resource.Value.Type) + "/$entity",
                (_, rowWriter) => rowWriter.WriteMembers(new RowProjection(context.Compiler, node.Table, context.Url.Query), row));
    }

    /// <summary>Checks that every key in the path identifies an entity.</summary>
    /// <exception cref="ODataRequestException">404: an entity does not exist or is not of the type of a cast segment.</exception>
    public static void EnsureKeysExist(ReadContext context, Expression value)
    {
        switch (value)
        {
            case KeyAccess access:
                EnsureKeysExist(context, access.Collection);
                if (context.Compiler.CompileRow(access).GetRow(context.Evaluation) < 0)
                {
                    var key = string.Join(",", access.Key.Select(part => (part as Literal)?.Value));
                    throw ODataErrors.NotFound($"{access.EntityType.Name} '{key}' does not exist.");
                }

                break;
            case PropertyAccess access:
                EnsureKeysExist(context, access.Source);
                break;
            case CollectionFilter filtered:
                EnsureKeysExist(context, filtered.Collection);
                break;
            case CastExpression { Target: StructuredType type } cast:
                EnsureKeysExist(context, cast.Operand);
                if (context.Compiler.CompileRow(cast.Operand).GetRow(context.Evaluation) >= 0 && context.Compiler.CompileRow(cast).GetRow(context.Evaluation) < 0)
                {
                    // 4.01 Part 2, 4.11.
                    throw ODataErrors.NotFound($"The value is not of type {type.DisplayName}.");
                }

                break;
            case CastExpression cast:
                EnsureKeysExist(context, cast.Operand);
                break;
        }
    }
}
