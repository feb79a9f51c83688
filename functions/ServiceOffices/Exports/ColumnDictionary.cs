using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

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
