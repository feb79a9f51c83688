using System.Globalization;
using System.Text;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The canonical URLs of entities, relative to the service root: <c>offices('torsby')</c> (OData 4.01 Part 2, 4.3.1).</summary>
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
        if (set is null)
        {
            return "";
        }

        var url = new StringBuilder(set.Name).Append('(');
        for (var i = 0; i < table.Type.Key.Count; i++)
        {
            var key = table.Type.Key[i];
            if (i > 0)
            {
                url.Append(',');
            }

            if (table.Type.Key.Count > 1)
            {
                url.Append(key.Name).Append('=');
            }

            url.Append(FormatKeyLiteral(table[key], row));
        }

        return url.Append(')').ToString();
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

    private static string FormatKeyLiteral(Column column, int row) => column switch
    {
        ValueColumn<string> stringColumn => "'" + Uri.EscapeDataString(stringColumn.Values[row].Replace("'", "''", StringComparison.Ordinal)) + "'",
        ValueColumn value => Uri.EscapeDataString(JsonValueWriter.Format(value, row) ?? "null"),
        _ => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"'{column.Property}' is no key.")),
    };
}
