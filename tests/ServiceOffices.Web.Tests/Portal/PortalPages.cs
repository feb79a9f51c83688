using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Seed;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Tests.Portal;

/// <summary>Reads the pages of the portal as XML, which shows that elements are nested and values are encoded correctly.</summary>
internal static partial class PortalPages
{
    private const string Doctype = "<!DOCTYPE html>\n";

    public static readonly PortalSite Site = new(new PortalOptions
    {
        Formats = ["csv", "geojson"],
        Limits = [("OData:MaxPageSize", 10_000)],
        ContactName = "The <editors>",
        ContactEmail = "editors@example.se",
        ContactPage = "https://example.se/contact",
    });

    public static Publication CreatePublication(IEnumerable<RegisterEntry> entries)
    {
        var at = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
        var today = new DateOnly(2026, 11, 30);
        var all = entries.ToList();
        PublishedOffice[] offices = [.. all.Select(entry => new PublishedOffice(entry.Office, null, at).WithEvents(today, entry.Events, SeedData.Reference.PlanExpiryMonths)).OrderBy(office => office.Office.Id, StringComparer.Ordinal)];
        LifecycleEvent[] events = [.. all.SelectMany(entry => entry.Events)];
        var reference = SeedData.Reference;
        var counties = CountySize.ComputeAll(offices, events, reference, today);
        var record = new PublicationRecord(3, at, PublicationReason.Edit, [], 2, new string('1', 64));
        var register = new PublishedRegister(
            offices, events, MunicipalityAccess.Compute(reference.Municipalities, offices), reference, NetworkSize.SumByDate(counties), counties, [], [record],
            [new PublishedFile("offices.csv", "offices", "text/csv", 12_345, 104, new string('0', 64), [], 3, "/downloads/3/offices.csv", "r/offices.csv")]);
        return new Publication(record, "r/", new string('2', 64), register, PublishedTables.Create(register));
    }

    public static XDocument Read(string path, Publication publication)
    {
        var (route, query) = path.Split('?') is [var first, var rest] ? (first, rest) : (path, "");
        var options = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('='))
            .ToDictionary(option => option[0], option => Uri.UnescapeDataString(option[1]));
        return Parse(Site.Render(PageUrl.FindByPath(route)!, options, publication)!);
    }

    public static XDocument Parse(string html)
    {
        Assert.StartsWith(Doctype, html, StringComparison.Ordinal);
        return XDocument.Parse(VoidElement().Replace(html[Doctype.Length..], "<$1$2/>"));
    }

    /// <summary>Gets the ids of the offices in the table of a page, in order.</summary>
    public static string[] GetOfficeIds(XDocument page) =>
    [
        .. page.Descendants("tr")
            .Where(row => row.Attribute("id")?.Value.StartsWith("o-", StringComparison.Ordinal) == true && row.Attribute("hidden") is null)
            .Select(row => row.Attribute("id")!.Value[2..]),
    ];

    [GeneratedRegex("<(meta|link|br|input)( [^>]*)?>")]
    private static partial Regex VoidElement();
}
