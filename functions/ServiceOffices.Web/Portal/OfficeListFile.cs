using System.Globalization;
using System.Text;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>The list of offices of a page as a file: the rows and columns that the page shows, with headings and labels in its language.</summary>
/// <param name="Name">The file name, such as <c>servicekontor-stangt-2026-11-30.csv</c>.</param>
internal sealed record OfficeListFile(string Name, string MediaType, bool IsCompressed, ReadOnlyMemory<byte> Content)
{
    /// <summary>The query option that selects a file instead of the page.</summary>
    public const string FormatParameter = "format";

    private const string SetName = "offices";

    private static readonly TypeMapping<Row> Definition = new TypeMapping<Row>("Portal", "OfficeRow")
        .HasKey("id")
        .HasProperty("name", row => row.Name, new("Office", "Kontor"))
        .HasProperty("status", row => row.Status, new("Status", "Status"))
        .HasProperty("municipality", row => row.Municipality, new("Municipality", "Kommun"))
        .HasProperty("county", row => row.County, new("County", "Län"))
        .HasProperty("since", row => row.Since, new("Since", "Sedan"))
        .HasProperty("closed", row => row.Closed, new("Closed", "Stängt"))
        .HasProperty("closingAnnounced", row => row.ClosingAnnounced, new("Closing announced", "Stängning aviserad"))
        .HasProperty("distance", row => row.DistanceKm, new("Distance", "Avstånd"), unit: "km")
        .HasProperty("id", row => row.Id, new("Id", "Id"), required: true);

    private static readonly EntityModel Model = new("Portal", [new(SetName, Definition.Type, new("Service offices", "Servicekontor"), new("Service offices.", "Servicekontor."), [])]);

    /// <summary>Gets the formats of such files: those with headings in a language, for spreadsheets.</summary>
    public static IReadOnlyList<ExportFormat> Formats { get; } = [.. ExportFormats.ForQueries.Where(format => format.HasTitles && format.GetUnsupportedReason(Definition.Type) is null)];

    public static ExportFormat? FindFormat(string? name) => Formats.FirstOrDefault(format => format.Name == name);

    /// <summary>Creates the file of the offices that match a filter, in its order.</summary>
    public static async Task<OfficeListFile> CreateAsync(ExportFormat format, PublicationView view, OfficeFilter filter, Language language, CancellationToken cancellationToken)
    {
        List<Row> rows = [.. filter.OrderOffices(view.Offices).Where(filter.Matches).Select(office => CreateRow(office, filter, language))];
        var tables = new TableSetBuilder(Model).Add(SetName, Definition, rows).Build(view.Publication.Revision, view.Publication.At);
        using MemoryStream content = new();
        // Without the tables: a workbook describes the register with them.
        await format.WriteAsync(RowSet.All(tables[SetName]), new ExportOptions(language.Localize(new("service-offices", "servicekontor"))) { Language = language }, content, cancellationToken);
        return new($"{GetName(view, filter, language)}.{format.Name}", format.MediaType, format.IsCompressed, content.ToArray());
    }

    private static Row CreateRow(OfficeView office, OfficeFilter filter, Language language)
    {
        var latest = office.Events.SkipWhile(lifecycleEvent => office.StatusEvent is { Kind: EventKind.Opened or EventKind.Reopened } && lifecycleEvent != office.StatusEvent).ToList();
        return new(
            office.Id,
            office.Office.Name,
            language.Localize(LabelFormatter.GetLabel(Codes.Status, office.Status)),
            office.Municipality?.Name,
            office.County is { } county ? language.Localize(LabelFormatter.GetName(county)) : null,
            FormatDate(office.StatusEvent),
            FormatDate(latest.LastOrDefault(lifecycleEvent => lifecycleEvent.Kind is EventKind.Closed or EventKind.TemporarilyClosed)),
            FormatDate(latest.LastOrDefault(lifecycleEvent => lifecycleEvent.Kind == EventKind.ClosingAnnounced)),
            filter.GetDistanceKm(office) is { } distance ? Math.Round(distance, 1) : null);

        string? FormatDate(LifecycleEvent? found) => found is null ? null : language.Localize(LabelFormatter.FormatShortDate(found.On, found.Precision));
    }

    /// <summary>Names the file after the filter and the date of the publication.</summary>
    private static string GetName(PublicationView view, OfficeFilter filter, Language language)
    {
        string?[] parts =
        [
            language.Localize(new("service-offices", "servicekontor")),
            filter.Search,
            filter.Status is { } status ? language.Localize(LabelFormatter.GetLabel(Codes.Status, status)) : null,
            view.Counties.FirstOrDefault(county => county.Code == filter.County) is { } found ? language.Localize(LabelFormatter.GetName(found)) : null,
            view.Publication.Register.Reference.Agencies.FirstOrDefault(agency => agency.Id == filter.Agency)?.Id,
            filter.VideoOnly ? "video" : null,
            filter.Near is { } near ? language.Localize(new("near", "nara")) + " " + near.Name : null,
            view.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ];
        return string.Join('-', parts.OfType<string>().Select(ToFileName).Where(part => part != ""));
    }

    /// <summary>Gets the letters a to z and digits of a text in lower case, with hyphens between words, so that every system and header accepts the name.</summary>
    private static string ToFileName(string text)
    {
        const int MaxLength = 40;
        var name = new StringBuilder();
        foreach (var letter in SearchWords.ToPlainLetters(SearchFolding.Fold(text)))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(letter);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString(0, Math.Min(name.Length, MaxLength)).Trim('-');
    }

    private sealed record Row(string Id, string Name, string Status, string? Municipality, string? County, string? Since, string? Closed, string? ClosingAnnounced, double? DistanceKm);
}
