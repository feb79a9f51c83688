using System.Globalization;
using System.Text.Json;
using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>Reads the columns of one stored row and notes everything that is wrong with it, instead of stopping at the first.</summary>
/// <param name="column">A column's value as the store's client gives it; null where the row has none.</param>
/// <param name="json">How the items of lists are read; null for as stored.</param>
internal sealed class RowReader(Func<string, object?> column, JsonSerializerOptions? json = null)
{
    private readonly JsonSerializerOptions json = json ?? RowText.Json;
    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public string RequiredText(string name) => column(name) is null ? Missing(name, "a text") : Text(name) ?? "";

    public string? Text(string name) => column(name) switch
    {
        null => null,
        string text => text,
        var other => Wrong<string>(name, other, "a text"),
    };

    public double? Number(string name) => column(name) switch
    {
        null => null,
        double number when double.IsFinite(number) => number,
        int number => number,
        long number => number,
        var other => Wrong<double?>(name, other, "a number"),
    };

    /// <remarks>SQLite has no booleans: 0 and 1 stand for them.</remarks>
    public bool? Flag(string name) => column(name) switch
    {
        null => null,
        bool flag => flag,
        0L => false,
        1L => true,
        var other => Wrong<bool?>(name, other, "true or false"),
    };

    public DateOnly RequiredDate(string name)
    {
        if (column(name) is null)
        {
            Missing(name, ADate);
        }

        return Date(name) ?? default;
    }

    public DateOnly? Date(string name) => column(name) switch
    {
        null => null,
        string text when DateOnly.TryParseExact(
            text, RowText.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        var other => Wrong<DateOnly?>(name, other, ADate),
    };

    private const string ADate = "a date as a text, such as 2020-07-01";

    /// <param name="itemsAre">What the array holds, as a message says it.</param>
    /// <param name="isWhole">False for an item that parsed and still lacks something.</param>
    public IReadOnlyList<T> List<T>(string name, string itemsAre, Func<T, bool>? isWhole = null)
        where T : class
    {
        var value = column(name);
        if (value is null)
        {
            return [];
        }

        var allowed = $"a JSON array of {itemsAre}";
        if (value is not string text)
        {
            return Wrong<T[]>(name, value, allowed) ?? [];
        }

        try
        {
            var items = JsonSerializer.Deserialize<T[]>(text, json);
            if (items is not null && items.All(item => item is not null && isWhole?.Invoke(item) != false))
            {
                return items;
            }
        }
        catch (JsonException)
        {
            // Looked at again below, item by item, to name each broken one.
        }

        return ItemProblems(name, text, allowed, itemsAre, isWhole);
    }

    private T[] ItemProblems<T>(string name, string text, string allowed, string itemsAre, Func<T, bool>? isWhole)
        where T : class
    {
        try
        {
            using var array = JsonDocument.Parse(text);
            if (array.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var (index, item) in array.RootElement.EnumerateArray().Index())
                {
                    if (BrokenMember(item, isWhole) is { } member)
                    {
                        Wrong<T>($"{name}[{index}]{member}", item.GetRawText(), $"one of an array of {itemsAre}");
                    }
                }

                return [];
            }
        }
        catch (JsonException)
        {
            // Not JSON at all: the whole text is the problem.
        }

        return Wrong<T[]>(name, text, allowed) ?? [];
    }

    /// <summary>The path of the member that breaks an item, empty where it is the item itself; null where it is whole.</summary>
    private string? BrokenMember<T>(JsonElement item, Func<T, bool>? isWhole)
        where T : class
    {
        try
        {
            return item.Deserialize<T>(json) is { } read && isWhole?.Invoke(read) != false ? null : "";
        }
        catch (JsonException e)
        {
            return e.Path?.TrimStart('$') ?? "";
        }
    }

    private string Missing(string name, string allowed)
    {
        problems.Add(new Problem(name, null, allowed));
        return "";
    }

    private T? Wrong<T>(string name, object value, string allowed)
    {
        problems.Add(new Problem(name, Convert.ToString(value, CultureInfo.InvariantCulture), allowed));
        return default;
    }
}
