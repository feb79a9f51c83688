using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>
/// The settings of a catalog that the register does not contain, such as the publisher, the contact and the themes. The defaults do
/// not present the operator as an authority.
/// </summary>
public sealed record CatalogOptions
{
    /// <summary>The publisher types of http://purl.org/adms/publishertype/ that DCAT-AP-SE 3 lists.</summary>
    public static readonly IReadOnlyList<string> PublisherTypes =
    [
        "PrivateIndividual(s)", "NonGovernmentalOrganisation", "NonProfitOrganisation", "Company", "Academia-ScientificOrganisation",
        "IndustryConsortium", "StandardisationBody", "LocalAuthority", "RegionalAuthority", "NationalAuthority", "SupraNationalAuthority",
    ];

    /// <summary>The EU's data themes.</summary>
    public static readonly IReadOnlyList<string> DataThemes =
        ["AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"];

    /// <summary>The EU's frequencies that apply to a register.</summary>
    public static readonly IReadOnlyList<string> Frequencies =
        ["IRREG", "CONT", "UPDATE_CONT", "HOURLY", "DAILY", "WEEKLY", "BIWEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL", "NEVER", "UNKNOWN"];

    /// <summary>The EU's planned availabilities, from experimental to stable for many years.</summary>
    public static readonly IReadOnlyList<string> Availabilities = ["EXPERIMENTAL", "TEMPORARY", "AVAILABLE", "STABLE"];

    public LocalizedString Title { get; init; } = new("Service Offices Open Data", "Servicekontor som öppna data");

    public LocalizedString Description { get; init; } = new(
        "The register of Sweden's state service offices: where they are, what they help with, and when they open and close. Compiled from public sources. Not an official service of any Swedish authority.",
        "Registret över statens servicekontor: var de finns, vad de hjälper till med och när de öppnar och stänger. Sammanställt från offentliga källor. Inte en tjänst från någon svensk myndighet.");

    /// <summary>The keywords, separated by commas.</summary>
    public LocalizedString Keywords { get; init; } = new(
        "service offices,government services,accessibility,municipalities", "servicekontor,statlig service,tillgänglighet,kommuner");

    public LocalizedString PublisherName { get; init; } = new(
        "Service Offices Open Data (not an official service)", "Servicekontor som öppna data (ingen officiell tjänst)");

    /// <summary>The publisher's type, one of <see cref="PublisherTypes"/>.</summary>
    public string PublisherType { get; init; } = PublisherTypes[0];

    /// <summary>The publisher's established IRI; null for one within the catalog.</summary>
    public string? PublisherUri { get; init; }

    /// <summary>The URL of the publisher's page; null for the platform's start page.</summary>
    public string? PublisherPage { get; init; }

    /// <summary>The contact's name; null for the publisher's name.</summary>
    public string? ContactName { get; init; }

    /// <summary>The contact's email address; null for none. DCAT-AP-SE requires one before a portal harvests the catalog.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>The URL of the contact's page; null for the publisher's page.</summary>
    public string? ContactPage { get; init; }

    /// <summary>The themes, codes of <see cref="DataThemes"/> separated by commas.</summary>
    public string Themes { get; init; } = "GOVE,REGI";

    /// <summary>The IRI of the area that the data covers, from a vocabulary that harvesters support.</summary>
    public string Spatial { get; init; } = "http://publications.europa.eu/resource/authority/country/SWE";

    /// <summary>The update frequency, one of <see cref="Frequencies"/>.</summary>
    public string Frequency { get; init; } = Frequencies[0];

    /// <summary>The planned availability, one of <see cref="Availabilities"/>.</summary>
    public string Availability { get; init; } = Availabilities[0];

    /// <summary>Splits a list separated by commas.</summary>
    internal static string[] SplitList(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
