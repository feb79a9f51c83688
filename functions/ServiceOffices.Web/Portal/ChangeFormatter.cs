using System.Globalization;
using System.Xml.Linq;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Portal;

/// <summary>Describes changes in sentences in one language, with labels instead of codes and column names.</summary>
internal sealed class ChangeFormatter(Publication publication, Language language)
{
    private const int MaxTitleProperties = 3;
    private const string StatusProperty = "status";
    private const string NameProperty = "name";
    private const string LocationProperty = "location";
    private const string NoteProperty = "note";

    // {0} is the name of the office.
    private static readonly Dictionary<string, LocalizedString> KindSentences = new(StringComparer.Ordinal)
    {
        [ChangeKind.Added] = new("{0} was added to the register", "{0} har lagts till i registret"),
        [ChangeKind.Opened] = new("{0} has opened", "{0} har öppnat"),
        [ChangeKind.Closed] = new("{0} has closed", "{0} har stängt"),
        [ChangeKind.Reopened] = new("{0} has reopened", "{0} har öppnat igen"),
        [ChangeKind.Removed] = new("{0} was removed from the register", "{0} har tagits bort ur registret"),
    };

    private static readonly Dictionary<string, LocalizedString> StatusSentences = new(StringComparer.Ordinal)
    {
        [OfficeStatus.Proposed] = new("{0} is proposed", "{0} är föreslaget"),
        [OfficeStatus.Planned] = new("{0} is planned", "{0} är planerat"),
        [OfficeStatus.Open] = new("{0} is open", "{0} är i drift"),
        [OfficeStatus.TemporarilyClosed] = new("{0} has closed temporarily", "{0} har stängt tillfälligt"),
        [OfficeStatus.Closed] = new("{0} has closed", "{0} har stängt"),
        [OfficeStatus.Withdrawn] = new("The plan for {0} was withdrawn", "Planen på {0} har återtagits"),
    };

    private static readonly LocalizedString UnknownStatus = new("The status of {0} is unknown", "Statusen för {0} är okänd");
    private static readonly LocalizedString Renamed = new("{0} is now called {1}", "{0} heter nu {1}");
    private static readonly LocalizedString HasChanged = new("{0} has changed", "{0} har ändrats");
    private static readonly LocalizedString HasChangedProperties = new("{0} has new information: {1}", "{0} har ändrade uppgifter: {1}");
    private static readonly LocalizedString AndMore = new("{0} and {1} more", "{0} och {1} till");
    private static readonly LocalizedString ValueChanged = new("{0} changed from {1} to {2}", "{0} ändrades från {1} till {2}");
    private static readonly LocalizedString ValueAdded = new("The register now states {0}: {1}", "Registret anger nu {0}: {1}");
    private static readonly LocalizedString ValueRemoved = new("The register no longer states {0}: {1}", "Registret anger inte längre {0}: {1}");

    private readonly ChangedValueFormatter values = new(publication.Register.Reference, language);

    /// <summary>Formats the change as one sentence without a full stop, such as <c>Servicekontor Storuman closes on 31 December 2026</c>.</summary>
    public string FormatTitle(Change change) =>
        change.Kind == ChangeKind.Changed ? FormatChangedTitle(change)
        : KindSentences.TryGetValue(change.Kind, out var sentence) ? Format(sentence, change.Name)
        : $"{change.Kind}: {change.Name}";

    /// <summary>Gets the label of the change's kind, or the code if it is not in the code list.</summary>
    public string FormatKind(Change change) => language.Localize(LabelFormatter.GetLabel(Codes.ChangeKind, change.Kind));

    /// <summary>Formats what has changed as sentences. Those of a new office are its values with their labels.</summary>
    public IReadOnlyList<string> FormatSentences(Change change)
    {
        // The location consists of the coordinates.
        var hasCoordinates = change.Properties.Any(property => property.Property is "latitude" or "longitude");
        return [.. change.Properties.Where(property => property.Property != LocationProperty || !hasCoordinates).SelectMany(property => FormatProperty(change, property)).Select(EndSentence)];
    }

    /// <summary>Formats the title and the sentences as an HTML fragment.</summary>
    public string FormatHtml(Change change)
    {
        var title = EndSentence(FormatTitle(change));
        var sentences = FormatSentences(change).Where(sentence => sentence != title).ToList();
        var paragraph = new XElement("p", XmlEscaper.ReplaceInvalid(title));
        if (sentences.Count == 0)
        {
            return paragraph.ToString(SaveOptions.DisableFormatting);
        }

        var list = new XElement("ul", sentences.Select(sentence => new XElement("li", XmlEscaper.ReplaceInvalid(sentence))));
        return paragraph.ToString(SaveOptions.DisableFormatting) + list.ToString(SaveOptions.DisableFormatting);
    }

    private string FormatChangedTitle(Change change)
    {
        if (FindProperty(change, ChangeDetector.EventsProperty) is { } events && EventDifference.Find(events) is [.., var latest])
        {
            return latest.Format(change.Name, language);
        }

        if (FindProperty(change, StatusProperty) is { } status)
        {
            return Format(status.NewValue is { } code && StatusSentences.TryGetValue(code, out var sentence) ? sentence : UnknownStatus, change.Name);
        }

        if (FindProperty(change, NameProperty) is { OldValue: { } oldName })
        {
            return Format(Renamed, oldName, change.Name);
        }

        var labels = change.Properties.Select(property => ChangedValueFormatter.LowerFirst(GetLabel(property.Property))).ToList();
        if (labels.Count == 0)
        {
            return Format(HasChanged, change.Name);
        }

        var shown = string.Join(", ", labels.Take(MaxTitleProperties));
        return Format(HasChangedProperties, change.Name, labels.Count <= MaxTitleProperties
            ? shown : Format(AndMore, shown, (labels.Count - MaxTitleProperties).ToString(CultureInfo.InvariantCulture)));
    }

    private IEnumerable<string> FormatProperty(Change change, PropertyChange property)
    {
        if (property.Property == ChangeDetector.EventsProperty && EventDifference.Find(property) is { Count: > 0 } events)
        {
            return events.Select(difference => difference.Format(change.Name, language));
        }

        var label = GetLabel(property.Property);
        if (property.Property == NoteProperty && language != Language.English)
        {
            // A note is English text, which a sentence in another language does not contain.
            return change.Kind == ChangeKind.Added ? [] : [Format(HasChanged, label)];
        }

        var (oldValue, newValue) = (values.Format(property.Property, property.OldValue), values.Format(property.Property, property.NewValue));
        return (oldValue, newValue) switch
        {
            (null, null) => [],
            (null, { } value) when change.Kind == ChangeKind.Added => [$"{label}: {value}"],
            (null, { } value) => [Format(ValueAdded, ChangedValueFormatter.LowerFirst(label), value)],
            ({ } value, null) => [Format(ValueRemoved, ChangedValueFormatter.LowerFirst(label), value)],
            var (before, after) => [Format(ValueChanged, label, before, after)],
        };
    }

    private string Format(LocalizedString sentence, params string[] values) => string.Format(CultureInfo.InvariantCulture, language.Localize(sentence), values);

    private string GetLabel(string property) => OfficeSchema.Definition.Type.Find(property)?.Title is { } title ? language.Localize(title) : property;

    private static PropertyChange? FindProperty(Change change, string name) => change.Properties.FirstOrDefault(property => property.Property == name);

    private static string EndSentence(string sentence) => sentence.EndsWith('.') ? sentence : sentence + ".";
}
