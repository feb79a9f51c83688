using System.Xml.Linq;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

/// <summary>A change in words, for people: labels instead of codes and column names, in one language.</summary>
internal static class ChangeText
{
    /// <summary>The kind of a change after which the office is no longer in the register.</summary>
    public const string Removed = "removed";

    private const string Added = "added";

    private static readonly Text Property = new("Property", "Egenskap");
    private static readonly Text Value = new("Value", "Värde");
    private static readonly Text Before = new("Before", "Före");
    private static readonly Text After = new("After", "Efter");
    private static readonly Text WasRemoved = new("The office was removed from the register.", "Kontoret togs bort ur registret.");

    /// <summary>What happened to which office: <c>Opened: Storuman</c>.</summary>
    public static string Title(Change change, Language language) => $"{Kind(change, language)}: {change.Name}";

    /// <summary>The kind's label, or the code itself where the list has no such code.</summary>
    public static string Kind(Change change, Language language) =>
        Codes.ChangeKind.Codes.FirstOrDefault(code => code.Value == change.Kind) is { } code ? language.Of(new Text(code.En, code.Sv)) : change.Kind;

    /// <summary>An HTML fragment with every property that changed, its value before and after.</summary>
    public static string Html(Change change, Language language)
    {
        if (change.Properties.Count == 0)
        {
            return new XElement("p", change.Kind == Removed ? language.Of(WasRemoved) : XmlText.Clean(Title(change, language))).ToString();
        }

        // A new office had no values before.
        var isNew = change.Kind == Added;
        Text[] heads = isNew ? [Property, Value] : [Property, Before, After];
        var rows = change.Properties.Select(property => new XElement("tr",
            new XElement("th", new XAttribute("scope", "row"), XmlText.Clean(Label(property.Property, language))),
            isNew ? null : Cell(property.Property, property.OldValue, language),
            Cell(property.Property, property.NewValue, language)));
        return new XElement("table",
            new XElement("thead", new XElement("tr", heads.Select(text => new XElement("th", new XAttribute("scope", "col"), language.Of(text))))),
            new XElement("tbody", rows)).ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Cell(string property, string? value, Language language) => new("td", XmlText.Clean(Shown(property, value, language)));

    private static string Label(string property, Language language) =>
        OfficeColumns.Rows.Type.Find(property)?.Title is { } title ? language.Of(title) : property;

    private static string Shown(string property, string? value, Language language)
    {
        if (value is null)
        {
            return "–";
        }

        var allowed = OfficeColumns.Rows.Type.Find(property)?.AllowedValues.FirstOrDefault(code => code.Value == value);
        return allowed is null ? value : language.Of(allowed.Label);
    }
}
