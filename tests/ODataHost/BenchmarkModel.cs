using System.Globalization;
using System.Text.Json;
using ServiceOffices.OData;
using ServiceOffices.Tables;

namespace ServiceOffices.ODataHost;

/// <summary>The benchmark register as a model of its own: one set, <c>Offices</c>, that has nothing to do with the platform's.</summary>
public sealed class BenchmarkModel : ITableSource
{
    private const string Namespace = "Benchmark";

    private static readonly JsonSerializerOptions Reading = new() { Converters = { new PooledStrings() } };

    private static readonly Text None = new("", "");

    private static readonly RowType<BenchmarkAddress> Address = new RowType<BenchmarkAddress>(Namespace, "Address")
        .Value("Street", a => a.Street, None, None)
        .Value("PostalCode", a => a.PostalCode, None, None)
        .Value("City", a => a.City, None, None);

    private static readonly RowType<BenchmarkHours> Hours = new RowType<BenchmarkHours>(Namespace, "OpeningHours")
        .Value("Day", h => h.Day, None, None)
        .Value("Opens", h => h.Opens, None, None)
        .Value("Closes", h => h.Closes, None, None);

    private static readonly RowType<BenchmarkOffice> Rows = new RowType<BenchmarkOffice>(Namespace, "Office")
        .Key("Id")
        .Value("Id", o => o.Id, None, None)
        .Value("Name", o => o.Name, None, None)
        .Value("MunicipalityCode", o => o.MunicipalityCode, None, None)
        .Value("MunicipalityName", o => o.MunicipalityName, None, None)
        .Value("CountyCode", o => o.CountyCode, None, None)
        .Value("Status", o => o.Status, None, None)
        .Value("OpenedOn", o => o.OpenedOn, None, None)
        .Value("Latitude", o => o.Latitude, None, None)
        .Value("Longitude", o => o.Longitude, None, None)
        .Value("VideoMeeting", o => o.VideoMeeting, None, None)
        .Values("Services", o => o.Services, None, None)
        .Complex("Address", o => o.Address, Address, None, None)
        .Parts("OpeningHours", o => o.OpeningHours, Hours, None, None);

    private readonly TableSet tables;

    private BenchmarkModel(IReadOnlyList<BenchmarkOffice> offices) =>
        tables = new TableSetBuilder(Model).Add("Offices", Rows, offices).Build(1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static EntityModel Model { get; } = new(Namespace, [new EntitySet("Offices", Rows.Type, new("Offices", "Kontor"), None, ["Name", "MunicipalityName"])]);

    /// <summary>Reads a JSON array of offices; or makes some where a number stands in the path's place.</summary>
    public static BenchmarkModel Load(string path)
    {
        if (int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return new BenchmarkModel([.. BenchmarkRegister.Offices(count)]);
        }

        using var file = File.OpenRead(path);
        return new BenchmarkModel(JsonSerializer.Deserialize<List<BenchmarkOffice>>(file, Reading)!);
    }

    public ValueTask<TableSet?> CurrentAsync(CancellationToken cancellationToken) => new(tables);

    public ValueTask<TableSet?> RevisionAsync(long revision, CancellationToken cancellationToken) => new(revision == tables.Revision ? tables : null);

    public ValueTask<TablesAsOf?> AsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No set of this model has a timeline.");
}
