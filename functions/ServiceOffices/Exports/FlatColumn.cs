using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// A column of a format whose cells cannot nest. A complex property is spread over a column for each of its own
/// properties, named by its OData path (<c>address/street</c>); a collection stays one column; navigation gets none.
/// </summary>
internal sealed class FlatColumn
{
    private readonly ComplexColumn[] within;

    private FlatColumn(string name, Column column, ComplexColumn[] within)
    {
        Name = name;
        Column = column;
        this.within = within;
    }

    /// <summary>The property's name, or the path to it: what <c>$select</c> and <c>$filter</c> call it.</summary>
    public string Name { get; }

    public Column Column { get; }

    /// <summary>A table's columns in order.</summary>
    public static IReadOnlyList<FlatColumn> Of(Table table)
    {
        var columns = new List<FlatColumn>();
        Add(columns, table, "", []);
        return columns;
    }

    /// <summary>Whether the value, or a complex value that it is part of, is null.</summary>
    public bool IsNull(int row)
    {
        foreach (var whole in within)
        {
            if (whole.IsNull(row))
            {
                return true;
            }
        }

        return Column.IsNull(row);
    }

    private static void Add(List<FlatColumn> columns, Table table, string path, ComplexColumn[] within)
    {
        for (var i = 0; i < table.Type.Properties.Count; i++)
        {
            var property = table.Type.Properties[i];
            if (property.IsNavigation)
            {
                continue;
            }

            if (table.ColumnAt(i) is ComplexColumn complex)
            {
                Add(columns, complex.Fields, path + property.Name + "/", [.. within, complex]);
            }
            else
            {
                columns.Add(new FlatColumn(path + property.Name, table.ColumnAt(i), within));
            }
        }
    }
}
