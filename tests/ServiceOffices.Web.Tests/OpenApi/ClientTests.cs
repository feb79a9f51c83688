using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>
/// Tests clients generated from /openapi.json (openapi-typescript) and $metadata (odata2ts), compiled by <c>tsc --strict</c>
/// and run against a running host (tests/clients).
/// </summary>
public sealed class ClientTests(ContractHost host) : IClassFixture<ContractHost>
{
    // The values are those of functions/ServiceOffices/Seed/*.csv.
    private const string Seen =
        """
        sets: ["offices","events","closings","municipalities","counties","faregions","agencies","changes","publications","files","networksize","countysizes","officialcounts","coverage"]
        list: [[{"code":"01","nameSv":"Stockholms län"},{"code":"03","nameSv":"Uppsala län"}],21,"4.0"]
        filter: [["storuman","24"]]
        expand: ["Servicekontor Storuman","Storuman"]
        location: [17.1,65.1]
        key of two parts: ["proposed","2018-05-01"]
        pages: 290
        unchanged: 304
        bad request: [400,"UnknownProperty"]
        no such office: [404,"NotFound"]
        downloads: [["counties.csv",21],["counties.excel.csv",21],["counties.xlsx",21],["counties.json",21],["counties.ndjson",21],["counties.parquet",21],["counties.ttl",21],["counties.jsonld",21]]
        file: "01,Stockholms län,Stockholm County"
        no such file: [404,"/docs/problems/not-found"]
        catalog: true
        feed: "Servicekontor Nordmaling was added to the register"
        ready: "ready"
        information: ["Service Offices Open Data","beta"]
        without a key: 401
        openapi-typescript: 21 requests
        list: [[{"code":"01","nameSv":"Stockholms län"},{"code":"03","nameSv":"Uppsala län"}],21]
        filter: [["storuman","24"]]
        filter by a link: ["storuman"]
        filter by a link to many: ["Västerbottens län"]
        search: ["Storuman"]
        key: ["Servicekontor Storuman",65.1,["forsakringskassan","pensionsmyndigheten","skatteverket"]]
        key of two parts: ["proposed","2018-05-01"]
        link: "Storuman"
        links: ["Nordmaling"]
        expand: "Västerbottens län"
        complex value: 3
        no such office: [404,"OData server responded with error: Office 'nowhere' does not exist."]
        odata2ts: 12 requests

        """;

    [Fact]
    public async Task GeneratedClients_StrictTypeScript_ReadRegister()
    {
        using var folder = new TemporaryFolder();
        var empty = Path.Combine(folder.Path, "clients");

        var seen = await NodeTool.RunAsync("clients/run.mjs", host.Client.BaseAddress!.ToString().TrimEnd('/'), empty);

        Assert.Equal(Seen, seen, ignoreLineEndingDifferences: true);
    }
}
