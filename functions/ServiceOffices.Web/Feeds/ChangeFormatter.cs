using System.Xml.Linq;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Feeds;

/// <summary>Describes a change for people, with labels instead of codes and column names, in one language.</summary>
internal static class ChangeFormatter
{
    private static readonly LocalizedString PropertyHeading = new("Property", "Egenskap");
    private static readonly LocalizedString ValueHeading = new("Value", "Värde");
    private static readonly LocalizedString BeforeHeading = new("Before", "Före");
    private static readonly LocalizedString AfterHeading = new("After", "Efter");
    private static readonly LocalizedString WasRemoved = new("The office was removed from the register.", "Kontoret togs bort ur registret.");

    /// <summary>Formats the kind of the change and the office's name, such as <c>Opened: Storuman</c>.</summary>
    public static string FormatTitle(Change change, Language language) => $"{FormatKind(change, language)}: {change.Name}";

    /// <summary>Gets the label of the change's kind, or the code if it is not in the code list.</summary>
    public static string FormatKind(Change change, Language language) =>
        Codes.ChangeKind.Codes.FirstOrDefault(code => code.Value == change.Kind) is { } code ? language.Localize(new LocalizedString(code.En, code.Sv)) : change.Kind;

    /// <summary>Formats the changed properties with the values before and after the change as an HTML fragment.</summary>
    public static string FormatHtml(Change change, Language language)
    {
        if (change.Properties.Count == 0)
        {
            return new XElement("p", change.Kind == ChangeKind.Removed ? language.Localize(WasRemoved) : XmlEscaper.ReplaceInvalid(FormatTitle(change, language))).ToString();
        }

        // A new office had no values before.
        var isNew = change.Kind == ChangeKind.Added;
        LocalizedString[] headings = isNew ? [PropertyHeading, ValueHeading] : [PropertyHeading, BeforeHeading, AfterHeading];
        var rows = change.Properties.Select(property => new XElement("tr",
            new XElement("th", new XAttribute("scope", "row"), XmlEscaper.ReplaceInvalid(GetLabel(property.Property, language))),
            isNew ? null : CreateCell(property.Property, property.OldValue, language),
            CreateCell(property.Property, property.NewValue, language)));
        return new XElement("table",
            new XElement("thead", new XElement("tr", headings.Select(heading => new XElement("th", new XAttribute("scope", "col"), language.Localize(heading))))),
            new XElement("tbody", rows)).ToString(SaveOptions.DisableFormatting);
    }

    private static XElement CreateCell(string property, string? value, Language language) => new("td", XmlEscaper.ReplaceInvalid(FormatValue(property, value, language)));

    private static string GetLabel(string property, Language language) =>
        OfficeSchema.Definition.Type.Find(property)?.Title is { } title ? language.Localize(title) : property;

    private static string FormatValue(string property, string? value, Language language)
    {
        if (value is null)
        {
            return "–";
        }

        var allowed = OfficeSchema.Definition.Type.Find(property)?.AllowedValues.FirstOrDefault(code => code.Value == value);
        return allowed is null ? value : language.Localize(allowed.Label);
    }
}
