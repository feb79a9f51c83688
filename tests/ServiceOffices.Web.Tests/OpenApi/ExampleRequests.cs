using System.Globalization;
using ODataEngine.Model;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>The requests of the examples in the contract, for the seed register.</summary>
internal static class ExampleRequests
{
    private const string Editable = """
        {"name":"Servicekontor Torsby","basis":"faRegion","municipalityCode":"1737","locality":"Torsby","latitude":60.13333,"longitude":13,"locationPrecision":"municipality","services":[{"agency":"forsakringskassan","levels":["general","inDepth"]},{"agency":"pensionsmyndigheten","levels":["general","inDepth"]},{"agency":"skatteverket","levels":["general","inDepth"]}],"sources":["https://www.regeringen.se/pressmeddelanden/2018/05/utredning-foreslar-27-nya-servicekontor-runt-om-i-landet/","https://www.regeringen.se/pressmeddelanden/2020/06/uppdrag-till-statens-servicecenter-om-att-oppna-nya-servicekontor/"]}
        """;

    private const string Opened = """
        {"kind":"opened","on":"2020-06-01","precision":"month","source":"https://www.regeringen.se/pressmeddelanden/2020/06/uppdrag-till-statens-servicecenter-om-att-oppna-nya-servicekontor/"}
        """;

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["offices.id"] = "torsby",
        ["events.officeId"] = "torsby",
        ["events.number"] = "2",
        ["municipalities.code"] = "'1737'",
        ["counties.code"] = "'17'",
        ["faregions.code"] = "'01'",
        ["agencies.id"] = "skatteverket",
        ["changes.sequence"] = "1",
        ["publications.revision"] = "1",
        ["files.name"] = "offices.csv",
        ["networksize.date"] = "'2018-05-01'",
        ["countysizes.date"] = "'2018-05-01'",
        ["countysizes.countyCode"] = "'01'",
        ["officialcounts.date"] = "'2019-06-01'",
        ["closings.officeId"] = "'kungalv'",
        ["coverage.countyCode"] = "'00'",
    };

    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["offices"] = "$filter=countyCode eq '17' and status eq 'open'&$select=id,name,status,location&$expand=municipality($select=name)&$top=2",
        ["events"] = "$filter=kind eq 'opened' and officeId eq 'torsby'",
        ["municipalities"] = "$filter=countyCode eq '24'&$select=code,name,distanceToNearestOpenOfficeKm&$orderby=distanceToNearestOpenOfficeKm desc&$top=2&$count=true",
        ["counties"] = "$search=Värmland",
        ["faregions"] = "$orderby=population desc&$top=2",
        ["agencies"] = "$select=id,nameEn,shortName&$top=2",
        ["changes"] = "$filter=officeId eq 'torsby'&$select=sequence,kind,officeName",
        ["publications"] = "$select=revision,reason,counts&$orderby=revision&$top=1",
        ["files"] = "$filter=dataset eq 'offices'&$select=name,mediaType,rows&$top=2",
        ["networksize"] = "$orderby=date&$top=2",
        ["countysizes"] = "$filter=countyCode eq '01'&$top=1",
        ["officialcounts"] = "$select=date,offices&$top=2",
        ["closings"] = "$filter=closedOn ge 2025-01-01&$select=officeName,municipalityName,lastDayOfService,nearestOpenOfficeName,distanceKm&$top=2",
        ["coverage"] = "$filter=countyCode eq '00'",
    };

    /// <summary>The requests that do not follow from a path and the examples of its parameters; in this order, because some of them write.</summary>
    public static IReadOnlyList<ExampleRequest> All { get; } =
    [
        .. RegisterModel.Model.Sets.SelectMany(OfSet),
        new("getOfficesPageInSwedish", "GET /kontor?q=umeå&status=open"),
        new("getOfficesPage", "GET /en/offices?county=24&sort=status"),
        new("listDownloads", "GET /downloads/?lang=en"),
        new("getDownload", "GET /downloads/offices.csv"),
        new("getDownload-part", "GET /downloads/offices.csv") { Fields = { ["Range"] = "bytes=0-99" } },
        new("getDownloadOfRevision", "GET /downloads/1/offices.csv"),
        new("getDownloadOfRevision-part", "GET /downloads/1/offices.csv") { Fields = { ["Range"] = "bytes=100-199" } },
        new("getChangesFeed", "GET /feeds/changes.atom?county=24&lang=en"),
        new("getChangesJsonFeed", "GET /feeds/changes.json?county=24&lang=en"),
        new("getCalendar", "GET /feeds/calendar.ics?agency=skatteverket&lang=en"),
        new("queryByContent", "POST /odata/v1/counties/$query") { Content = "$filter=code in ('17','24')&$select=code,nameEn", MediaType = "text/plain" },
        new("batch", "POST /odata/v1/$batch")
        {
            Content = """
                {"requests":[{"id":"1","method":"GET","url":"counties('17')"},{"id":"2","method":"GET","url":"offices/$count","dependsOn":["1"]}]}
                """,
        },
        new("count", "GET /odata/v1/offices/$count?$filter=basis eq 'faRegion'"),
        new("badQuery", "GET /odata/v1/offices?$filter=nmae eq 'Torsby'"),
        new("noSuchEntity", "GET /odata/v1/offices('nowhere')"),
        new("badOption", "GET /downloads/?format=csv"),
        new("noSuchFile", "GET /publications/99/manifest.json"),
        new("readAudit", "GET /register/audit?since=2026-11-23"),
        new("retryImport", "POST /register/imports/{importId}/retry"),
        new("putOffice", "PUT /register/offices/torsby") { Content = Editable, Fields = { ["If-Match"] = "*" } },
        new("patchOffice", "PATCH /register/offices/torsby") { Content = """{"locality":"Torsby"}""", MediaType = "application/merge-patch+json", Fields = { ["If-Match"] = "*" } },
        new("putEvent", "PUT /register/offices/torsby/events/2") { Content = Opened, Fields = { ["If-Match"] = "*" } },
        new("patchEvent", "PATCH /register/offices/torsby/events/2") { Content = """{"precision":"month"}""", MediaType = "application/merge-patch+json", Fields = { ["If-Match"] = "*" } },
        new("removeEvent", "DELETE /register/offices/torsby/events/2?reason=Registered twice") { Fields = { ["If-Match"] = "*" } },
        new("addEvent", "POST /register/offices/torsby/events") { Content = Opened },
        new("removeOffice", "DELETE /register/offices/torsby?reason=Registered twice") { Fields = { ["If-Match"] = "*" } },
        new("putOffice-new", "PUT /register/offices/torsby") { Content = Editable, Fields = { ["If-None-Match"] = "*" } },
        new("import-dryRun", "POST /register/imports?dryRun=true") { Content = "id,locality\r\ntorsby,Torsby\r\n", MediaType = "text/csv" },
        new("import", "POST /register/imports") { Content = "id,note\r\nasele,\r\n", MediaType = "text/csv" },
    ];

    /// <summary>Writes a part of the key of a set as YAML.</summary>
    public static string Key(EntitySet set, Property part) => Keys[$"{set.Name}.{part.Name}"];

    private static IEnumerable<ExampleRequest> OfSet(EntitySet set)
    {
        var name = "list" + ModelYaml.Capital(set.Name);
        yield return new(name, $"GET /odata/v1/{set.Name}?{Queries[set.Name]}");
        foreach (var format in ModelYaml.FilesOf(set).SelectMany(formats => formats))
        {
            yield return new($"{name}-{format.Name}", string.Create(CultureInfo.InvariantCulture, $"GET /odata/v1/{set.Name}?$top=2&$format={format.Name}"));
        }
    }
}

/// <summary>A request of an example in the contract.</summary>
/// <param name="Name">The operation id, followed by a suffix if the operation has several examples.</param>
/// <param name="Line">Method and URL, not encoded for readability.</param>
internal sealed record ExampleRequest(string Name, string Line)
{
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The content; null if there is none.</summary>
    public string? Content { get; init; }

    public string MediaType { get; init; } = "application/json";
}
