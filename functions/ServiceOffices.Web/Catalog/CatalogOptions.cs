using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>
/// What a catalog says and no register knows: who publishes, how to reach them, what harvesters file it under. The defaults
/// claim nothing: whoever runs the platform is not an authority until the settings say so.
/// </summary>
public sealed record CatalogOptions
{
    /// <summary>Of http://purl.org/adms/publishertype/: the kinds that DCAT-AP-SE 3 lists.</summary>
    public static readonly IReadOnlyList<string> PublisherTypes =
    [
        "PrivateIndividual(s)", "NonGovernmentalOrganisation", "NonProfitOrganisation", "Company", "Academia-ScientificOrganisation",
        "IndustryConsortium", "StandardisationBody", "LocalAuthority", "RegionalAuthority", "NationalAuthority", "SupraNationalAuthority",
    ];

    /// <summary>The EU's data themes.</summary>
    public static readonly IReadOnlyList<string> DataThemes =
        ["AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"];

    /// <summary>Of the EU's frequencies, those that fit a register.</summary>
    public static readonly IReadOnlyList<string> Frequencies =
        ["IRREG", "CONT", "UPDATE_CONT", "HOURLY", "DAILY", "WEEKLY", "BIWEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL", "NEVER", "UNKNOWN"];

    /// <summary>The EU's planned availabilities, from a trial to a promise for many years.</summary>
    public static readonly IReadOnlyList<string> Availabilities = ["EXPERIMENTAL", "TEMPORARY", "AVAILABLE", "STABLE"];

    public LocalizedString Title { get; init; } = new("Service Offices Open Data", "Servicekontor som öppna data");

    public LocalizedString Description { get; init; } = new(
        "The register of Sweden's state service offices: where they are, what they help with, and when they open and close. Compiled from public sources. Not an official service of any Swedish authority.",
        "Registret över statens servicekontor: var de finns, vad de hjälper till med och när de öppnar och stänger. Sammanställt från offentliga källor. Inte en tjänst från någon svensk myndighet.");

    /// <summary>Words to find it by, separated by commas.</summary>
    public LocalizedString Keywords { get; init; } = new(
        "service offices,government services,accessibility,municipalities", "servicekontor,statlig service,tillgänglighet,kommuner");

    public LocalizedString PublisherName { get; init; } = new(
        "Service Offices Open Data (not an official service)", "Servicekontor som öppna data (ingen officiell tjänst)");

    /// <summary>One of <see cref="PublisherTypes"/>.</summary>
    public string PublisherType { get; init; } = PublisherTypes[0];

    /// <summary>The IRI by which others know the publisher; null: one within the catalog.</summary>
    public string? PublisherUri { get; init; }

    /// <summary>Null: the platform's own page.</summary>
    public string? PublisherPage { get; init; }

    /// <summary>Null: the publisher's name.</summary>
    public string? ContactName { get; init; }

    /// <summary>Null where none is stated; DCAT-AP-SE wants one before a portal harvests.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>Null: the publisher's page.</summary>
    public string? ContactPage { get; init; }

    /// <summary>Codes of <see cref="DataThemes"/>, separated by commas.</summary>
    public string Themes { get; init; } = "GOVE,REGI";

    /// <summary>The area that the data covers, as an IRI that harvesters know.</summary>
    public string Spatial { get; init; } = "http://publications.europa.eu/resource/authority/country/SWE";

    /// <summary>One of <see cref="Frequencies"/>.</summary>
    public string Frequency { get; init; } = Frequencies[0];

    /// <summary>One of <see cref="Availabilities"/>.</summary>
    public string Availability { get; init; } = Availabilities[0];

    /// <summary>The parts of a list separated by commas.</summary>
    internal static string[] SplitList(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
