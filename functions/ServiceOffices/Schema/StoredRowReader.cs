using System.Globalization;
using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Schema;

/// <summary>Reads the columns of one stored row and collects every problem, instead of stopping at the first.</summary>
/// <param name="getColumn">Returns a column's value as the store's client has it; null if the row has none.</param>
/// <param name="json">The options for the items of lists; null for those of stored rows.</param>
internal sealed class StoredRowReader(Func<string, object?> getColumn, JsonSerializerOptions? json = null)
{
    private readonly JsonSerializerOptions json = json ?? StoredValueFormat.JsonOptions;
    private readonly List<ValidationProblem> problems = [];

    public IReadOnlyList<ValidationProblem> Problems => problems;

    public string GetRequiredString(string name) => getColumn(name) is null ? AddMissing(name, "a string") : GetString(name) ?? "";

    public string? GetString(string name) => getColumn(name) switch
    {
        null => null,
        string text => ComposedText.Compose(text),
        var other => AddInvalid<string>(name, other, "a string"),
    };

    public double? GetNumber(string name) => getColumn(name) switch
    {
        null => null,
        double number when double.IsFinite(number) => number,
        int number => number,
        long number => number,
        var other => AddInvalid<double?>(name, other, "a number"),
    };

    /// <remarks>SQLite has no booleans: they are stored as 0 and 1.</remarks>
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

    private const string DateDescription = "a date string, such as 2020-07-01";

    /// <summary>Reads a JSON array; empty if the row has none or it has problems.</summary>
    /// <param name="itemDescription">The items as a message names them.</param>
    /// <param name="isComplete">Returns false for an item that could be read and still lacks a value.</param>
    public IReadOnlyList<T> GetList<T>(string name, string itemDescription, Func<T, bool>? isComplete = null)
        where T : class
    {
        var value = getColumn(name);
        if (value is null)
        {
            return [];
        }

        var allowed = $"a JSON array of {itemDescription}";
        if (value is not string stored)
        {
            return AddInvalid<T[]>(name, value, allowed) ?? [];
        }

        var text = ComposedText.Compose(stored);
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
            // The items are read one by one below, to report each invalid one.
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
                    var member = FindInvalidMember(item, isComplete);
                    if (member is "" && FindMissingMember<T>(item) is { } missing)
                    {
                        AddMissing($"{name}[{index}].{missing}", $"a member of the array's {itemDescription}");
                    }
                    else if (member is not null)
                    {
                        AddInvalid<T>($"{name}[{index}]{member}", item.GetRawText(), $"an item of an array of {itemDescription}");
                    }
                }

                return [];
            }
        }
        catch (JsonException)
        {
            // Not JSON: the whole string is the problem.
        }

        return AddInvalid<T[]>(name, text, allowed) ?? [];
    }

    /// <summary>Gets the name of the first required member that an item does not have; null if it has all or is not an object.</summary>
    private string? FindMissingMember<T>(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
            ? json.GetTypeInfo(typeof(T)).Properties
                .FirstOrDefault(property => property.AssociatedParameter is { HasDefaultValue: false } && !item.TryGetProperty(property.Name, out _))?.Name
            : null;

    /// <summary>Gets the path of the member that makes an item invalid, empty for the item itself; null if the item is valid.</summary>
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
