using ServiceOffices.ODataHost;
using ServiceOffices.Tables;

namespace ServiceOffices.Benchmarks;

/// <summary>The benchmark register as rows to export: 14 columns with a place, a complex value and a collection of texts.</summary>
internal static class ExportTable
{
    public const string Set = "offices";

    private static readonly Text None = new("", "");

    private static readonly RowType<BenchmarkAddress> Address = new RowType<BenchmarkAddress>("Benchmark", "Address")
        .Value("street", a => a.Street, None, None)
        .Value("postalCode", a => a.PostalCode, None, None)
        .Value("city", a => a.City, None, None);

    private static readonly RowType<BenchmarkOffice> Rows = new RowType<BenchmarkOffice>("Benchmark", "Office")
        .Happens(new("openedOn", Precision: "", Kind: "status", Place: "", PlaceId: "name"))
        .Key("id")
        .Value("id", o => o.Id, None, None)
        .Value("name", o => o.Name, None, None)
        .Value("municipalityCode", o => o.MunicipalityCode, None, None)
        .Value("municipalityName", o => o.MunicipalityName, None, None)
        .Value("countyCode", o => o.CountyCode, None, None)
        .Value("status", o => o.Status, None, None)
        .Value("openedOn", o => o.OpenedOn, None, None)
        .Value("location", o => (GeoPoint?)new GeoPoint(o.Longitude, o.Latitude), None, None)
        .Value("latitude", o => o.Latitude, None, None)
        .Value("longitude", o => o.Longitude, None, None)
        .Value("videoMeeting", o => o.VideoMeeting, None, None)
        .Values("services", o => o.Services, None, None)
        .Complex("address", o => o.Address, Address, None, None);

    public static RowSet Of(IReadOnlyList<BenchmarkOffice> offices)
    {
        var model = new EntityModel("Benchmark", [new EntitySet(Set, Rows.Type, None, None, [])]);
        return RowSet.All(new TableSetBuilder(model).Add(Set, Rows, offices).Build(1, DateTimeOffset.UnixEpoch)[Set]);
    }
}
