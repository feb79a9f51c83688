using System.Globalization;
using System.Text;

namespace ODataEngine.Model;

/// <summary>Formats the canonical URLs of entities, relative to the service root: <c>products('p1')</c> (OData 4.01 Part 2, 4.3.1).</summary>
public static class EntityUrl
{
    /// <summary>Formats the URL of a row of an entity type.</summary>
    public static string Format(string setName, Table table, int row)
    {
        var key = table.Type.Key;
        var url = Begin(setName);
        for (var i = 0; i < key.Count; i++)
        {
            AppendPart(url, key[i].Name, table[key[i]] switch
            {
                ValueColumn<string> strings => FormatString(strings.Values[row]),
                var column => Uri.EscapeDataString(JsonValueWriter.Format(column, row) ?? "null"),
            }, i, key.Count);
        }

        return url.Append(')').ToString();
    }

    /// <summary>Formats the URL of an entity that is not a row of a table.</summary>
    /// <param name="key">The names of the key properties in their order, with strings or integers.</param>
    public static string Format(string setName, params ReadOnlySpan<(string Name, object Value)> key)
    {
        var url = Begin(setName);
        for (var i = 0; i < key.Length; i++)
        {
            var literal = key[i].Value is string value ? FormatString(value) : string.Create(CultureInfo.InvariantCulture, $"{key[i].Value}");
            AppendPart(url, key[i].Name, literal, i, key.Length);
        }

        return url.Append(')').ToString();
    }

    private static StringBuilder Begin(string setName) => new StringBuilder(Uri.EscapeDataString(setName)).Append('(');

    // 4.3.1: a key of one part has no name.
    private static void AppendPart(StringBuilder url, string name, string literal, int index, int count)
    {
        if (index > 0)
        {
            url.Append(',');
        }

        if (count > 1)
        {
            url.Append(name).Append('=');
        }

        url.Append(literal);
    }

    private static string FormatString(string value) => $"'{Uri.EscapeDataString(value.Replace("'", "''", StringComparison.Ordinal))}'";
}
