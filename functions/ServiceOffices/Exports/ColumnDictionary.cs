using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>What columns mean, as rows of their own: a line a column, in both languages.</summary>
internal static class ColumnDictionary
{
    private static readonly RowType<FlatColumn> Rows = new RowType<FlatColumn>("", "ColumnDescription")
        .Value("column", c => c.Name, new("Column", "Kolumn"), new("Its name.", "Dess namn."), required: true)
        .Value("type", c => c.Column.Property.Type.FullName, new("Type", "Typ"), new("Its type in OData.", "Dess typ i OData."), required: true)
        .Value("unit", c => c.Column.Property.Unit, new("Unit", "Enhet"), new("Its unit.", "Dess enhet."))
        .Value("titleSv", c => c.Title(Language.Swedish), new("Title in Swedish", "Rubrik på svenska"), new("Its title.", "Dess rubrik."))
        .Value("descriptionSv", c => c.Column.Property.Description?.Sv, new("Description in Swedish", "Beskrivning på svenska"), new("What it says.", "Vad den säger."))
        .Value("codesSv", c => Codes(c, Language.Swedish), new("Codes in Swedish", "Koder på svenska"), new("What its values may be.", "Vad dess värden kan vara."))
        .Value("titleEn", c => c.Title(Language.English), new("Title in English", "Rubrik på engelska"), new("Its title.", "Dess rubrik."))
        .Value("descriptionEn", c => c.Column.Property.Description?.En, new("Description in English", "Beskrivning på engelska"), new("What it says.", "Vad den säger."))
        .Value("codesEn", c => Codes(c, Language.English), new("Codes in English", "Koder på engelska"), new("What its values may be.", "Vad dess värden kan vara."));

    public static Table Of(IReadOnlyList<FlatColumn> columns) => Rows.Columns(columns);

    private static string? Codes(FlatColumn column, Language language) => column.Column.Property.AllowedValues is { Count: > 0 } codes
        ? string.Join("; ", codes.Select(code => $"{code.Value}: {language.Of(code.Label)}"))
        : null;
}
