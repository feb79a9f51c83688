using ODataEngine.Model;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Micro;

/// <summary>The benchmark register as rows to export: 14 columns with a point, a complex value and a collection of strings.</summary>
internal static class ExportTable
{
    public const string Set = "offices";

    private static readonly LocalizedString None = new("", "");

    private static readonly TypeMapping<BenchmarkAddress> Address = new TypeMapping<BenchmarkAddress>("Benchmark", "Address")
        .HasProperty("street", a => a.Street, None, None)
        .HasProperty("postalCode", a => a.PostalCode, None, None)
        .HasProperty("city", a => a.City, None, None);

    private static readonly TypeMapping<BenchmarkOffice> Rows = new TypeMapping<BenchmarkOffice>("Benchmark", "Office")
        .AsEvent(new("openedOn", Precision: "", Kind: "status", Location: "", LocationId: "name"))
        .HasKey("id")
        .HasProperty("id", o => o.Id, None, None)
        .HasProperty("name", o => o.Name, None, None)
        .HasProperty("municipalityCode", o => o.MunicipalityCode, None, None)
        .HasProperty("municipalityName", o => o.MunicipalityName, None, None)
        .HasProperty("countyCode", o => o.CountyCode, None, None)
        .HasProperty("status", o => o.Status, None, None)
        .HasProperty("openedOn", o => o.OpenedOn, None, None)
        .HasProperty("location", o => (GeoPoint?)new GeoPoint(o.Longitude, o.Latitude), None, None)
        .HasProperty("latitude", o => o.Latitude, None, None)
        .HasProperty("longitude", o => o.Longitude, None, None)
        .HasProperty("videoMeeting", o => o.VideoMeeting, None, None)
        .HasStringCollection("services", o => o.Services, None, None)
        .HasComplexProperty("address", o => o.Address, Address, None, None);

    public static RowSet CreateRows(IReadOnlyList<BenchmarkOffice> offices)
    {
        var model = new EntityModel("Benchmark", [new EntitySet(Set, Rows.Type, None, None, [])]);
        return RowSet.All(new TableSetBuilder(model).Add(Set, Rows, offices).Build(1, DateTimeOffset.UnixEpoch)[Set]);
    }
}
