using System.Globalization;
using System.Text.Json;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Schema;

/// <summary>Reads the columns of one stored row and notes everything that is wrong with it, instead of stopping at the first.</summary>
/// <param name="getColumn">A column's value as the store's client gives it; null where the row has none.</param>
/// <param name="json">How the items of lists are read; null for as stored.</param>
internal sealed class StoredRowReader(Func<string, object?> getColumn, JsonSerializerOptions? json = null)
{
    private readonly JsonSerializerOptions json = json ?? StoredValueFormat.JsonOptions;
    private readonly List<ValidationProblem> problems = [];

    public IReadOnlyList<ValidationProblem> Problems => problems;

    public string GetRequiredString(string name) => getColumn(name) is null ? AddMissing(name, "a text") : GetString(name) ?? "";

    public string? GetString(string name) => getColumn(name) switch
    {
        null => null,
        string text => text,
        var other => AddInvalid<string>(name, other, "a text"),
    };

    public double? GetNumber(string name) => getColumn(name) switch
    {
        null => null,
        double number when double.IsFinite(number) => number,
        int number => number,
        long number => number,
        var other => AddInvalid<double?>(name, other, "a number"),
    };

    /// <remarks>SQLite has no booleans: 0 and 1 stand for them.</remarks>
    public bool? GetBoolean(string name) => getColumn(name) switch
    {
        null => null,
        bool flag => flag,
        0L => false,
        1L => true,
        var other => AddInvalid<bool?>(name, other, "true or false"),
    };

    public DateOnly GetRequiredDate(string name)
    {
        if (getColumn(name) is null)
        {
            AddMissing(name, DateDescription);
        }

        return GetDate(name) ?? default;
    }

    public DateOnly? GetDate(string name) => getColumn(name) switch
    {
        null => null,
        string text when DateOnly.TryParseExact(
            text, StoredValueFormat.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        var other => AddInvalid<DateOnly?>(name, other, DateDescription),
    };

    private const string DateDescription = "a date as a text, such as 2020-07-01";

    /// <param name="itemDescription">What the array holds, as a message says it.</param>
    /// <param name="isComplete">False for an item that parsed and still lacks something.</param>
    public IReadOnlyList<T> GetList<T>(string name, string itemDescription, Func<T, bool>? isComplete = null)
        where T : class
    {
        var value = getColumn(name);
        if (value is null)
        {
            return [];
        }

        var allowed = $"a JSON array of {itemDescription}";
        if (value is not string text)
        {
            return AddInvalid<T[]>(name, value, allowed) ?? [];
        }

        try
        {
            var items = JsonSerializer.Deserialize<T[]>(text, json);
            if (items is not null && items.All(item => item is not null && isComplete?.Invoke(item) != false))
            {
                return items;
            }
        }
        catch (JsonException)
        {
            // Looked at again below, item by item, to name each broken one.
        }

        return ReportInvalidItems(name, text, allowed, itemDescription, isComplete);
    }

    private T[] ReportInvalidItems<T>(string name, string text, string allowed, string itemDescription, Func<T, bool>? isComplete)
        where T : class
    {
        try
        {
            using var array = JsonDocument.Parse(text);
            if (array.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var (index, item) in array.RootElement.EnumerateArray().Index())
                {
                    if (FindInvalidMember(item, isComplete) is { } member)
                    {
                        AddInvalid<T>($"{name}[{index}]{member}", item.GetRawText(), $"one of an array of {itemDescription}");
                    }
                }

                return [];
            }
        }
        catch (JsonException)
        {
            // Not JSON at all: the whole text is the problem.
        }

        return AddInvalid<T[]>(name, text, allowed) ?? [];
    }

    /// <summary>The path of the member that breaks an item, empty where it is the item itself; null where it is whole.</summary>
    private string? FindInvalidMember<T>(JsonElement item, Func<T, bool>? isComplete)
        where T : class
    {
        try
        {
            return item.Deserialize<T>(json) is { } read && isComplete?.Invoke(read) != false ? null : "";
        }
        catch (JsonException e)
        {
            return e.Path?.TrimStart('$') ?? "";
        }
    }

    private string AddMissing(string name, string allowed)
    {
        problems.Add(new ValidationProblem(name, null, allowed));
        return "";
    }

    private T? AddInvalid<T>(string name, object value, string allowed)
    {
        problems.Add(new ValidationProblem(name, Convert.ToString(value, CultureInfo.InvariantCulture), allowed));
        return default;
    }
}
