using ODataEngine.Formats.Geo;
using ODataEngine.Model;

namespace ODataEngine.Formats;

/// <summary>
/// A column of a format without nested cells. A complex property becomes one column for each of its properties, named by the OData
/// path (<c>address/street</c>); a collection remains one column; navigation properties have no column.
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

    /// <summary>Gets the property's name or path, as in <c>$select</c> and <c>$filter</c>.</summary>
    public string Name { get; }

    public Column Column { get; }

    /// <summary>Creates the columns of a table in order. Columns of derived types come last and are null for other types.</summary>
    public static IReadOnlyList<FlatColumn> FromTable(Table table)
    {
        var columns = new List<FlatColumn>();
        AddColumns(columns, table, "", []);
        return columns;
    }

    /// <summary>Gets the heading of each column: its name or, in a language, its title with the unit. The name follows a title that is not unique.</summary>
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

    /// <summary>Gets the title with those of the enclosing complex properties and the unit, such as <c>Adress: Gata</c>. A property without a title has its name.</summary>
    public string GetTitle(Language language)
    {
        var parts = ancestors.Select(parent => parent.Property).Append(Column.Property).Select(property => GetTitleOrName(property.Title, property.Name));
        return string.Join(": ", parts) + (Column.Property.Unit is { } unit ? $" ({unit})" : "");

        string GetTitleOrName(LocalizedString? title, string name) => title is not null && language.Localize(title) is { Length: > 0 } translated ? translated : name;
    }

    /// <summary>Determines whether the value or a complex value that contains it is null.</summary>
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

/// <summary>Formats values for cells that contain only strings (docs/downloads.md): a value as JSON without quotes, geography as WKT.</summary>
internal static class CellFormatter
{
    /// <summary>Formats a value other than null.</summary>
    public static string Format(Column column, int row) => column switch
    {
        ValueColumn<GeoPoint> c => WktFormatter.Format(c.Values[row]),
        ValueColumn<Geometry> c => WktFormatter.Format(c.Values[row]),
        _ => JsonValueWriter.Format(column, row)!,
    };
}

/// <summary>Describes columns as a table with one row per column, in both languages.</summary>
internal static class ColumnDictionary
{
    private static readonly TypeMapping<FlatColumn> Definition = new TypeMapping<FlatColumn>("", "ColumnDescription")
        .HasProperty("column", c => c.Name, new("Column", "Kolumn"), new("Its name.", "Dess namn."), required: true)
        .HasProperty("type", c => c.Column.Property.Type.FullName, new("Type", "Typ"), new("Its type in OData.", "Dess typ i OData."), required: true)
        .HasProperty("unit", c => c.Column.Property.Unit, new("Unit", "Enhet"), new("Its unit.", "Dess enhet."))
        .HasProperty("titleSv", c => c.GetTitle(Language.Swedish), new("Title in Swedish", "Rubrik på svenska"), new("Its title.", "Dess rubrik."))
        .HasProperty("descriptionSv", c => c.Column.Property.Description?.Sv, new("Description in Swedish", "Beskrivning på svenska"), new("Its description.", "Dess beskrivning."))
        .HasProperty("codesSv", c => FormatCodes(c, Language.Swedish), new("Codes in Swedish", "Koder på svenska"), new("Its allowed values.", "Dess tillåtna värden."))
        .HasProperty("titleEn", c => c.GetTitle(Language.English), new("Title in English", "Rubrik på engelska"), new("Its title.", "Dess rubrik."))
        .HasProperty("descriptionEn", c => c.Column.Property.Description?.En, new("Description in English", "Beskrivning på engelska"), new("Its description.", "Dess beskrivning."))
        .HasProperty("codesEn", c => FormatCodes(c, Language.English), new("Codes in English", "Koder på engelska"), new("Its allowed values.", "Dess tillåtna värden."));

    public static Table Create(IReadOnlyList<FlatColumn> columns) => Definition.CreateTable(columns);

    private static string? FormatCodes(FlatColumn column, Language language) => column.Column.Property.AllowedValues is { Count: > 0 } codes
        ? string.Join("; ", codes.Select(code => $"{code.Value}: {language.Localize(code.Label)}"))
        : null;
}
