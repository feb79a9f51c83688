using System.Globalization;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Forms;

/// <summary>Offices and events from what an editor said of them, laid over what stands there: a column that was not given keeps its value.</summary>
internal static class EditRowMapper
{
    private static readonly Dictionary<string, StoredColumn<Office>> OfficeColumnsByName =
        OfficeRow.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, StoredColumn<LifecycleEvent>> EventColumnsByName =
        EventRow.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);

    /// <param name="current">Null where there is none, or it is to be replaced whole.</param>
    /// <returns>The office, meaningless where there are problems.</returns>
    public static (Office Office, IReadOnlyList<ValidationProblem> Problems) ToOffice(string id, EditRow row, Office? current)
    {
        var reader = CreateReader(EditForm.Offices, row, current, OfficeColumnsByName);
        var office = OfficeRow.Read(id, reader);
        return (office, GetProblems(EditForm.Offices, row, reader));
    }

    /// <inheritdoc cref="ToOffice"/>
    public static (LifecycleEvent Event, IReadOnlyList<ValidationProblem> Problems) ToEvent(string officeId, int number, EditRow row, LifecycleEvent? current)
    {
        var reader = CreateReader(EditForm.Events, row, current, EventColumnsByName);
        var lifecycleEvent = EventRow.Read(officeId, number, reader);
        return (lifecycleEvent, GetProblems(EditForm.Events, row, reader));
    }

    /// <summary>The whole number that a row gives as its event's; null where it gives none that is one.</summary>
    public static int? GetEventNumber(EditRow row) =>
        row.Values.GetValueOrDefault("number") is double number && number >= 1 && number <= int.MaxValue && double.IsInteger(number) ? (int)number : null;

    private static StoredRowReader CreateReader<T>(EditForm form, EditRow row, T? current, Dictionary<string, StoredColumn<T>> columns)
        where T : class =>
        new(
            storedName => row.Values.TryGetValue(form.GetByStoredName(storedName).Name, out var value) ? value : current is null ? null : columns[storedName].GetValue(current),
            StoredValueFormat.StrictJsonOptions);

    private static ValidationProblem[] GetProblems(EditForm form, EditRow row, StoredRowReader reader) =>
        [.. row.Problems, .. reader.Problems.Select(problem => problem with { Field = form.GetColumnName(problem) })];

    /// <summary>A cell's text as its column's type asks, or as it is where it does not fit.</summary>
    public static object? ParseCell(EditColumn column, string text, char decimalSeparator)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (column.IsList)
        {
            return text;
        }

        return column.Kind switch
        {
            StoredColumnType.Number when double.TryParse(
                decimalSeparator == '.' ? text : text.Replace(decimalSeparator, '.'),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number) => number,
            // Spreadsheets write TRUE.
            StoredColumnType.Boolean when bool.TryParse(text, out var flag) => flag,
            _ => text,
        };
    }
}
