using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Catalog;

/// <summary>The object of a triple: an IRI, or a literal with a language or a datatype. There are no blank nodes here.</summary>
/// <param name="Value">The absolute IRI, or the literal's text.</param>
/// <param name="LanguageTag">A literal's language tag; null for other terms.</param>
/// <param name="Datatype">A literal's datatype as a prefixed name; null for an IRI, and for texts.</param>
internal sealed record RdfTerm(string Value, bool IsIri, string? LanguageTag = null, string? Datatype = null)
{
    public static RdfTerm Iri(string iri) => new(iri, IsIri: true);

    /// <summary>A text in no language.</summary>
    public static RdfTerm PlainLiteral(string text) => new(text, IsIri: false);

    public static RdfTerm DateLiteral(DateOnly date) => new(date.ToString("O", CultureInfo.InvariantCulture), IsIri: false, Datatype: "xsd:date");

    public static RdfTerm DateTimeLiteral(DateTimeOffset instant) =>
        new(instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), IsIri: false, Datatype: "xsd:dateTime");

    public static RdfTerm IntegerLiteral(long number) =>
        new(number.ToString(CultureInfo.InvariantCulture), IsIri: false, Datatype: "xsd:nonNegativeInteger");

    /// <summary>A text in each of the register's languages, Swedish first.</summary>
    public static IEnumerable<RdfTerm> FromText(LocalizedString text) =>
        Tables.Language.All.Select(language => new RdfTerm(language.Localize(text), IsIri: false, language.Tag));
}
