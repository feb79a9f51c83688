using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// A column of a format whose cells cannot nest. A complex property is spread over a column for each of its own
/// properties, named by its OData path (<c>address/street</c>); a collection stays one column; navigation gets none.
/// </summary>
internal sealed class FlatColumn
{
    private const string PathSeparator = "/";

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

    /// <summary>A table's columns in order; those that only derived types have come last, and are null elsewhere.</summary>
    public static IReadOnlyList<FlatColumn> Of(Table table)
    {
        var columns = new List<FlatColumn>();
        Add(columns, table, "", []);
        return columns;
    }

    /// <summary>What heads each column: its name or, in a language, its title with the unit; a title that several have is followed by the name.</summary>
    public static IReadOnlyList<string> Headings(IReadOnlyList<FlatColumn> columns, Language? language)
    {
        if (language is null)
        {
            return [.. columns.Select(column => column.Name)];
        }

        var titles = columns.Select(column => column.Title(language)).ToList();
        var several = titles.GroupBy(title => title, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any()).Select(group => group.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. titles.Select((title, i) => several.Contains(title) ? $"{title} ({columns[i].Name})" : title)];
    }

    /// <summary>What people call the column, the parts of a complex value after the whole: <c>Adress: Gata</c>; the name where there is no title.</summary>
    public string Title(Language language)
    {
        var parts = within.Select(whole => whole.Property).Append(Column.Property).Select(property => Text(property.Title, property.Name));
        return string.Join(": ", parts) + (Column.Property.Unit is { } unit ? $" ({unit})" : "");

        string Text(Text? title, string name) => title is not null && language.Of(title) is { Length: > 0 } text ? text : name;
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
        var properties = table.Type.AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i];
            if (property.IsNavigation)
            {
                continue;
            }

            if (table.ColumnAt(i) is ComplexColumn complex)
            {
                Add(columns, complex.Fields, path + property.Name + PathSeparator, [.. within, complex]);
            }
            else
            {
                columns.Add(new FlatColumn(path + property.Name, table.ColumnAt(i), within));
            }
        }
    }
}
