using System.Text;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The context URL of an answer: which part of the schema it is of, and what was selected and expanded (OData 4.01 Part 1, 10).</summary>
internal static class ContextUrl
{
    public static string Of(Uri serviceRoot, string? fragment) => serviceRoot.AbsoluteUri + "$metadata" + (fragment is null ? "" : "#" + fragment);

    /// <summary>What follows the set's or type's name: <c>(id,name,municipality(name))</c>; empty where all is shown and nothing expanded.</summary>
    public static string Selected(Query query)
    {
        var list = new StringBuilder();
        if (query is { Select: null, RowType.IsEntity: false, Apply.Count: > 0 })
        {
            return Shape(query.RowType);
        }

        if (query.Select is not null)
        {
            foreach (var item in query.Select)
            {
                Add(list, item.Computed?.Name ?? (item.IsWildcard ? "*" : string.Join('/', item.Path.Select(property => property.Name)) + NestedSelect(item.Options)));
            }
        }

        foreach (var expand in query.Expand)
        {
            Add(list, string.Join('/', expand.Path.Select(property => property.Name)) + expand.Form switch
            {
                ExpandForm.References => "/$ref",
                ExpandForm.Count => "/$count",
                _ => Selected(expand.Options) is { Length: > 0 } nested ? nested : "()",
            });
        }

        return list.Length == 0 ? "" : $"({list})";
    }

    /// <summary>The properties of a type that <c>$apply</c> made (OData Data Aggregation 4.0, 5.1).</summary>
    private static string Shape(StructuredType type) => "(" + string.Join(',', type.Properties.Select(property =>
        property.Type is StructuredType { IsEntity: false } nested ? property.Name + Shape(nested) : property.Name)) + ")";

    private static string NestedSelect(Query options) => options.Select is null ? "" : Selected(options);

    private static void Add(StringBuilder list, string item)
    {
        if (list.Length > 0)
        {
            list.Append(',');
        }

        list.Append(item);
    }
}
