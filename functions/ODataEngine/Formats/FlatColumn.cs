using ODataEngine.Formats.Geo;
using ODataEngine.Model;

namespace ODataEngine.Formats;

/// <summary>
/// A column of a format whose cells cannot nest. A complex property is spread over a column for each of its own
/// properties, named by its OData path (<c>address/street</c>); a collection stays one column; navigation gets none.
/// </summary>
internal sealed class FlatColumn
{
    private const string PathSeparator = "/";

    private readonly ComplexColumn[] ancestors;

    private FlatColumn(string name, Column column, ComplexColumn[] ancestors)
    {
        Name = name;
        Column = column;
        this.ancestors = ancestors;
    }

    /// <summary>The property's name, or the path to it: what <c>$select</c> and <c>$filter</c> call it.</summary>
    public string Name { get; }

    public Column Column { get; }

    /// <summary>A table's columns in order; those that only derived types have come last, and are null elsewhere.</summary>
    public static IReadOnlyList<FlatColumn> FromTable(Table table)
    {
        var columns = new List<FlatColumn>();
        AddColumns(columns, table, "", []);
        return columns;
    }

    /// <summary>What heads each column: its name or, in a language, its title with the unit; a title that several have is followed by the name.</summary>
    public static IReadOnlyList<string> GetHeadings(IReadOnlyList<FlatColumn> columns, Language? language)
    {
        if (language is null)
        {
            return [.. columns.Select(column => column.Name)];
        }

        var titles = columns.Select(column => column.GetTitle(language)).ToList();
        var duplicates = titles.GroupBy(title => title, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any()).Select(group => group.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. titles.Select((title, i) => duplicates.Contains(title) ? $"{title} ({columns[i].Name})" : title)];
    }

    /// <summary>What people call the column, the parts of a complex value after the whole: <c>Adress: Gata</c>; the name where there is no title.</summary>
    public string GetTitle(Language language)
    {
        var parts = ancestors.Select(parent => parent.Property).Append(Column.Property).Select(property => GetTitleOrName(property.Title, property.Name));
        return string.Join(": ", parts) + (Column.Property.Unit is { } unit ? $" ({unit})" : "");

        string GetTitleOrName(LocalizedString? title, string name) => title is not null && language.Localize(title) is { Length: > 0 } translated ? translated : name;
    }

    /// <summary>Whether the value, or a complex value that it is part of, is null.</summary>
    public bool IsNull(int row)
    {
        foreach (var parent in ancestors)
        {
            if (parent.IsNull(row))
            {
                return true;
            }
        }

        return Column.IsNull(row);
    }

    private static void AddColumns(List<FlatColumn> columns, Table table, string path, ComplexColumn[] ancestors)
    {
        var properties = table.Type.AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i];
            if (property.IsNavigation)
            {
                continue;
            }

            if (table.GetColumn(i) is ComplexColumn complex)
            {
                AddColumns(columns, complex.Fields, path + property.Name + PathSeparator, [.. ancestors, complex]);
            }
            else
            {
                columns.Add(new FlatColumn(path + property.Name, table.GetColumn(i), ancestors));
            }
        }
    }
}

/// <summary>The rule for cells that can only be texts (docs/downloads.md): a value's JSON without quotes, a place as WKT.</summary>
internal static class CellFormatter
{
    /// <summary>Any value but null.</summary>
    public static string Format(Column column, int row) => column switch
    {
        ValueColumn<GeoPoint> c => WktFormatter.Format(c.Values[row]),
        ValueColumn<Geometry> c => WktFormatter.Format(c.Values[row]),
        _ => JsonValueWriter.Format(column, row)!,
    };
}

/// <summary>What columns mean, as rows of their own: a line a column, in both languages.</summary>
internal static class ColumnDictionary
{
    private static readonly TypeMapping<FlatColumn> Definition = new TypeMapping<FlatColumn>("", "ColumnDescription")
        .HasProperty("column", c => c.Name, new("Column", "Kolumn"), new("Its name.", "Dess namn."), required: true)
        .HasProperty("type", c => c.Column.Property.Type.FullName, new("Type", "Typ"), new("Its type in OData.", "Dess typ i OData."), required: true)
        .HasProperty("unit", c => c.Column.Property.Unit, new("Unit", "Enhet"), new("Its unit.", "Dess enhet."))
        .HasProperty("titleSv", c => c.GetTitle(Language.Swedish), new("Title in Swedish", "Rubrik på svenska"), new("Its title.", "Dess rubrik."))
        .HasProperty("descriptionSv", c => c.Column.Property.Description?.Sv, new("Description in Swedish", "Beskrivning på svenska"), new("What it says.", "Vad den säger."))
        .HasProperty("codesSv", c => FormatCodes(c, Language.Swedish), new("Codes in Swedish", "Koder på svenska"), new("What its values may be.", "Vad dess värden kan vara."))
        .HasProperty("titleEn", c => c.GetTitle(Language.English), new("Title in English", "Rubrik på engelska"), new("Its title.", "Dess rubrik."))
        .HasProperty("descriptionEn", c => c.Column.Property.Description?.En, new("Description in English", "Beskrivning på engelska"), new("What it says.", "Vad den säger."))
        .HasProperty("codesEn", c => FormatCodes(c, Language.English), new("Codes in English", "Koder på engelska"), new("What its values may be.", "Vad dess värden kan vara."));

    public static Table Create(IReadOnlyList<FlatColumn> columns) => Definition.CreateTable(columns);

    private static string? FormatCodes(FlatColumn column, Language language) => column.Column.Property.AllowedValues is { Count: > 0 } codes
        ? string.Join("; ", codes.Select(code => $"{code.Value}: {language.Localize(code.Label)}"))
        : null;
}
