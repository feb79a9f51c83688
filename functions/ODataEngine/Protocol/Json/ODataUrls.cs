using System.Text;
using ODataEngine.Model;
using ODataEngine.Parsing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Protocol.Json;

/// <summary>The context URL of an answer: which part of the schema it is of, and what was selected and expanded (OData 4.01 Part 1, 10).</summary>
internal static class ContextUrl
{
    public static string Create(Uri serviceRoot, string? fragment) => serviceRoot.AbsoluteUri + "$metadata" + (fragment is null ? "" : "#" + fragment);

    /// <summary>The entity set, and the type where what is asked for is of one derived from the set's (OData 4.01 Part 1, 10.3).</summary>
    public static string GetEntitySetFragment(ValueResource resource)
    {
        var set = resource.EntitySet!;
        var type = resource.Value.Type is CollectionType collection ? collection.Element : resource.Value.Type!;
        return ReferenceEquals(type, set.Type) ? set.Name : $"{set.Name}/{type.FullName}";
    }

    /// <summary>What follows the set's or type's name: <c>(id,name,municipality(name))</c>; empty where all is shown and nothing expanded.</summary>
    public static string GetSelectList(Query query)
    {
        var list = new StringBuilder();
        if (query is { Select: null, RowType.IsEntity: false, Apply.Count: > 0 })
        {
            return FormatProperties(query.RowType);
        }

        if (query.Select is not null)
        {
            foreach (var item in query.Select)
            {
                AppendItem(list, item.Computed?.Name ?? (item.IsWildcard ? "*" : FormatPath(item.TypeCast, item.Path) + GetNestedSelectList(item.Options)));
            }
        }

        foreach (var expand in query.Expand)
        {
            AppendItem(list, FormatPath(expand.TypeCast, expand.Path) + (expand.TargetTypeCast is { } target ? "/" + target.FullName : "") + expand.Kind switch
            {
                ExpandKind.References => "/$ref",
                ExpandKind.Count => "/$count",
                _ => GetSelectList(expand.Options) is { Length: > 0 } nested ? nested : "()",
            });
        }

        return list.Length == 0 ? "" : $"({list})";
    }

    /// <summary>The properties of a type that <c>$apply</c> made (OData Data Aggregation 4.0, 5.1).</summary>
    private static string FormatProperties(StructuredType type) => "(" + string.Join(',', type.Properties.Select(property =>
        property.Type is StructuredType { IsEntity: false } nested ? property.Name + FormatProperties(nested) : property.Name)) + ")";

    // Derived types stand in it where they were named.
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

    private static string GetNestedSelectList(Query options) => options.Select is null ? "" : GetSelectList(options);

    private static void AppendItem(StringBuilder list, string item)
    {
        if (list.Length > 0)
        {
            list.Append(',');
        }

        list.Append(item);
    }
}

/// <summary>Finds the entity sets that rows belong to, for the canonical URLs of these.</summary>
internal sealed class EntityUrls(TableSet tables)
{
    // Rows of one type come one after the other.
    private StructuredType? lastType;
    private StructuredType? lastDeclared;

    /// <summary>A row's URL; empty where the table is of no entity set.</summary>
    public string GetUrl(Table table, int row)
    {
        var set = tables.Model.Sets.FirstOrDefault(candidate => ReferenceEquals(tables[candidate], table))
            ?? (table.Type.IsEntity && FindDeclaredType(table) is { } declared ? tables.Model.Sets.First(candidate => declared.IsOrDerivesFrom(candidate.Type)) : null);
        return set is null ? "" : EntityUrl.Format(set.Name, table, row);
    }

    /// <summary>The entity type that a table's type, made by a query, stands in the place of; null where the table's type is the schema's own.</summary>
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
