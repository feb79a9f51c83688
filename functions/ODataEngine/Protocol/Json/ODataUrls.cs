using System.Text;
using ODataEngine.Model;
using ODataEngine.Parsing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Protocol.Json;

/// <summary>Creates context URLs: the part of the schema that a payload belongs to, and the selected and expanded properties (OData 4.01 Part 1, 10).</summary>
internal static class ContextUrl
{
    public static string Create(Uri serviceRoot, string? fragment) => serviceRoot.AbsoluteUri + "$metadata" + (fragment is null ? "" : "#" + Encode(fragment));

    /// <summary>Gets the entity set, with the type if it is derived from that of the set (OData 4.01 Part 1, 10.5 and 10.6).</summary>
    public static string GetEntitySetFragment(ValueResource resource)
    {
        var set = resource.EntitySet!;
        var type = resource.Value.Type is CollectionType collection ? collection.Element : resource.Value.Type!;
        return ReferenceEquals(type, set.Type) ? set.Name : $"{set.Name}/{type.FullName}";
    }

    /// <summary>Gets the select list after the name of the set or type: <c>(id,name,municipality(name))</c>; empty without <c>$select</c> and <c>$expand</c>.</summary>
    /// <param name="isVersion401">False to omit expanded properties without a select list of their own, whose parentheses 4.0 does not have.</param>
    /// <param name="declared">The type of the rows before <c>$apply</c>.</param>
    public static string GetSelectList(Query query, bool isVersion401, DataType? declared)
    {
        if (query is { Select: null, RowType.IsEntity: false, Apply.Count: > 0 })
        {
            var paths = query.Apply.OfType<GroupByTransformation>().SelectMany(group => group.GroupingPaths).ToList();
            return "(" + string.Join(',', FormatProperties(query.RowType, declared as StructuredType, paths, "")) + ")";
        }

        var list = new List<string>();
        AppendItems(list, "", "", query, isVersion401, declared as StructuredType);
        return list.Count == 0 ? "" : $"({string.Join(',', list)})";
    }

    // Computed names can have letters that are not part of a URI (RFC 3986, 2). Keys are encoded already.
    private static string Encode(string fragment) => Ascii.IsValid(fragment)
        ? fragment
        : string.Concat(fragment.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    // OData 4.01 Part 1, 10.7 to 10.10; ABNF 4.01: selectList.
    private static void AppendItems(List<string> list, string prefix, string suffix, Query query, bool isVersion401, StructuredType? declared)
    {
        foreach (var item in query.Select ?? [])
        {
            if (item.IsWildcard || item.Computed is not null)
            {
                // The wildcard stands for all properties of an entity; all properties of a complex property are its path.
                AppendItem(list, item.IsWildcard && prefix.Length > 0 ? prefix.TrimEnd('/') : prefix + (item.Computed?.Name ?? "*"), suffix);
                continue;
            }

            // The properties that are selected within a complex property are paths.
            var (path, close) = FormatPath(item.TypeCast, item.Path, declared);
            if (item.Options.Select is null)
            {
                AppendItem(list, prefix + path, close + suffix);
            }

            AppendItems(list, prefix + path + "/", close + suffix, item.Options, isVersion401, item.Path[^1].ElementType as StructuredType);
        }

        // References and counts are no expanded entities.
        foreach (var expand in query.Expand.Where(item => item.Kind == ExpandKind.Entities))
        {
            var nested = GetSelectList(expand.Options, isVersion401, expand.Navigation.ElementType);
            if (nested.Length == 0 && !isVersion401)
            {
                continue;
            }

            var (path, close) = FormatPath(expand.TypeCast, expand.Path, declared);
            AppendItem(list, prefix + path + (expand.Levels > 1 ? "+" : "") + (nested.Length == 0 ? "()" : nested), close + suffix);
        }
    }

    /// <summary>Formats the properties of a type that <c>$apply</c> created (OData Data Aggregation 4.0, 3.1.1): navigation with a list in parentheses, complex properties as paths.</summary>
    /// <param name="declared">The type that the properties come from; null where it is unknown.</param>
    /// <param name="paths">The grouping properties, which can be declared by derived types.</param>
    private static IEnumerable<string> FormatProperties(StructuredType type, StructuredType? declared, IReadOnlyList<IReadOnlyList<Property>> paths, string prefix)
    {
        foreach (var property in type.Properties)
        {
            var nestedPaths = paths.Where(path => path.Count > 0 && path[0].Name == property.Name).ToList();
            var source = declared?.Find(property.Name) ?? nestedPaths.FirstOrDefault()?[0];
            var cast = source is not null && declared?.Find(property.Name) is null ? declared?.FindDeclaringType(source) : null;
            var name = prefix + (cast is null ? "" : cast.FullName + "/") + property.Name;
            if (property.Type is not StructuredType { IsEntity: false } nested)
            {
                yield return name;
                continue;
            }

            List<IReadOnlyList<Property>> rest = [.. nestedPaths.Select(path => (IReadOnlyList<Property>)[.. path.Skip(1)])];
            if (source?.Type is StructuredType { IsEntity: false } complex)
            {
                foreach (var item in FormatProperties(nested, complex, rest, name + "/"))
                {
                    yield return item;
                }
            }
            else
            {
                yield return $"{name}({string.Join(',', FormatProperties(nested, source?.Type as StructuredType, rest, ""))})";
            }
        }
    }

    /// <summary>Formats a path with the derived types that declare its properties. What follows a navigation property is in parentheses, which the second value closes.</summary>
    private static (string Path, string Close) FormatPath(StructuredType? cast, IReadOnlyList<Property> path, StructuredType? declared)
    {
        var (builder, close) = (new StringBuilder(), "");
        var type = cast ?? declared;
        if (cast is null && type is not null && type.Find(path[0].Name) is null)
        {
            cast = type.FindDeclaringType(path[0]);
        }

        for (var i = 0; i < path.Count; i++)
        {
            // In the results of a grouping, the values of related entities are complex values.
            var isNavigation = i > 0 && type?.Find(path[i - 1].Name) is { IsNavigation: true };
            type = i == 0 ? type : type?.Find(path[i - 1].Name)?.ElementType as StructuredType ?? path[i - 1].ElementType as StructuredType;
            if (i > 0 && type?.Find(path[i].Name) is null)
            {
                cast = type?.FindDeclaringType(path[i]);
            }

            builder.Append(i == 0 ? "" : isNavigation ? "(" : "/").Append(cast is null ? "" : cast.FullName + "/").Append(path[i].Name);
            (type, cast, close) = (cast ?? type, null, isNavigation ? close + ")" : close);
        }

        return (builder.ToString(), close);
    }

    private static void AppendItem(List<string> list, string item, string close)
    {
        // Properties of one related entity share its parentheses.
        var open = close.Length == 0 ? "" : item[..(item.IndexOf('(', StringComparison.Ordinal) + 1)];
        var index = open.Length == 0 ? -1 : list.FindIndex(other => other.StartsWith(open, StringComparison.Ordinal));
        if (index < 0)
        {
            list.Add(item + close);
        }
        else
        {
            list[index] = $"{list[index][..^1]},{item[open.Length..]}{close}";
        }
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
            ?? (table.Type.IsEntity ? FindSet(FindDeclaredType(table) ?? table.Type) : null);
        return set is null ? "" : EntityUrl.Format(set.Name, table, row);
    }

    // The rows of a table that $apply created can be entities of a set, as those of concat.
    private EntitySet? FindSet(StructuredType type) => tables.Model.Sets.FirstOrDefault(candidate => type.IsOrDerivesFrom(candidate.Type));

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
