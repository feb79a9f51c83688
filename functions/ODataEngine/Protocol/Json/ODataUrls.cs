using System.Text;
using ODataEngine.Model;
using ODataEngine.Parsing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Protocol.Json;

/// <summary>Creates context URLs: the part of the schema that a payload belongs to, and the selected and expanded properties (OData 4.01 Part 1, 10).</summary>
internal static class ContextUrl
{
    public static string Create(Uri serviceRoot, string? fragment) => serviceRoot.AbsoluteUri + "$metadata" + (fragment is null ? "" : "#" + fragment);

    /// <summary>Gets the entity set, with the type if it is derived from that of the set (OData 4.01 Part 1, 10.3).</summary>
    public static string GetEntitySetFragment(ValueResource resource)
    {
        var set = resource.EntitySet!;
        var type = resource.Value.Type is CollectionType collection ? collection.Element : resource.Value.Type!;
        return ReferenceEquals(type, set.Type) ? set.Name : $"{set.Name}/{type.FullName}";
    }

    /// <summary>Gets the select list after the name of the set or type: <c>(id,name,municipality(name))</c>; empty without <c>$select</c> and <c>$expand</c>.</summary>
    /// <param name="isVersion401">False to omit expanded properties without a select list of their own, whose parentheses 4.0 does not have.</param>
    public static string GetSelectList(Query query, bool isVersion401)
    {
        if (query is { Select: null, RowType.IsEntity: false, Apply.Count: > 0 })
        {
            return FormatProperties(query.RowType);
        }

        var list = new StringBuilder();
        AppendItems(list, "", query, isVersion401);
        return list.Length == 0 ? "" : $"({list})";
    }

    // OData 4.01 Part 1, 10.8 and 10.9; ABNF 4.01: selectList.
    private static void AppendItems(StringBuilder list, string prefix, Query query, bool isVersion401)
    {
        foreach (var item in query.Select ?? [])
        {
            if (item.IsWildcard || item.Computed is not null)
            {
                AppendItem(list, prefix + (item.Computed?.Name ?? "*"));
                continue;
            }

            // The properties that are selected within a complex property are paths.
            var path = prefix + FormatPath(item.TypeCast, item.Path);
            if (item.Options.Select is null)
            {
                AppendItem(list, path);
            }

            AppendItems(list, path + "/", item.Options, isVersion401);
        }

        // References and counts are no expanded entities.
        foreach (var expand in query.Expand.Where(item => item.Kind == ExpandKind.Entities))
        {
            var nested = GetSelectList(expand.Options, isVersion401);
            if (nested.Length == 0 && !isVersion401)
            {
                continue;
            }

            AppendItem(list, prefix + FormatPath(expand.TypeCast, expand.Path)
                + (expand.Levels > 1 ? "+" : "")
                + (expand.TargetTypeCast is { } target ? "/" + target.FullName : "")
                + (nested.Length == 0 ? "()" : nested));
        }
    }

    /// <summary>Formats the properties of a type that <c>$apply</c> created (OData Data Aggregation 4.0, 5.1).</summary>
    private static string FormatProperties(StructuredType type) => "(" + string.Join(',', type.Properties.Select(property =>
        property.Type is StructuredType { IsEntity: false } nested ? property.Name + FormatProperties(nested) : property.Name)) + ")";

    // With the derived types if the query names them.
    private static string FormatPath(StructuredType? cast, IReadOnlyList<Property> path)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < path.Count; i++)
        {
            if (i > 0 && path[i - 1].ElementType is StructuredType type && type.Find(path[i].Name) is null)
            {
                cast = type.FindDeclaringType(path[i]);
            }

            builder.Append(i == 0 ? "" : "/").Append(cast is null ? "" : cast.FullName + "/").Append(path[i].Name);
            cast = null;
        }

        return builder.ToString();
    }

    private static void AppendItem(StringBuilder list, string item)
    {
        if (list.Length > 0)
        {
            list.Append(',');
        }

        list.Append(item);
    }
}

/// <summary>Gets the canonical URLs of rows by the entity sets that they belong to.</summary>
internal sealed class EntityUrls(TableSet tables)
{
    // Consecutive rows have the same type.
    private StructuredType? lastType;
    private StructuredType? lastDeclared;

    /// <summary>Gets the URL of a row relative to the service root; empty if the table belongs to no entity set.</summary>
    public string GetUrl(Table table, int row)
    {
        var set = tables.Model.Sets.FirstOrDefault(candidate => ReferenceEquals(tables[candidate], table))
            ?? (table.Type.IsEntity && FindDeclaredType(table) is { } declared ? tables.Model.Sets.First(candidate => declared.IsOrDerivesFrom(candidate.Type)) : null);
        return set is null ? "" : EntityUrl.Format(set.Name, table, row);
    }

    /// <summary>Gets the declared entity type of a table whose type was created by a query; null if the type itself is declared.</summary>
    public StructuredType? FindDeclaredType(Table table)
    {
        if (ReferenceEquals(lastType, table.Type))
        {
            return lastDeclared;
        }

        lastDeclared = tables.Model.Sets.Select(set => NameLookup.FindTypeCast(set.Type, table.Type.FullName)).FirstOrDefault(type => type is not null);
        lastDeclared = ReferenceEquals(lastDeclared, table.Type) ? null : lastDeclared;
        lastType = table.Type;
        return lastDeclared;
    }
}
