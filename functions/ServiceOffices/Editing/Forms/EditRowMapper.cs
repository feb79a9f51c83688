using System.Globalization;
using System.Text.RegularExpressions;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;

namespace ServiceOffices.Editing.Forms;

/// <summary>Applies the rows of an editor to the current offices and events. A column that a row does not have keeps its current value.</summary>
internal static partial class EditRowMapper
{
    private static readonly Dictionary<string, StoredColumn<Office>> OfficeColumnsByName =
        OfficeSchema.Columns.Stored.ToDictionary(column => column.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, StoredColumn<LifecycleEvent>> EventColumnsByName =
        EventSchema.Columns.Stored.ToDictionary(column => column.Name, StringComparer.Ordinal);

    /// <summary>Creates the office that results from a row.</summary>
    /// <param name="current">The current office; null for a new office and for one that is replaced as a whole.</param>
    /// <returns>The office, undefined if there are problems.</returns>
    public static (Office Office, IReadOnlyList<ValidationProblem> Problems) ToOffice(string id, EditRow row, Office? current)
    {
        var reader = CreateReader(EditForm.Offices, row, current, OfficeColumnsByName);
        var office = Normalize(OfficeSchema.Read(id, reader));
        return (office, GetProblems(EditForm.Offices, row, reader));
    }

    /// <summary>Removes the separators that people write in telephone numbers and postal codes, and completes URLs without a scheme.</summary>
    private static Office Normalize(Office office) => office with
    {
        Phone = office.Phone is { } phone && WrittenPhone.IsMatch(phone) ? PhoneSeparators.Replace(phone, "") : office.Phone,
        Address = office.Address is { PostalCode: { } code } address && WrittenPostalCode.Match(code) is { Success: true } match
            ? address with { PostalCode = match.Groups[1].Value + match.Groups[2].Value }
            : office.Address,
        WebPage = office.WebPage is { } page && page.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "https://" + page : office.WebPage,
    };

    [GeneratedRegex(@"\A\+?[0-9](?:[-\u2010-\u2013 \u00A0/]*[0-9])*\z")]
    private static partial Regex WrittenPhone { get; }

    [GeneratedRegex(@"[^0-9+]")]
    private static partial Regex PhoneSeparators { get; }

    [GeneratedRegex(@"\A(?:SE?-)?([0-9]{3})[ \u00A0]?([0-9]{2})\z")]
    private static partial Regex WrittenPostalCode { get; }

    /// <summary>Creates the event that results from a row.</summary>
    /// <inheritdoc cref="ToOffice" path="/returns"/>
    /// <param name="current">The current event; null for a new event and for one that is replaced as a whole.</param>
    public static (LifecycleEvent Event, IReadOnlyList<ValidationProblem> Problems) ToEvent(string officeId, int number, EditRow row, LifecycleEvent? current)
    {
        var reader = CreateReader(EditForm.Events, row, current, EventColumnsByName);
        var lifecycleEvent = EventSchema.Read(officeId, number, reader);
        return (lifecycleEvent, GetProblems(EditForm.Events, row, reader));
    }

    /// <summary>Gets the number of the event that a row names; null if the row has no whole number from 1.</summary>
    public static int? GetEventNumber(EditRow row) =>
        row.Values.GetValueOrDefault("number") is double number && number >= 1 && number <= int.MaxValue && double.IsInteger(number) ? (int)number : null;

    private static StoredRowReader CreateReader<T>(EditForm form, EditRow row, T? current, Dictionary<string, StoredColumn<T>> columns)
        where T : class =>
        new(
            storedName => row.Values.TryGetValue(form.GetByStoredName(storedName).Name, out var value) ? value : current is null ? null : columns[storedName].GetValue(current),
            StoredValueFormat.StrictJsonOptions);

    private static ValidationProblem[] GetProblems(EditForm form, EditRow row, StoredRowReader reader) =>
        [.. row.Problems, .. reader.Problems.Select(problem => problem with { Field = form.GetColumnName(problem) })];

    /// <summary>Converts the text of a cell to its column's type; text that does not fit is returned unchanged.</summary>
    public static object? ParseCell(EntityColumn column, string text, char decimalSeparator)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (column.IsList)
        {
            return text;
        }

        return column.Type switch
        {
            StoredColumnType.Number when double.TryParse(
                decimalSeparator == '.' ? text : text.Replace(decimalSeparator, '.'),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number) => number,
            // Spreadsheets write TRUE, and Swedish ones SANT.
            StoredColumnType.Boolean when bool.TryParse(text, out var flag) => flag,
            StoredColumnType.Boolean when decimalSeparator == ',' && text.Equals("SANT", StringComparison.OrdinalIgnoreCase) => true,
            StoredColumnType.Boolean when decimalSeparator == ',' && text.Equals("FALSKT", StringComparison.OrdinalIgnoreCase) => false,
            _ => text,
        };
    }
}
