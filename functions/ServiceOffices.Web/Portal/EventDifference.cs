using System.Globalization;
using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Portal;

/// <summary>An event of an office before and after a change, in the form in which changes store events.</summary>
/// <param name="Before">Null if the event was added.</param>
/// <param name="After">Null if the event was removed.</param>
internal sealed record EventDifference(ChangedEvent? Before, ChangedEvent? After)
{
    private static readonly LocalizedString Previously = new("{0} (previously {1})", "{0} (tidigare {1})");
    private static readonly LocalizedString WasChanged = new("The information “{0}” was changed", "Uppgiften ”{0}” har ändrats");
    private static readonly LocalizedString WasRemoved = new("The information “{0}” was removed", "Uppgiften ”{0}” har tagits bort");

    /// <summary>Finds the events that differ, ordered by date; removed events come first. Empty if the values are not lists of events.</summary>
    public static IReadOnlyList<EventDifference> Find(PropertyChange change)
    {
        if (ChangedEvent.ParseList(change.OldValue) is not { } before || ChangedEvent.ParseList(change.NewValue) is not { } after)
        {
            return [];
        }

        var removed = before.Where(old => after.All(current => current.Number != old.Number)).Select(old => new EventDifference(old, null));
        var current = after.Select(item => new EventDifference(before.FirstOrDefault(old => old.Number == item.Number), item)).OrderBy(difference => difference.After!.On);
        return [.. removed, .. current];
    }

    /// <summary>Formats the difference as a sentence without a full stop.</summary>
    public string Format(string officeName, Language language)
    {
        if (After is null)
        {
            return Fill(WasRemoved, Before!.Format(officeName, language));
        }

        var sentence = After.Format(officeName, language);
        return Before is null || Before.Kind != After.Kind ? sentence
            : Before.Format(officeName, language) == sentence ? Fill(WasChanged, sentence)
            : Fill(Previously, sentence, language.Localize(LabelFormatter.FormatDate(Before.On, Before.Precision)));

        string Fill(LocalizedString text, params string[] values) => string.Format(CultureInfo.InvariantCulture, language.Localize(text), values);
    }
}

/// <summary>An event as a part of a change.</summary>
internal sealed record ChangedEvent(int Number, string Kind, DateOnly On, string Precision)
{
    /// <summary>Parses a JSON array of events. Null is an empty list; the result is null if the JSON is something else.</summary>
    public static IReadOnlyList<ChangedEvent>? ParseList(string? json)
    {
        if (json is null)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(item => new ChangedEvent(
                item.GetProperty("number").GetInt32(),
                item.GetProperty("kind").GetString()!,
                DateOnly.ParseExact(item.GetProperty("on").GetString()!, "O", CultureInfo.InvariantCulture),
                item.GetProperty("precision").GetString()!))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            // Written by another version, whose events have other properties.
            return null;
        }
    }

    public string Format(string officeName, Language language) => EventSentences.Format(Kind, On, Precision, officeName, language);
}
